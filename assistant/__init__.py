"""Answers questions about exercises from a site's own pages, cited to the exact words."""
