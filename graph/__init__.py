"""Knows and judges: lineage, licences, footprint, and the engines that hold the graph."""
