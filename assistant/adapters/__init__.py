"""One module a vendor: the only places where that vendor is imported."""
