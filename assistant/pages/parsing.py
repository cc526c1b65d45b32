"""One file's bytes to its page, by the file's ending. Runs in the child process only."""

from __future__ import annotations

import json
from pathlib import PurePath

from assistant.domain import Page
from assistant.pages.assembling import assemble
from assistant.pages.blocks import Draft, Rejected
from assistant.pages.decoding import decode
from assistant.pages.html_format import read_html
from assistant.pages.markdown_format import read_markdown
from assistant.pages.record_format import read_record
from assistant.pages.text_format import read_text


def parse_page(data: bytes, name: str, source: str) -> Page:
    """Return the page of a ``.txt``, ``.md`` or ``.html`` file; raises Rejected."""
    path = PurePath(name)
    text = decode(data)
    return assemble(read_draft(text, path), stem=path.stem, source=source, size=len(data))


def read_draft(text: str, path: PurePath) -> Draft:
    """Return the draft of a file by its ending; HTML that is named otherwise is HTML too."""
    suffix = path.suffix.lower()
    begins = text.lstrip()[:15].lower()
    if (suffix in (".html", ".htm") and "<" in text) or begins.startswith(
        ("<!doctype html", "<html")
    ):
        return read_html(text, path.stem)
    if suffix == ".md":
        return read_markdown(text)
    return read_text(text, path.stem)


def parse_record(data: bytes, source: str) -> Page:
    """Return the page of one JSON record; raises Rejected."""
    return record_page(decoded_json(data), source, len(data))


def record_page(record: object, source: str, size: int, stem: str = "") -> Page:
    """Return the page of one decoded record, ``stem`` being its own file's; raises Rejected."""
    return assemble(read_record(record), stem=stem, source=source, size=size)


def decoded_json(data: bytes) -> object:
    """Return the JSON value of some bytes; raises Rejected with its line and column."""
    try:
        return json.loads(decode(data))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Rejected(
            f"It is not valid JSON ({error.msg}, {where}).", "Correct it there."
        ) from error
    except RecursionError as error:
        raise Rejected(
            "Its JSON is nested too deeply.", "Write each page as a flat object."
        ) from error
