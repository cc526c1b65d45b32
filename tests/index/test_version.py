"""What the version of the reader covers: whoever edits a file of it gets their pages read again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assistant.index.reading import version_files
from assistant.pages.reading import parser_files

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "assistant"
# These hold no step from a file to its passages.
NO_STEP = {"__init__.py", "adapters/langchain.py", "asked.py", "errors.py", "ports.py"}
NO_STEP |= {"settings.py", "safety/learned.json", "safety/learned.npz"}
READING = """
import sys
used = []
sys.addaudithook(lambda event, found: used.append(str(found[0])) if event == "open" else None)

import numpy as np
from assistant import embedding, passages
from assistant.nicknames.pages import can_be_name, least_for, with_told_names
from assistant.pages.messages import page_of
from assistant.pages.worker import answered

text = b"# Wall pigeon\\n\\nAlso called the floor goldfish.\\n\\n## How to\\n\\n- Sit.\\n"
for name in ("wall.md", "wall.html", "wall.txt"):
    (outcome,) = answered({"kind": "page", "name": name, "source": name}, text)
    page = page_of(outcome["page"])
    passages.passages_of(page)
    with_told_names(page, lambda text: (np.zeros((0, 384), np.float32), []))
can_be_name("floor goldfish"), can_be_name("jumper's knee"), least_for("floor goldfish")
used += [module.__file__ for module in sys.modules.values() if getattr(module, "__file__", None)]
print("\\n".join(used))
"""


def test_the_version_covers_every_file_that_reading_pages_uses() -> None:
    command = [sys.executable, "-W", "ignore", "-c", READING]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = {Path(line) for line in done.stdout.splitlines() if line.startswith(str(CORE))}
    used = {str(path.relative_to(CORE)) for path in found if path.suffix != ".pyc"}
    assert {"nicknames/weights.npz", "policy/headings.yaml", "safety/conditions.yaml"} <= used
    covered = {str(path.relative_to(CORE)) for path in (*version_files(), *parser_files())}
    assert used - NO_STEP - covered == set()


def test_what_answers_a_question_does_not_read_pages_again() -> None:
    covered = {path.name for path in (*version_files(), *parser_files())}
    assert covered.isdisjoint({"pipeline.py", "ranking.json", "wishes.json", "dialogue.yaml"})
