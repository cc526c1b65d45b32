"""Rules about the front matter of Markdown pages, and about what has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from assistant.checking.findings import Fault
from assistant.checking.manuscript import Manuscript
from assistant.checking.policy import Policy
from assistant.pages.characters import fold
from assistant.pages.front_matter import values_of
from assistant.pages.headings import exact_tag

WANTED = {"text": "one line of text", "list": "a list"}
EXAMPLES = {"text": "{key}: some words", "list": "{key}: [one, another]"}
NAMES: Mapping[type, str] = {
    dict: "a table",
    list: "a list",
    bool: "yes or no",
    type(None): "empty",
}


def front_matter_rules(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the faults of what a page declares about itself."""
    if page.suffix not in (".md", ".txt"):
        return
    if not page.header:
        yield Fault("no-front-matter", 1)
    if page.source.number_of(page.page.title) is None or exact_tag(page.page.title):
        yield Fault("missing-title", 1, {"title": page.page.title})
    if not page.header:
        return
    yield from keys(page, policy)
    yield from missing_keys(page, policy)


def keys(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the keys that nothing reads, and the values of a wrong type."""
    known = cast("dict[str, str]", policy.data["keys"])
    for key, value in page.header.items():
        folded = key.strip().lower()
        line = key_line(page, key)
        if folded not in known:
            yield Fault("unknown-key", line, {"key": key, "known": ", ".join(known)})
            continue
        wanted = known[folded]
        if value is not None and not fits(value, wanted):
            values = {
                "key": key,
                "given": type_name(value),
                "wanted": WANTED[wanted],
                "example": EXAMPLES[wanted].format(key=key),
            }
            yield Fault("wrong-type", line, values)
        elif policy.strict:
            yield from unknown_values(page, policy, folded, value)


def fits(value: object, wanted: str) -> bool:
    """Return whether a value is what is read: a scalar as text, a list of scalars or a line."""
    scalar = isinstance(value, str | int | float) and not isinstance(value, bool)
    if wanted == "text":
        return scalar
    return scalar or (
        isinstance(value, list)
        and all(
            isinstance(item, str | int | float) and not isinstance(item, bool) for item in value
        )
    )


def type_name(value: object) -> str:
    """Return what a value of YAML is, in plain words."""
    if isinstance(value, list) and value:
        inner = next((item for item in value if not isinstance(item, str | int | float)), None)
        return "a list" if inner is None else f"a list with {type_name(inner)} in it"
    return NAMES.get(type(value), "no text")


def unknown_values(page: Manuscript, policy: Policy, key: str, value: object) -> Iterator[Fault]:
    """Yield the values that are none of the agreed ones."""
    allowed = cast("dict[str, list[str]]", policy.data["values"]).get(key)
    for item in values_of(value) if allowed else ():
        if allowed and fold(item) not in allowed:
            values = {"key": key, "value": item, "allowed": ", ".join(allowed)}
            yield Fault("unknown-value", key_line(page, key), values)


def missing_keys(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the keys that the profile requires and that are missing or empty."""
    have = {
        key.strip().lower() for key, value in page.header.items() if value not in (None, "", [])
    }
    for key in cast("list[str]", policy.limits["required_keys"]):
        if key not in have:
            yield Fault("missing-key", 1, {"key": key})


def key_line(page: Manuscript, key: str) -> int:
    """Return the number of the line of a key."""
    for line in page.source.lines[: page.source.header_lines]:
        begin = line.text.lstrip().strip("\"'").lower()
        if begin.startswith(key.strip().lower()):
            return line.number
    return 1
