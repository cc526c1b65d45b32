"""The command line: ``python -m assistant ask | ingest | status``; ``--help`` lists all."""

from __future__ import annotations

import sys

from assistant.cli import app
from assistant.errors import AssistantError


def main() -> None:
    """Run a command; an error of ours is one clear message and exit code 1."""
    try:
        app(prog_name="python -m assistant")
    except AssistantError as error:
        print(f"{error.message}\n{error.advice}".strip(), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
