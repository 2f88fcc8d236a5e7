"""Who descends from whom, and what arrives along the way. Pure, on columns of numbers."""
