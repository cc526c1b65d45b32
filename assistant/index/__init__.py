"""Generations of the index: built, verified, published, opened, taken up."""

from assistant.index.building import ingest
from assistant.index.generations import Generations
from assistant.index.live import LiveIndex
from assistant.index.opening import OpenIndex, open_index
from assistant.index.reading import Reader
from assistant.index.report import IngestReport

__all__ = [
    "Generations",
    "IngestReport",
    "LiveIndex",
    "OpenIndex",
    "Reader",
    "ingest",
    "open_index",
]
