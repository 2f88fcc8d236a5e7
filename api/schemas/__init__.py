"""What is answered, typed: the JSON, the OpenAPI schema, the command line's rows."""
