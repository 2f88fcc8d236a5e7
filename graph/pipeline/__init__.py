"""The one pipeline from stored claims to findings and the graph."""
