"""The Cypher console: at a terminal, at the end of a pipe, or one question at a time."""
