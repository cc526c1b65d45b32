"""Ingests in a process of its own, so that it can be killed: ``ingester DATA PAGES [KILL_AT]``.

Prints one line of JSON: the report, or the error's class and message (exit code 1).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from assistant.errors import AssistantError
from assistant.index import ingest
from tests.fakes import HashingEmbeddings
from tests.index.pages_for_tests import MODEL, CountingReader, settings_for

ROOT = Path(__file__).parents[2]


def start(
    data: Path, pages: Path, kill_at: str = "", largest_file: int = 0
) -> subprocess.Popen[str]:
    """Start an ingest; it kills itself at a step, or may write no file larger than given."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.ingester", str(data), str(pages), kill_at],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "LARGEST_FILE": str(largest_file or "")},
    )


def outcome(process: subprocess.Popen[str]) -> tuple[int, dict[str, object]]:
    """Wait for an ingest; returns its exit code (negative: the signal) and what it printed."""
    out, err = process.communicate(timeout=120)
    if process.returncode >= 0 and not out:
        raise AssertionError(f"the ingest broke: {err}")
    return process.returncode, json.loads(out) if out else {}


def main(data: str, pages: str, kill_at: str = "") -> int:
    def checkpoint(step: str) -> None:
        if step == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    if limit := os.environ.get("LARGEST_FILE"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    try:
        report = ingest(
            [Path(pages)],
            settings=settings_for(Path(data)),
            embeddings=HashingEmbeddings,
            model_id=MODEL,
            reader=CountingReader().reader(),
            checkpoint=checkpoint,
        )
    except AssistantError as error:
        print(json.dumps({"error": type(error).__name__, "message": str(error)}))
        return 1
    print(json.dumps({"generation": report.generation, "changed": report.changed}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
