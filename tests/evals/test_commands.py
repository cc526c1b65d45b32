"""The commands print what they promise, the same each time, and leave with the right code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.settings import Settings
from evals.__main__ import app
from evals.asking import Opened
from evals.baselines import baselines
from evals.cases import BadCase, read_cases
from evals.evaluating import DATASETS, all_passages, evaluate, read_questions
from evals.indexing import chosen_pages
from evals.remembering import MemoryConversations
from evals.template import template
from evals.tutorial import Tutorial
from tests.asking import ROOT
from tests.evals.replies import case

CORPUS = ROOT / "corpus"


def invoke(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def few(tmp_path: Path) -> Path:
    lines = (DATASETS / "dev.jsonl").read_text("utf-8").splitlines()[::20]
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_run_prints_identical_tables_and_writes_results_and_report(
    few: Path, tmp_path: Path, corpus_settings: Settings
) -> None:
    place = ("--data", str(corpus_settings.data), "--no-baselines")
    code, first, _ = invoke("run", str(few), *place, "--out", str(tmp_path / "a"))
    assert code == 0
    assert invoke("run", str(few), *place, "--out", str(tmp_path / "b"))[1] == first
    assert "everyday questions" in first
    assert (tmp_path / "a" / "report.html").is_file()
    assert invoke("compare", str(tmp_path / "a"), str(tmp_path / "b"))[0] == 0


def test_compare_leaves_with_1_when_the_later_run_is_worse(
    few: Path, tmp_path: Path, corpus_settings: Settings
) -> None:
    place = ("--data", str(corpus_settings.data), "--no-baselines")
    invoke("run", str(few), *place, "--out", str(tmp_path / "a"))
    document = json.loads((tmp_path / "a" / "few.json").read_text("utf-8"))
    for each in document["cases"]:
        each["score"]["passed"] = False
    (tmp_path / "worse.json").write_text(json.dumps(document))
    code, out, _ = invoke("compare", str(tmp_path / "a" / "few.json"), str(tmp_path / "worse.json"))
    assert code == 1
    assert "significantly worse: all" in out


def test_misses_of_safety_sets_are_shown_only_when_failures_are_asked_for(
    tmp_path: Path, corpus_settings: Settings
) -> None:
    line = {"id": "x", "level": "emergency", "category": "any", "turns": ["how long is a plank"]}
    (tmp_path / "set.jsonl").write_text(json.dumps(line))
    place = ("run", str(tmp_path / "set.jsonl"), "--data", str(corpus_settings.data))
    _, quiet, _ = invoke(*place)
    assert "0.000" in quiet
    assert "how long is a plank" not in quiet
    assert "how long is a plank" in invoke(*place, "--failures", "1")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "nothing"), "there is no dataset 'nothing'"),
        (("compare", "none", "none"), "none"),
        (("pages", "test", "--pages", "3"), "raise --pages"),
    ],
)
def test_a_mistake_is_told_in_one_line_with_2(arguments: tuple[str, ...], said: str) -> None:
    code, _, error = invoke(*arguments)
    assert code == 2
    assert said in error
    assert "Traceback" not in error


def test_the_template_is_a_question_file_that_runs(parts: Opened, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(template(parts.assistant)), "utf-8")
    questions = read_questions(path, parts.door(), None)
    found = evaluate(questions, parts.door(), lambda items, what: items, parts=parts)
    everyday = next(each for each in found.results if each.case.suite == "everyday")
    assert everyday.score.passed, everyday.score.reasons


def test_a_snippet_that_the_pages_lack_stops_the_run_with_its_line(
    parts: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "mine.jsonl"
    wrong = case(sources=[{"page": "plank", "contains": "no such words"}])
    path.write_text(f"\n{wrong.model_dump_json()}\n", "utf-8")
    with pytest.raises(BadCase, match=r"mine.jsonl:2: the page 'plank' does not contain"):
        read_questions(path, parts.door(), None)


def test_the_small_index_has_the_pages_of_the_split_and_some_others() -> None:
    cases = read_cases(DATASETS / "test.jsonl")
    chosen = chosen_pages(cases, CORPUS, 15)
    needed = {slug for each in cases for slug in each.exercises}
    assert len(chosen) == 15
    assert needed <= {path.stem for path in chosen}
    assert not {"README", "SOURCES"} & {path.stem for path in chosen}


def test_the_tutorial_quotes_chunks_that_stand_on_their_page(parts: Opened) -> None:
    tutorial = Tutorial(parts.embeddings)
    tutorial.ingest([parts.assistant.page("plank"), parts.assistant.page("cat-cow")])
    hits = tutorial.search("how long should I hold a plank", 3)
    assert hits[0]["page"] == "plank"
    for hit in hits:
        assert parts.assistant.page(hit["page"]).text[hit["start"] : hit["end"]] == hit["text"]
        assert len(hit["text"]) <= 1000


def test_there_are_five_baselines_and_each_answers_the_same_each_time(parts: Opened) -> None:
    found = baselines(parts)
    names = ["tutorial", "BM25", "dense", "always answer", "always abstain"]
    assert [each.name for each in found] == names
    for each in found:
        first, second = (each.ask("how long is a plank", None, None) for _ in range(2))
        assert first["text"] == second["text"]


def test_a_run_leaves_the_conversations_of_the_data_folder_alone(
    parts: Opened, corpus_settings: Settings
) -> None:
    parts.assistant.ask("how long is a plank")
    assert not (corpus_settings.data / "conversations.sqlite").exists()


def test_every_passage_is_listed_once(parts: Opened) -> None:
    places = [(each["page"], each["start"], each["end"]) for each in all_passages(parts)]
    assert len(places) == len(set(places)) > 900


def test_conversations_in_memory_remember_and_forget() -> None:
    from assistant.domain import Turn
    from assistant.errors import UnknownConversation

    kept = MemoryConversations()
    started = kept.create()
    kept.append(started.id, Turn("hi", None, {}, ""), {"exercise": "plank"})
    assert [turn.message for turn in kept.load(started.id).turns] == ["hi"]
    assert kept.load(started.id).state == {"exercise": "plank"}
    kept.delete(started.id)
    with pytest.raises(UnknownConversation):
        kept.load(started.id)
