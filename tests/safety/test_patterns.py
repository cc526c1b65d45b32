"""The language of phrases that editors of the policy are taught, row by row of its table."""

from __future__ import annotations

from pathlib import Path

import pytest

import assistant.safety
from assistant.errors import SettingError
from assistant.safety import patterns
from assistant.safety.inflection import inflector
from assistant.safety.lexicon import Lexicon
from assistant.safety.policy import document
from assistant.safety.tokens import tokenise

README = Path(assistant.safety.__file__).with_name("README.md")
# What each row writes, phrases that are written so, a text with the phrase and one without.
ROWS = [
    ("numb", "numb", "my foot is numb", "my foot has numbed"),
    ("bleed~", "bleed~", "it bled, it is bleeding", "there is blood"),
    ("bleed~", "stop~", "it stopped", "it is a stopper"),
    ("arm~|leg~", "arm~|leg~", "both legs", "both feet"),
    ("arm~|leg~", "sore arm~|leg~", "a sore arm", "a sore armchair"),
    ("pass_out|faint", "pass_out|faint", "i pass out", "i pass"),
    ("pass_out|faint", "nearly pass_out|faint", "i nearly faint", "i nearly pass"),
    ("my?", "hit my? head", "i hit head first", "i hit his head"),
    ("my?", "hit my? head", "i hit my head", "i hit my my head"),
    ("my?", "my? chest hurts", "chest hurts", "chest really hurts"),
    (".. and ...", "calf .. hot", "my calf feels a bit hot", "my calf feels a bit too hot"),
    (".. and ...", "calf ... hot", "my calf feels a bit too hot", "calf one two three four no hot"),
    (".. and ...", "calf ... hot", "calf hot", "calf one two three four five six hot"),
    (".. and ...", "calf .. hot", "my calf is hot", "my calf is not hot"),
    (".. and ...", "calf .. hot", "calf, hot", "my calf. hot day"),
    ("<chest>", "<chest> hurts", "my ribs hurts", "my knee hurts"),
    ("<chest>", "sore <chest|knee>", "a sore kneecap", "a sore elbow"),
    ("<chest>", "sore <chest>? today", "sore today", "sore knee today"),
    ("# and #160-300", "# weeks", "12 weeks", "some weeks"),
    ("# and #160-300", "# weeks", "twelve weeks", "weeks"),
    ("# and #160-300", "pressure #160-300", "pressure 160", "pressure 159"),
    ("# and #160-300", "pressure #160-300", "pressure 300", "pressure 301"),
    ("# and #160-300", "pressure #7", "pressure 7", "pressure 8"),
]


def finds(phrase: str, text: str) -> bool:
    """Return whether a policy of this phrase, a chest and a knee finds the phrase in a text."""
    concepts = {"said": [phrase], "chest": ["chest", "rib~"], "knee": ["knee|kneecap"]}
    words = document("words")
    numbers = {word: float(value) for word, value in words["numbers"].items()}
    lexicon = Lexicon(concepts, inflector(words["irregular"]), _read)
    return "said" in lexicon.find(tokenise(text, {"cant": ("can", "not")}, numbers)[1])


def _read(word: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokenise(word, {"cant": ("can", "not")}, {})[1])


@pytest.mark.parametrize(("row", "phrase", "found", "missed"), ROWS)
def test_a_phrase_means_what_the_table_says(row: str, phrase: str, found: str, missed: str) -> None:
    assert finds(phrase, found)
    assert not finds(phrase, missed)


def test_every_row_of_the_table_has_a_case_and_every_case_a_row() -> None:
    table = README.read_text("utf-8").partition("| write | it means |")[2].partition("\n\n")[0]
    rows = [line.replace("\\|", "\N{BROKEN BAR}").split("|")[1] for line in table.split("\n")[2:]]
    written = [row.strip().replace("\N{BROKEN BAR}", "|").replace("`", "") for row in rows]
    assert len(written) == 8
    assert set(written) == {row for row, *_ in ROWS}


def test_a_bar_and_a_space_read_as_the_page_warns() -> None:
    assert finds("gone|went numb", "it went numb")
    assert finds("numb|gone dead", "it is numb dead")
    assert not finds("numb|gone dead", "it is numb")
    assert finds("numb|gone_dead", "it is numb")
    assert finds("numb|gone_dead", "it has gone dead")


def test_a_contraction_in_a_phrase_is_read_as_in_a_message() -> None:
    assert finds("cant feel", "i can not feel it")
    assert finds("can not feel", "i cant feel it")


def test_the_docstring_of_the_module_teaches_every_row_of_the_table() -> None:
    taught = str(patterns.__doc__).replace("`", "")
    assert [row for row, *_ in ROWS if row.replace("<chest>", "<arm>") not in taught] == []


@pytest.mark.parametrize("phrase", [".. numb", "#a-b", "<nobody> hurts", ""])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(SettingError):
        finds(phrase, "numb")
