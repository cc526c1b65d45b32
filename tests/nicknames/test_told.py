"""Names that pages tell in passing: found, told from other exercises, and understood when asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.bootstrap import build, ingest
from assistant.domain import Page, Section
from assistant.embedding import TokenStates
from assistant.nicknames.pages import (
    MOST_CHARACTERS,
    can_be_name,
    passages_of,
    with_told_names,
)
from assistant.nicknames.spans import LONGEST, candidates
from assistant.nicknames.tagging import name_weights, told_names
from assistant.settings import read_settings
from evals.tuning.nicknames import TESTED, folded, read

PAGE = """---
title: Boat pose
---
## Instructions

- Sit with bent knees, lean back and float the feet.
- Straighten the legs and reach forward.

## Description

There is a moment in this pose when the mind starts to bargain. In the gym next door they call it
the canoe hold; on our timetable you will find plain Navasana. Once it feels steady you are ready
for the dead bug, which is another story.

## FAQ

### How long do I stay?

Stay for five slow breaths, then rest and repeat it twice.
"""


@pytest.fixture(scope="module")
def states(model_folder: Path) -> TokenStates:
    return TokenStates(model_folder)


def page_of(text: str, title: str = "Boat pose", aliases: tuple[str, ...] = ()) -> Page:
    start = len(title) + 2
    section = Section("description", title, start, start + len(text))
    return Page("boat-pose", title, f"{title}\n\n{text}\n", (section,), aliases)


def test_most_names_are_found_in_passages_of_a_writer_that_nothing_was_learned_from(
    states: TokenStates,
) -> None:
    right = found = wanted = 0
    for case in read(TESTED):
        names = {folded(each.name) for each in told_names(case["title"], case["text"], states.of)}
        gold = {folded(name) for name in case["names"]}
        right, found, wanted = right + len(names & gold), found + len(names), wanted + len(gold)
    assert wanted > 150
    assert right / wanted >= 0.62
    assert right / found >= 0.70


def test_candidates_stand_where_they_say_and_cross_no_stop() -> None:
    text = "Many call it the snow angel, or (in winter) just Angels; it is no plank."
    for each in candidates("Floor angel", text):
        said = text[each.start : each.end]
        assert said == said.strip()
        assert 1 <= len(said.split()) <= LONGEST
        assert not set(said) & set(",;()")


def test_every_sign_that_is_seen_was_learned(states: TokenStates) -> None:
    signs = {
        sign
        for case in read(TESTED)[:20]
        for each in candidates(case["title"], case["text"])
        for sign in each.signs
    }
    assert len(signs) > 50
    assert len(signs - name_weights().signs.keys()) <= 2


@pytest.mark.parametrize(
    "name", ["adductor longus", "jumper's knee", "frozen shoulder", "cracking"]
)
def test_muscles_ailments_and_single_common_words_are_no_names(name: str) -> None:
    assert not can_be_name(name)


def test_a_page_gets_the_names_that_it_tells_and_not_those_of_other_exercises(
    states: TokenStates,
) -> None:
    told = with_told_names(
        page_of(
            "In the gym next door they call it the canoe hold, and on our timetable you will find "
            "plain Navasana. "
            "Once it feels steady, move on to the dead bug."
        ),
        states.of,
    )
    assert {"canoe hold", "Navasana"} <= set(told.aliases)
    assert "dead bug" not in told.aliases


def test_a_page_that_declares_its_names_keeps_them_alone(states: TokenStates) -> None:
    page = page_of("Lifters call it the canoe hold.", aliases=("naukasana", "V sit", "teaser"))
    assert with_told_names(page, states.of) == page


def test_what_only_the_wording_gave_is_no_name_where_none_is_seen_in_it(
    states: TokenStates,
) -> None:
    text = 'My runners call it pool running, and the Tuesday ladies call it "the floaty jog".'
    page = page_of(text, "Deep-water running", ("pool running", "Tuesday ladies call"))
    told = with_told_names(replace(page, told=page.aliases), states.of)
    assert "pool running" in told.aliases
    assert "Tuesday ladies call" not in told.aliases
    declared = with_told_names(page, states.of)
    assert "Tuesday ladies call" in declared.aliases


def test_declared_names_stay_first_and_are_not_repeated(states: TokenStates) -> None:
    page = page_of("Lifters call the boat pose the canoe hold.", aliases=("Canoe-hold", "Navasana"))
    told = with_told_names(page, states.of)
    assert told.aliases[:2] == ("Canoe-hold", "Navasana")
    assert "canoe hold" not in told.aliases


def test_passages_are_whole_sentences_no_longer_than_the_model_sees() -> None:
    text = " ".join(
        f"This is sentence number {number} of a long description." for number in range(60)
    )
    page = page_of(text)
    passages = list(passages_of(page, page.sections[0]))
    assert len(passages) > 1
    assert all(len(passage) <= MOST_CHARACTERS + 60 for passage in passages)
    assert " ".join(passages) == text


def test_a_name_told_in_passing_is_understood_when_a_visitor_asks(
    model_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "boat-pose.md").write_text(PAGE, "utf-8")
    settings = read_settings(data=tmp_path / "data")
    ingest([tmp_path / "boat-pose.md"], settings)
    assistant = build(settings)
    try:
        for name in ("canoe hold", "navasana", "boat pose"):
            reply = assistant.ask(f"how long do i stay in the {name}?")
            assert reply.kind == "answer", name
            assert "five slow breaths" in reply.segments[-1].text, name
        other = assistant.ask("how long do i stay in the dead bug?")
        assert other.kind == "abstain"
    finally:
        assistant.close()


def test_words_that_may_name_the_exercise_are_hints_and_no_aliases(states: TokenStates) -> None:
    text = (
        "How soon should the slump slider help?\n\nMost people notice less tingling within two "
        "weeks. Hospital handouts show one end of the nerve being let out.\n"
    )
    faq = Section("faq", text.split("\n")[0], text.index("Most"), len(text))
    told = with_told_names(Page("floss", "Sciatic nerve floss", text, (faq,)), states.of)
    assert "slump slider" in told.hints
    assert "slump slider" not in told.aliases
    assert {"tingling", "nerve", "weeks"}.isdisjoint(told.hints)
