"""What every page shares: its frame, links, words, charts and colours."""
