"""``gaps`` as a shell meets it: what it lists, in which order, and what it says without any."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant.asked import Feedback
from assistant.bootstrap import build
from assistant.cli.gaps import gap_document, show_gaps
from assistant.conversations import days_ago
from assistant.gaps import Gap
from assistant.settings import read_settings
from tests.cli.test_cli import answered, run


@pytest.fixture(scope="module")
def data(asking_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of its own, in which some questions were asked and one reply voted down."""
    ignored = shutil.ignore_patterns("conversations*", "open")
    folder = Path(
        shutil.copytree(asking_data, tmp_path_factory.mktemp("gaps") / "data", ignore=ignored)
    )
    assistant = build(read_settings(data=folder))
    for message in (
        *["what is the weather today?"] * 4,
        *["how do I do a kettlebell swing?", "kettlebell swing reps?"],
        "who invented the plank?",
        "I have crushing chest pain going down my left arm",
        "how do I breathe in a plank?",
    ):
        reply = assistant.ask(message)
    assistant.rate(reply.id, Feedback("down", "this is not what I asked"))
    assistant.close()
    return folder


def test_the_most_asked_stands_first_and_what_lies_outside_last(data: Path) -> None:
    done = run("gaps", "--data", data)
    assert done.returncode == 0, done.stderr
    places = [
        done.stdout.index(words)
        for words in (
            "2 ×  kettlebell swing reps?",
            "no page for kettlebell swing",
            "1 ×  how do I breathe in a plank?",
            "answered, but voted down",
            "1 ×  who invented the plank?",
            "the page does not say it",
            "4 ×  what is the weather today?",
            "outside the pages",
        )
    ]
    assert places == sorted(places)
    assert "nearest: Plank ›" in done.stdout
    assert "“how do I do a kettlebell swing?”" in done.stdout
    assert "chest pain" not in done.stdout


def test_json_has_the_same_for_programs(data: Path) -> None:
    found = answered(run("gaps", "--data", data, "--json", "--most", "2"))
    assert (found["asked"], found["days"], len(found["gaps"])) == (9, 30, 2)
    first, second = found["gaps"]
    assert (first["reason"], first["missing"], first["count"]) == (
        "unknown_exercise",
        "kettlebell swing",
        2,
    )
    assert set(first["nearest"]) == {"page", "title", "section", "heading"}
    assert second["missing"] is None
    assert second["nearest"]["page"] == "plank"


def test_without_questions_and_without_gaps_it_says_so(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = shutil.copytree(
        data, tmp_path / "data", ignore=shutil.ignore_patterns("conversations*", "open")
    )
    done = run("gaps", "--data", empty, "--days", "7")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Nobody asked anything in the last 7 days")
    show_gaps([], 1, 1, as_json=False)
    assert "No gaps: none of 1 question of the last day" in capsys.readouterr().out


def test_what_a_visitor_wrote_cannot_steer_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hostile = "how\n\x1b]0;owned\x07\x1b[2J[bold]many[/bold]\u202e"
    show_gaps([Gap("outside", hostile, 1, days_ago(0), (hostile,))], 1, 30, as_json=False)
    printed = capsys.readouterr().out
    assert not set("\x1b\x07\u202e") & set(printed)
    assert "[bold]many[/bold]" in printed
    assert json.loads(json.dumps(gap_document(Gap("outside", hostile, 1, ""))))["nearest"] is None


@pytest.mark.parametrize("arguments", [["--days", "0"], ["--most", "0"], ["--days", "soon"]])
def test_a_bad_option_is_refused(arguments: list[str]) -> None:
    assert run("gaps", *arguments).returncode == 2
