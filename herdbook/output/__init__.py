"""What the command line prints: tables, progress, errors and what to do about them."""
