"""One tree: drawn in the docstring, each leaf with a code of its own, each message with advice."""

from __future__ import annotations

import inspect
import re

import pytest

from assistant import errors
from assistant.errors import AssistantError

TREE = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, AssistantError)
]


def test_the_docstring_draws_every_class_and_no_other() -> None:
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or ""))
    assert drawn == {each.__name__ for each in TREE if each is not AssistantError}


def test_codes_are_stable_words_and_each_stands_once() -> None:
    codes = [each.code for each in TREE]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z_]+", code) for code in codes)


@pytest.mark.parametrize("error", TREE)
def test_an_error_keeps_message_and_advice_apart_and_says_both(error: type[AssistantError]) -> None:
    made = error("The disk is full.", "Free some space.")
    assert (made.message, made.advice) == ("The disk is full.", "Free some space.")
    assert str(made) == "The disk is full. Free some space."
    assert str(error("Only this.")) == "Only this."
    assert error.__doc__
