"""Tuning: what the embedding model and the ranking learn from the development questions."""
