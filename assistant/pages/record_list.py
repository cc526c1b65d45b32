"""The records of a ``.json`` file: one object, a list of objects, or a list under a single key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from assistant.pages.blocks import Rejected
from assistant.pages.decoding import decode

WRAPPERS = (
    "exercises",
    "pages",
    "data",
    "items",
    "records",
    "results",
    "entries",
    "list",
    "docs",
    "documents",
)
SPACE = " \t\n\r"


def records_in(data: bytes) -> Iterator[tuple[int, object, int]]:
    """Yield (number from 1, record, bytes of its text); number 0 for a file that is one record.

    Records before a syntax error are kept.

    Raises:
        Rejected: where the JSON is broken, naming line and column.
    """
    text = decode(data)
    start = len(text) - len(text.lstrip(SPACE))
    if text[start : start + 1] == "[":
        yield from elements(text, start + 1)
        return
    value = whole(text)
    records = wrapped(value)
    if records is None:
        yield 0, value, len(data)
        return
    for number, record in enumerate(records, start=1):
        said = json.dumps(record, ensure_ascii=False)
        yield number, record, len(said.encode("utf-8", "surrogatepass"))


def whole(text: str) -> object:
    """Return the value of a whole file."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise broken(error) from error
    except RecursionError as error:
        raise Rejected(
            "Its JSON is nested too deeply.", "Write each page as a flat object."
        ) from error


def broken(error: json.JSONDecodeError) -> Rejected:
    """Return the rejection of text that is no JSON."""
    return Rejected(
        f"It is not valid JSON ({error.msg}, line {error.lineno}, column {error.colno}).",
        "Correct it there.",
    )


def elements(text: str, at: int) -> Iterator[tuple[int, object, int]]:
    """Yield the elements of a list, one after another."""
    decoder = json.JSONDecoder()
    number = 0
    try:
        while True:
            at = past_space(text, at)
            if text[at : at + 1] == "]":
                break
            value, end = decoder.raw_decode(text, at)
            number += 1
            yield number, value, len(text[at:end].encode("utf-8", "surrogatepass"))
            at = past_space(text, end)
            if text[at : at + 1] == ",":
                at += 1
            elif text[at : at + 1] != "]":
                raise json.JSONDecodeError("Expecting ',' or ']'", text, at)
    except json.JSONDecodeError as error:
        raise broken(error) from error
    except RecursionError as error:
        raise Rejected(
            "Its JSON is nested too deeply.", "Write each page as a flat object."
        ) from error
    if not number:
        raise Rejected("Its list is empty.", "Put records into it, or remove the file.")


def past_space(text: str, at: int) -> int:
    """Return the next position that is no white space."""
    while at < len(text) and text[at] in SPACE:
        at += 1
    return at


def wrapped(value: object) -> list[object] | None:
    """Return the records of an object that only holds a list or a mapping of them."""
    if not isinstance(value, Mapping) or any(
        key in value for key in ("title", "name", "instructions", "sections")
    ):
        return None
    for key in WRAPPERS:
        inner = value.get(key)
        if isinstance(inner, list) and any(isinstance(one, Mapping) for one in inner):
            return list(inner)
    if value and all(isinstance(one, Mapping) for one in value.values()):
        return [{"slug": key, **one} for key, one in value.items()]
    return None
