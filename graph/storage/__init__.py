"""The system of record: SQL tables, and what is read from them."""
