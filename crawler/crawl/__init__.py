"""A crawl: its stages, what it takes, how far it is, what comes of whole lists."""
