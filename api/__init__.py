"""Answers people: REST, pages, the Cypher console on the web."""
