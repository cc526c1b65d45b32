"""The commands as a shell meets them: what they print, and the code that they exit with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import build
from assistant.cli.showing import marked
from assistant.documents import hit_document, names_document, reply_document
from assistant.domain import Segment
from assistant.exported_model import CHECKOUT
from assistant.settings import read_settings
from tests.asking import OWN_PAGES

Done = subprocess.CompletedProcess[str]


def run(*arguments: str | Path, **variables: str) -> Done:
    """Run a command; whatever happens, a person must never see a traceback."""
    command = [sys.executable, "-m", "assistant", *map(str, arguments)]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **variables}
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def answered(done: Done) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the ingest command has filled with two pages."""
    root = tmp_path_factory.mktemp("cli")
    pages = root / "pages"
    pages.mkdir()
    for name in ("lantern-squat.html", "records.jsonl"):
        shutil.copy(OWN_PAGES / name, pages)
    (pages / "broken.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    report = answered(run("ingest", pages, "--data", root / "data", "--json"))
    assert {"generation", "pages", "passages", "embedded", "reused", "quarantined"} <= set(report)
    assert (report["generation"], report["pages"], report["published"]) == (1, 2, True)
    assert report["embedded"] == report["passages"] > 5
    (bad,) = report["quarantined"]
    assert "broken.html" in bad["source"]
    assert bad["reason"]
    assert bad["advice"]
    return root / "data"


def test_ingesting_the_same_again_publishes_nothing_new_and_exits_with_0(data: Path) -> None:
    done = run("ingest", data.parent / "pages", "--data", data)
    assert done.returncode == 0, done.stderr
    assert "unchanged" in done.stdout
    assert "broken.html" in done.stdout


def test_files_that_are_left_out_for_their_endings_are_told(data: Path, tmp_path: Path) -> None:
    pages = shutil.copytree(data.parent / "pages", tmp_path / "pages")
    (pages / "notes.pdf").write_bytes(b"%PDF-1.7")
    (pages / ".hidden.pdf").write_bytes(b"%PDF-1.7")
    done = run("ingest", pages, "--data", tmp_path / "data")
    assert "left out for their endings (.pdf): 1" in done.stdout
    assert "notes.pdf" in done.stdout
    whole = run("ingest", data.parent / "pages", "--data", tmp_path / "other")
    assert "left out" not in whole.stdout


def test_ask_prints_exactly_the_reply_of_the_api(data: Path) -> None:
    question = "how heavy should the bag be?"
    reply = answered(run("ask", question, "--page", "lantern-squat", "--data", data, "--json"))
    assistant = build(read_settings(data=data))
    wanted = reply_document(assistant.ask(question, page="lantern-squat"))
    page = assistant.page("lantern-squat")
    assistant.close()
    ids = {"id": None, "conversation_id": None}
    assert {**reply, **ids} == {**wanted, **ids}
    assert reply["citations"]
    for citation in reply["citations"]:
        assert page.text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_without_json_shows_the_answer_with_numbered_sources(data: Path) -> None:
    done = run("ask", "how many reps of the lantern squat?", "--data", data)
    assert done.returncode == 0, done.stderr
    assert "9 to 11 reps" in done.stdout
    assert "[1]" in done.stdout
    assert "Lantern squat ›" in done.stdout


def test_search_and_pages_print_exactly_what_the_api_gives(data: Path) -> None:
    hits = answered(run("search", "pebbles bowl", "-k", "3", "--data", data, "--json"))
    pages = answered(run("pages", "--data", data, "--json"))
    assistant = build(read_settings(data=data))
    assert hits == {"hits": [hit_document(hit) for hit in assistant.search("pebbles bowl", 3)]}
    assert pages == {"exercises": [names_document(each) for each in assistant.pages()]}
    assistant.close()
    assert hits["hits"][0]["page"] == "pebble-lift"
    assert [page["slug"] for page in pages["exercises"]] == ["lantern-squat", "pebble-lift"]


def test_a_chat_goes_on_with_what_was_said(data: Path) -> None:
    command = [sys.executable, "-m", "assistant", "chat", "--data", str(data)]
    said = "how many reps of the lantern squat?\nhow heavy?\n\n"
    done = subprocess.run(
        command, cwd=CHECKOUT, input=said, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "9 to 11 reps" in done.stdout
    assert "3 kg" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask"], 2, ["Missing argument"]),
        (["dance"], 2, ["No such command"]),
        (["search", "plank", "-k", "0"], 2, ["-k"]),
        (["ask", "", "--data", "{data}"], 1, ["empty", "1 to 1,000"]),
        (["ask", "hi", "--page", "moon-jump", "--data", "{data}"], 1, ["moon-jump"]),
        (["ask", "hi", "--conversation", "cnv_x", "--data", "{data}"], 1, ["cnv_x", "expired"]),
        (["ask", "hi", "--data", "{data}/nowhere"], 1, ["nowhere", "ingest"]),
        (["ingest", "{data}/no-such-folder", "--data", "{data}"], 1, ["no-such-folder"]),
    ],
)
def test_a_mistake_is_one_clear_message_and_its_exit_code(
    data: Path, arguments: list[str], code: int, words: list[str]
) -> None:
    done = run(*(argument.format(data=data) for argument in arguments))
    assert done.returncode == code, (done.stdout, done.stderr)
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr


def test_a_bad_setting_names_the_variable(data: Path) -> None:
    done = run("pages", "--data", data, ASSISTANT_CONVERSATION_DAYS="soon")
    assert done.returncode == 1
    assert "ASSISTANT_CONVERSATION_DAYS" in done.stderr
    assert "'soon'" in done.stderr


def test_nothing_to_publish_exits_with_1_and_the_old_generation_still_serves(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    done = run("ingest", tmp_path / "empty", "--data", data)
    assert done.returncode == 1, done.stdout
    assert done.stderr.strip()
    assert len(answered(run("pages", "--data", data, "--json"))["exercises"]) == 2


def test_a_damaged_index_says_so_and_what_to_do(data: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("open", "models"))
    (store,) = copy.glob("index/generations/*/store.sqlite")
    store.chmod(0o644)
    with store.open("r+b") as stream:
        stream.seek(200)
        stream.write(b"damage")
    done = run("ask", "how many reps of the lantern squat?", "--data", copy)
    assert done.returncode == 1
    assert "store.sqlite" in done.stderr or "000001" in done.stderr
    assert "ingest" in done.stderr


def test_without_an_index_status_prints_json_that_says_so(tmp_path: Path) -> None:
    done = run("status", "--json", "--data", tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    document = json.loads(done.stdout)
    assert (document["status"], document["code"]) == (503, "not_ready")
    assert str(tmp_path) in document["detail"]
    assert "python -m assistant ingest" in document["advice"]
    plain = run("status", "--data", tmp_path)
    assert (plain.returncode, plain.stdout) == (1, "")
    assert "python -m assistant ingest" in plain.stderr


def test_numbers_stand_after_the_words_that_they_prove() -> None:
    segments = [Segment("Mind this: ", "frame"), Segment("Do not sag.", "quote", (1, 3))]
    assert marked(segments).plain == "Mind this: Do not sag. [1] [3]"
