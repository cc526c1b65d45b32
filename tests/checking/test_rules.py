"""The rules one by one: what they find, and what they let pass."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking import Finding
from assistant.checking.corpus_rules import shingles
from assistant.checking.doses import doses_in, is_exceptional
from assistant.checking.manuscript import Manuscript
from assistant.checking.policy import phrase_pattern, read_checks
from assistant.checking.reading_grade import reading_grade, syllables
from assistant.checking.running import judged, read_file
from assistant.checking.source_text import source_text
from assistant.checking.wording_rules import phrase_in
from assistant.pages import Limits
from assistant.pages.blocks import Rejected
from assistant.pages.parsing import parse_page
from assistant.pages.process import ParserProcess

SOUND = (Path(__file__).parent / "sound" / "lantern-lift.md").read_text("utf-8")


def found(text: str, *, suffix: str = ".md", strict: bool = False) -> list[Finding]:
    """The findings for one text, read in this process."""
    page = parse_page(text.encode(), "lantern-lift" + suffix, "lantern-lift" + suffix)
    header = yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else {}
    name = "lantern-lift" + suffix
    pages = [Manuscript(page, name, source_text(text, suffix), suffix, header)]
    return judged(pages, read_checks(strict))


def rules(findings: Sequence[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Do 8–12 reps per side.", [("reps", 8, 12)]),
        ("Two sets of ten slow, controlled repetitions.", [("sets", 2, 2), ("reps", 10, 10)]),
        ("Hold for 30 seconds, 3 times a week.", [("hold", 30, 30), ("days", 3, 3)]),
        ("Stay for 1 minute.", [("hold", 60, 60)]),
        ("Lower over 3 seconds.", [("time", 3, 3)]),
        ("Train twice a week.", [("days", 2, 2)]),
        ("Fold the mat twice.", []),
        ("A bend of about 90 degrees, 45 centimetres up.", []),
    ],
)
def test_doses_are_read_with_their_kind(
    sentence: str, kinds: list[tuple[str, float, float]]
) -> None:
    assert [(dose.kind, dose.low, dose.high) for dose in doses_in(sentence)] == kinds


@pytest.mark.parametrize(
    "sentence",
    [
        "Once 12 reps feel easy, go on to 20 reps.",
        "For a harder version, do 20 reps per side.",
        "Beginners are better off with 4 reps.",
        "Stop while another 2 reps would be possible.",
        "If you feel strong, do 15 reps.",
    ],
)
def test_a_dose_for_another_case_contradicts_nothing(sentence: str) -> None:
    assert is_exceptional(sentence)
    text = SOUND.replace("The last three should feel", f"{sentence} The last three should feel")
    assert rules(found(text)) == set()


def test_a_pause_a_rest_and_a_slow_phase_do_not_contradict_the_hold() -> None:
    text = SOUND.replace(
        "The last three should",
        "Hold the top for 10 seconds. Rest for 60 seconds between sets. Pause for 2 seconds. "
        "The last three should",
    )
    assert rules(found(text)) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "No exercise will cure arthritis on its own.",
        "There is no guarantee that it helps.",
        "It is not completely safe with a fresh fracture.",
        "It can help many people with a stiff hip.",
    ],
)
def test_careful_words_are_no_promise(sentence: str) -> None:
    assert phrase_in(sentence, "promise") is None
    assert phrase_in(sentence, "absolute-safety") is None


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Results are guaranteed.", "promise"),
        ("Say goodbye to stiff hips.", "promise"),
        ("There is no risk at all.", "absolute-safety"),
        ("It is 100% safe.", "absolute-safety"),
        ("Safe for almost everyone.", "absolute-safety"),
        ("Lorem ipsum dolor.", "placeholder"),
    ],
)
def test_promises_and_claims_are_found(sentence: str, rule: str) -> None:
    assert phrase_in(sentence, rule)


def test_the_strict_profile_asks_for_keys_values_and_a_grade() -> None:
    text = SOUND.replace("level: beginner", "level: easy")
    told = found(text, strict=True)
    assert {"missing-key", "unknown-value", "too-short", "few-questions"} <= rules(told)
    assert next(f.line for f in told if f.rule == "unknown-value") == 6
    assert "no-url" not in rules(told)
    simple = "Sit down. Stand up. Do it 8 to 12 reps. It is fun. We like it. So can you. "
    easy = SOUND.replace("The last three", simple * 20 + "The last three")
    assert "too-easy" in rules(found(easy, strict=True))


def test_conditions_below_a_heading_that_forbids_need_no_advice_of_their_own() -> None:
    bare = SOUND.replace(" (rest on your forearms or on loose fists)", "")
    assert "restriction-without-advice" in rules(found(bare))
    heading = bare.replace("## Medical restrictions", "## When to avoid it")
    assert rules(found(heading)) == set()
    leading = bare.replace("- Hip replacement", "Do not do this if you have:\n\n- Hip replacement")
    assert "restriction-without-advice" not in rules(found(leading))


def test_menus_that_the_markup_names_are_no_fault() -> None:
    html = (Path(__file__).parent / "planted" / "hidden-element.html").read_text("utf-8")
    html = "\n".join(line for line in html.split("\n") if "display:none" not in line)
    framed = html.replace("<main>", '<nav><a href="/">Home</a> <a href="/all">All</a></nav><main>')
    assert rules(found(framed, suffix=".html")) == set()


def test_sentences_on_two_pages_are_told_once_for_each_pair() -> None:
    shared = "Keep the neck long and the eyes on the floor. Let the ribs stay where they are today."
    mine = SOUND.replace("The lantern lift strengthens", f"{shared} The lantern lift strengthens")
    harbour = (Path(__file__).parent / "sound" / "harbour-reach.md").read_text("utf-8")
    theirs = harbour.replace("The harbour reach loosens", f"{shared} The harbour reach loosens")
    pages = [
        Manuscript(parse_page(text.encode(), name, name), name, source_text(text, ".md"), ".md")
        for text, name in ((theirs, "harbour-reach.md"), (mine, "lantern-lift.md"))
    ]
    told = [f for f in judged(pages, read_checks()) if f.rule == "repeated-sentence"]
    assert [(f.file, f.line) for f in told] == [("lantern-lift.md", 35)]
    assert told[0].found.startswith("2 sentences also stand on harbour-reach.md:")


def test_every_rule_has_words_that_can_be_filled_in_and_a_known_severity() -> None:
    for strict in (False, True):
        for rule in read_checks(strict).rules.values():
            assert rule.found.endswith((".", "}", ".'"))
            assert rule.mend


def test_records_have_the_line_of_their_record(tmp_path: Path) -> None:
    good = {"title": "Tower turn", "instructions": ["Turn the trunk.", "Do 5 to 8 reps."]}
    bad = {"title": "Pebble press", "description": "It will cure every stiff shoulder there is."}
    file = tmp_path / "all.jsonl"
    file.write_text("\n".join(["", json.dumps(good), "{", json.dumps(bad)]), "utf-8")
    with ParserProcess(Limits()) as process:
        pages, unread = read_file(file, process, Limits(), read_checks())
    assert [(finding.rule, finding.line) for finding in unread] == [("unreadable", 3)]
    told = judged(pages, read_checks())
    assert {f.line for f in told if f.rule == "promise"} == {4}
    assert {f.line for f in told if f.rule == "no-restrictions"} == {2, 4}


def test_a_list_of_records_in_one_file_is_placed_by_its_words(tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    records = [
        {"title": "Tower turn", "description": "Turn the trunk from side to side on a chair."},
        {"title": "Pebble press", "description": "It will cure every stiff shoulder there is."},
    ]
    file.write_text(json.dumps(records, indent=1), "utf-8")
    lines = file.read_text("utf-8").split("\n")
    with ParserProcess(Limits()) as process:
        pages, unread = read_file(file, process, Limits(), read_checks())
    (promise,) = [f for f in judged(pages, read_checks()) if f.rule == "promise"]
    assert unread == []
    assert "will cure" in lines[promise.line - 1]


@given(st.integers(0, 60), st.sampled_from(["\n", "\n\n", "\n\n\n"]))
@settings(max_examples=40, deadline=None)
def test_a_sentence_is_found_on_its_line_however_the_file_is_spaced(at: int, gap: str) -> None:
    head, body = SOUND.split("# Lantern lift\n", 1)
    lines = body.split("\n")
    items = [number for number, line in enumerate(lines) if line.startswith("- ")]
    where = items[at % len(items)]
    lines.insert(where, "- This will cure a stiff hip.")
    text = head + "# Lantern lift" + gap + "\n".join(lines)
    (promise,) = [finding for finding in found(text) if finding.rule == "promise"]
    assert "will cure" in text.split("\n")[promise.line - 1]


@given(
    st.text(alphabet="ab .?!:-•*#\n\t1)Q<>&½\u00a0\u200b|8 reps", max_size=300),
    st.sampled_from([".txt", ".md", ".html"]),
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_checked_without_an_error_and_within_its_lines(text: str, suffix: str) -> None:
    whole = f"Plank\n\n{text}"
    try:
        findings = found(whole, suffix=suffix)
    except Rejected:
        return
    assert all(1 <= finding.line <= whole.count("\n") + 1 for finding in findings)


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_a_word_has_a_syllable_and_no_more_than_its_letters(word: str) -> None:
    assert 1 <= syllables(word) <= 2 * len(word)


@given(st.lists(st.sampled_from(["Bend your knee.", "Lift it slowly."]), min_size=1))
def test_the_grade_does_not_depend_on_how_often_a_text_is_read(sentences: list[str]) -> None:
    assert reading_grade(sentences) == pytest.approx(reading_grade(sentences * 2))


def test_the_grade_of_a_known_text() -> None:
    # 13 words, 1 sentence, 26 syllables by hand: 0.39 * 13 + 11.8 * 26 / 13 - 15.59.
    text = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert reading_grade([text]) == pytest.approx(13.08)


def test_shingles_and_phrases() -> None:
    assert len(shingles(["a", "b", "c", "d"], 5)) == 0
    assert phrase_pattern([]).search("anything") is None
