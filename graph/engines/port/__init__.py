"""What every engine is held to: the port, the schema, and what engines share in keeping to it."""
