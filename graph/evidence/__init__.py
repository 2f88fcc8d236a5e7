"""What a repository shows: its record, claims of parents, features of a family. Pure."""
