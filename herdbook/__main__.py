"""`python -m herdbook`."""

from herdbook.cli import main

main()
