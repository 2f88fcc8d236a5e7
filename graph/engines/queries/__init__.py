"""Cypher as text, the query library, what stands in an answer, and answers as files."""
