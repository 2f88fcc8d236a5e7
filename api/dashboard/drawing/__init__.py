"""Drawings: a lineage or an answer in, places for an SVG out. Pure."""
