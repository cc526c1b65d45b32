"""Which files are read, and what is handed out for each of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Page, Quarantined
from assistant.errors import SourceError

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".json", ".jsonl"})
MEBIBYTE = 1024 * 1024
# Files about a folder of pages rather than pages: left out when the folder is walked.
ABOUT = frozenset(
    {"readme", "sources", "license", "licence", "contributing", "changelog", "notice"}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one source may cost.

    Attributes:
        page_bytes: largest page file, and largest record of a ``.json`` or ``.jsonl`` file.
        seconds: longest time for one page, or for one record.
        memory_bytes: address space of the process that parses.
        json_bytes: largest ``.json`` file; it is read as a whole.
        jsonl_bytes: largest ``.jsonl`` file; it is read line by line.
    """

    page_bytes: int = 2 * MEBIBYTE
    seconds: float = 10.0
    memory_bytes: int = 1024 * MEBIBYTE
    json_bytes: int = 32 * MEBIBYTE
    jsonl_bytes: int = 256 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What one file gave.

    ``sha256`` is over the file's bytes and the version of the parser, policy files included: a
    file counts as unchanged only while the rules that read it are unchanged too.
    """

    source: str
    sha256: str
    pages: tuple[Page, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()


def find_sources(paths: Sequence[Path]) -> list[Path]:
    """Return the page files among files and folders, sorted, each once.

    Folders are walked; hidden files, other endings, files about the folder (README and the
    like) and links that leave the folder are left out. A file that is named itself is kept
    whatever its ending, so that reading can say why it gives no page.

    Raises:
        SourceError: when a path does not exist or a folder cannot be read.
    """
    found: dict[str, Path] = {}
    for path in paths:
        path = Path(path)
        for file in files_of(path):
            found.setdefault(os.path.realpath(file), file)
    return sorted(found.values(), key=str)


def files_of(path: Path) -> Iterable[Path]:
    """Return the files that one given path stands for."""
    try:
        if path.is_dir():
            return list(walked(path))
        if path.exists() or path.is_symlink():
            return [path]
    except (OSError, ValueError) as error:
        raise SourceError(
            f"{source_name(path)} cannot be read: {error}.", "Check the path and its permissions."
        ) from error
    raise SourceError(
        f"{source_name(path)} does not exist.",
        "Check the path: it must be a file or a folder of pages.",
    )


def walked(folder: Path) -> Iterator[Path]:
    """Yield the page files below a folder, without hidden ones and links that lead out of it."""
    root = os.path.realpath(folder)

    def refuse(error: OSError) -> None:
        if error.filename is None or os.path.realpath(error.filename) == root:
            raise SourceError(
                f"{source_name(folder)} cannot be read: {error.strerror}.", "Check its permissions."
            ) from error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if name.startswith(".") or file.suffix.lower() not in SUFFIXES:
                continue
            if file.stem.lower() in ABOUT:
                continue
            if file.is_symlink() and not os.path.realpath(file).startswith(root + os.sep):
                continue
            yield file


def left_out(paths: Iterable[Path]) -> list[str]:
    """Return the files below the given folders whose endings are none of a page's, by name, sorted.

    Hidden files and folders, files about the folder such as a README, and what cannot be looked
    into are not told of.
    """
    found: set[Path] = set()
    for path in paths:
        for parent, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            files = (Path(parent, name) for name in names if not name.startswith("."))
            found.update(
                file
                for file in files
                if file.suffix.lower() not in SUFFIXES and file.stem.lower() not in ABOUT
            )
    return [source_name(file) for file in sorted(found)]


def source_name(path: Path) -> str:
    r"""Return a path for messages and records: control characters and odd bytes are spelled out.

    >>> source_name(Path("a\nb.txt"))
    'a\\nb.txt'
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in str(path)
    )
