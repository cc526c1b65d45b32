"""Writing so that it is still there after a crash: file contents and folder entries synced."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Push a file's contents to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Push a folder's entries (names made, renamed, removed) to the disk."""
    sync_file(path)


def sync_tree(root: Path) -> None:
    """Push every file and folder below ``root``, and ``root`` itself, to the disk."""
    for folder, _, names in os.walk(root, topdown=False):
        for name in names:
            sync_file(Path(folder, name))
        sync_folder(Path(folder))


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` so that a reader sees the old bytes or the new, never a mix."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)
