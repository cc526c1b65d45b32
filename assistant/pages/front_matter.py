"""What a page says about itself, in front matter or in the keys of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from assistant.pages.blocks import Rejected
from assistant.pages.characters import fold
from assistant.pages.html_format import web_address
from assistant.pages.policy import Loader

FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
MOST_VALUES = 50
LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Facts:
    """The declared facts of a page."""

    title: str = ""
    aliases: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    level: str | None = None
    url: str | None = None
    slug: str | None = None


TITLE_KEYS = (
    "title",
    "name",
    "exercise",
    "exercisename",
    "heading",
    "headline",
    "displayname",
    "fullname",
    "exercisetitle",
    "pagetitle",
)
ALIAS_KEYS = (
    "aliases",
    "alias",
    "alternatenames",
    "alternatename",
    "aka",
    "alsoknownas",
    "othernames",
    "synonyms",
    "sanskrit",
    "sanskritname",
)
EQUIPMENT_KEYS = ("equipment", "equipments", "equipmentneeded", "gear", "gearneeded", "props")


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Return the front matter as a mapping (empty when there is none) and the text below it.

    Raises:
        Rejected: when the front matter is no YAML, naming its line.
    """
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    if (
        "&" in match[1]
        and "*" in match[1]
        and len(match[1]) < 100_000
        and re.search(r"[&*]\w+", match[1])
    ):
        aliases = len(re.findall(r"(?:^|[\s,\[])\*\w+", match[1]))
        if aliases > MOST_VALUES:
            raise Rejected("Its front matter repeats itself by reference.", "Write the values out.")
    try:
        header = yaml.load(match[1], Loader=Loader)  # noqa: S506 - it is one of the safe loaders
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" on line {mark.line + 2}" if mark is not None else ""
        raise Rejected(
            f"Its front matter is not valid YAML{where}.",
            "Put values with a colon or quotes in quotation marks.",
        ) from error
    if header is None:
        return {}, text[match.end() :]
    if not isinstance(header, dict):
        if ":" not in match[1]:
            return {}, text
        raise Rejected(
            "Its front matter is not a list of keys and values.", "Write it as `title: …`."
        )
    return {str(key): value for key, value in header.items()}, text[match.end() :]


def facts_of(record: Mapping[str, object]) -> Facts:
    """Return the facts of a mapping, whatever the case of its keys; unknown keys are ignored."""
    own = {re.sub(r"[\s_-]", "", str(key)).lower(): value for key, value in record.items()}

    def first(*keys: str) -> object:
        return next((own[key] for key in keys if own.get(key) not in (None, "", [], {})), None)

    return Facts(
        title=line_of(first(*TITLE_KEYS)),
        aliases=values_of(first(*ALIAS_KEYS)),
        equipment=values_of(first(*EQUIPMENT_KEYS)),
        muscles=muscles_of(own),
        level=line_of(first("level", "difficulty", "difficultylevel", "skilllevel")) or None,
        url=web_address(
            first("url", "link", "canonical", "canonicalurl", "sourceurl", "permalink")
        ),
        slug=line_of(first("slug")) or word_of(first("id", "key")),
    )


def word_of(value: object) -> str | None:
    """Return an identifier that a person can read: no mere number, no hexadecimal key."""
    name = line_of(value)
    return None if re.fullmatch(r"\d*|[\dA-Fa-f-]{12,}", name) else name


def muscles_of(own: Mapping[str, object]) -> tuple[str, ...]:
    """Return all muscles that a record names, the primary ones first."""
    keys = (
        "muscles",
        "muscle",
        "targetmuscles",
        "primarymuscles",
        "target",
        "musclegroups",
        "secondarymuscles",
    )
    found = [value for key in keys for value in values_of(own.get(key))]
    return tuple(dict.fromkeys(found))


def line_of(value: object) -> str:
    """Return a scalar as one clean line; nothing for other values."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return fold(str(value))[: 2 * LONGEST_VALUE]


def values_of(value: object) -> tuple[str, ...]:
    """Return a list or a comma-separated line as clean values, each once."""
    if isinstance(value, str):
        value = re.split(r"[,;\n]", value)
    elif isinstance(value, Mapping):
        value = [
            item for part in value.values() for item in (part if isinstance(part, list) else [part])
        ]
    elif isinstance(value, int | float):
        value = [value]
    if not isinstance(value, Iterable):
        return ()
    lines = (line_of(item)[:LONGEST_VALUE] for item in value)
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_VALUES]
