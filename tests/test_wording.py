"""The assistant's own words: every key that the code uses exists, and each fills in."""

from __future__ import annotations

import re
from string import Formatter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.exported_model import CHECKOUT
from assistant.intents import all_intents
from assistant.wording import listed, say, suggested, suggestions

POLICY = CHECKOUT / "assistant" / "policy" / "wording.yaml"
WORDS = {
    key: text
    for key, text in yaml.safe_load(POLICY.read_text("utf-8")).items()
    if key != "suggestions"
}
ALLOWED = {"title", "what", "name", "titles", "question", "condition", "said", "limit"}


def said_in_code() -> set[str]:
    files = (CHECKOUT / "assistant").rglob("*.py")
    return {key for file in files for key in re.findall(r'\bsay\("(\w+)"', file.read_text("utf-8"))}


def test_every_key_that_the_code_says_is_in_the_policy() -> None:
    assert said_in_code() - set(WORDS) == set()


@pytest.mark.parametrize("key", WORDS)
def test_every_wording_is_a_sentence_that_fills_in_and_has_no_marker(key: str) -> None:
    fields = {name for _, name, _, _ in Formatter().parse(WORDS[key]) if name}
    assert fields <= ALLOWED
    filled = say(key, **dict.fromkeys(fields, "Plank"))
    assert filled.strip()
    assert not re.search(r"[{}<>*#\[\]]", filled)


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no such key")


def test_braces_in_a_value_are_left_as_they_are() -> None:
    assert "{title}" in say("unknown", name="{title}")


def test_every_suggestion_asks_something_that_we_understand() -> None:
    known = {intent.id for intent in all_intents()}
    assert len(suggestions()) >= 3
    for each in suggestions():
        assert each.intent in known
        assert each.text.format(title="Plank").endswith("?")


def test_a_suggestion_is_found_by_its_intent_wherever_it_stands() -> None:
    assert len({each.intent for each in suggestions()}) == len(suggestions())
    for each in suggestions():
        assert suggested(each.intent, "Plank") == each.text.format(title="Plank")
    with pytest.raises(KeyError, match="no-intent"):
        suggested("no-intent", "Plank")


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=5), max_size=5))
def test_a_list_names_everything_once_in_order(names: list[str]) -> None:
    joined = listed(names)
    assert joined.count(" and ") >= (len(names) > 1)
    at = 0
    for name in names:
        at = joined.index(name, at) + len(name)


def test_every_question_that_a_whole_section_answers_has_a_line_to_open_it() -> None:
    for intent in all_intents():
        if intent.whole:
            assert "Plank" in say(intent.id, title="Plank"), intent.id
