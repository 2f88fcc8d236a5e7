"""What pages show, prepared: pure functions from answers to what templates take."""
