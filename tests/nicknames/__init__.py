"""Names that a page tells in passing."""
