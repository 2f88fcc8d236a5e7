"""The real servers, started from packages: Neo4j by Maven and Java, PostgreSQL by Debian's.

`neo4j.Neo4j.start` and `postgres.Postgres.start` work outside pytest too; `fixtures` gives each to
the tests, once a run.
"""
