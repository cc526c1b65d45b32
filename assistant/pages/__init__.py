"""One file to pages: text, Markdown, HTML or JSON in; the canonical text and its sections out.

Importing this is cheap: parsers are only loaded in the child process.
"""

from assistant.pages.reading import Known, parser_version, read_sources
from assistant.pages.sources import SUFFIXES, Limits, SourceResult, find_sources, left_out

__all__ = [
    "SUFFIXES",
    "Known",
    "Limits",
    "SourceResult",
    "find_sources",
    "left_out",
    "parser_version",
    "read_sources",
]
