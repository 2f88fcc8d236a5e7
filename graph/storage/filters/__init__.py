"""What narrows a list: declared once for REST, the pages' forms and the command line."""
