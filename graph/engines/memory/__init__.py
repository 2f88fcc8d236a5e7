"""A graph in memory, for tests and a first look."""
