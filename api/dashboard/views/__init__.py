"""What pages show, prepared: pure functions from shapes to template values."""
