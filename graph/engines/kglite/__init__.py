"""The embedded engine, KGLite."""
