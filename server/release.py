"""Which release of the assistant this is."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

NAME = "exercise-assistant"


def release() -> str:
    """Return the installed version, or that of the checkout the server runs from."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        project = Path(__file__).parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])
