"""Neo4j, or what else speaks Bolt."""
