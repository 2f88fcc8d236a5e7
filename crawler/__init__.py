"""Asks the Hub, and keeps what it told."""
