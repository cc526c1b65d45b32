"""Records of ``.json`` and ``.jsonl``: facts in keys, sections in keys or under ``sections``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from assistant.pages.blocks import INNER_HEADING, Block, Draft, Rejected
from assistant.pages.characters import fold
from assistant.pages.front_matter import facts_of, line_of
from assistant.pages.headings import exact_tag, is_question, loose_tag
from assistant.pages.html_format import fragment_blocks, read_html
from assistant.pages.markdown_format import markdown_blocks
from assistant.pages.plain import plain_blocks
from assistant.pages.plain_headings import BULLET

MARKUP = re.compile(
    r"</?(?:p|ul|ol|li|br|div|h[1-6]|strong|b|em|span|details|table|section)\b[^<>]*>", re.I
)
MARKDOWN = re.compile(r"^#{1,6} \S|^\*\*[^*]+\*\*$", re.M)
PROSE = re.compile(r"\S+ \S.*[.!?…][\"'”’)\]]*$", re.S)
FACT_KEYS = frozenset(
    {"equipment", "level", "difficulty", "muscles", "primarymuscles", "secondarymuscles"}
)
BODY_KEYS = ("content", "body", "text", "markdown", "html", "articlebody", "page")
QUESTION_KEYS = ("question", "q", "name", "title", "heading")
ANSWER_KEYS = ("answer", "a", "acceptedanswer", "text", "body", "content", "response")
HEADING_KEYS = ("heading", "title", "name", "header", "label")
KIND_KEYS = ("kind", "type")
TEXT_KEYS = (
    "body",
    "items",
    "text",
    "content",
    "bullets",
    "list",
    "paragraphs",
    "steps",
    "points",
    "value",
    "html",
    "markdown",
)


def read_record(record: object) -> Draft:
    """Return the draft of one record.

    Raises:
        Rejected: when it is no object, or names no exercise.
    """
    if not isinstance(record, Mapping):
        raise Rejected(
            "A record is no JSON object.", 'Write each page as {"title": …, "instructions": […]}.'
        )
    facts = facts_of(record)
    blocks = tuple(block for key, value in record.items() for block in key_blocks(str(key), value))
    if not facts.title:
        heads = [block.text for block in blocks if block.kind == "heading" and block.level == 1]
        if not heads:
            raise Rejected("A record has no title.", 'Give it a "title" or "name".')
        facts = replace(facts, title=heads[0])
    return Draft(
        numbered(blocks),
        facts.title,
        facts.aliases,
        facts.equipment,
        facts.muscles,
        facts.level,
        facts.url,
        facts.slug,
    )


def numbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with each run of items as a list of its own."""
    group = 0
    found: list[Block] = []
    for block in blocks:
        if block.kind == "item":
            group += not (found and found[-1].kind == "item")
            block = replace(block, group=group)
        found.append(block)
    return tuple(found)


def key_blocks(key: str, value: object) -> Iterator[Block]:
    """Yield the blocks of one key of a record, when it is a section."""
    folded = folded_key(key)
    if folded in FACT_KEYS or value in (None, "", [], {}):
        return
    if folded == "sections":
        yield from section_blocks(value)
    elif folded in BODY_KEYS:
        yield from text_blocks(value)
    else:
        heading = words_of_key(key)
        tag = exact_tag(heading) or (loose_tag(heading) if not isinstance(value, str) else None)
        if tag == "faq":
            yield from faq_blocks(value)
        elif tag or tells(value):
            body = list(text_blocks(value))
            if body:
                yield Block("heading", heading, level=2)
                yield from body


def tells(value: object) -> bool:
    """Return whether the value of an unknown key is text to read and no identifier, tag or date.

    >>> tells(["Keep the chest up.", "Brace."]), tells(["legs", "core"]), tells("2024-05-01")
    (True, False, False)
    """
    lines = value if isinstance(value, list) else [value]
    written = [line for line in lines if isinstance(line, str) and PROSE.search(line.strip())]
    return bool(written) and 2 * len(written) >= len(lines)


@lru_cache(maxsize=1024)
def folded_key(key: str) -> str:
    """Return a key for comparisons, whatever its case and separators."""
    return re.sub(r"[\s_-]", "", key).lower()


@lru_cache(maxsize=1024)
def words_of_key(key: str) -> str:
    """Return a key as a heading.

    >>> words_of_key("commonMistakes"), words_of_key("breathing_tips")
    ('Common mistakes', 'Breathing tips')
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).replace("_", " ").replace("-", " ")
    return " ".join(words.split()).lower().capitalize() if not words.isupper() else words


def section_blocks(value: object) -> Iterator[Block]:
    """Yield the blocks of ``sections``: a list of headings with bodies, or a mapping of them."""
    if isinstance(value, Mapping):
        value = [{"heading": words_of_key(str(key)), "body": body} for key, body in value.items()]
    for section in value if isinstance(value, list) else []:
        if not isinstance(section, Mapping):
            yield from text_blocks(section)
            continue
        kind = words_of_key(line_of(picked(section, KIND_KEYS)))
        heading = line_of(picked(section, HEADING_KEYS)) or (kind if exact_tag(kind) else "")
        questions = picked(section, ("questions", "faq", "faqs", "entries"))
        level = 2 if heading else 1
        yield Block("heading", heading, level=level, question=heading.endswith("?"))
        for key in TEXT_KEYS:
            if section.get(key) not in (None, "", [], {}):
                yield from (
                    faq_blocks(section[key])
                    if exact_tag(heading) == "faq"
                    else text_blocks(section[key])
                )
        if questions is not None:
            yield from faq_blocks(questions)
        if isinstance(section.get("sections"), list):
            yield from section_blocks(section["sections"])


def faq_blocks(value: object) -> Iterator[Block]:
    """Yield questions with their answers; entries without an answer are left out."""
    if isinstance(value, str):
        yield Block("heading", "FAQ", level=2)
        yield from text_blocks(value)
        return
    if isinstance(value, Mapping):
        value = [{"question": question, "answer": answer} for question, answer in value.items()]
    for entry in value if isinstance(value, list) else []:
        if not isinstance(entry, Mapping):
            yield from text_blocks(entry)
            continue
        question = line_of(
            picked(entry, QUESTION_KEYS) or named(entry, ("question", "questiontext"))
        )
        answer = picked(entry, ANSWER_KEYS) or named(entry, ("answer", "answertext"))
        if isinstance(answer, Mapping):
            answer = picked(answer, ("text", "body", "value"))
        if question and answer:
            yield Block("heading", question, level=INNER_HEADING, question=True)
            yield from text_blocks(answer)


def named(record: Mapping[str, object], endings: tuple[str, ...]) -> object:
    """Return the first value under a key that ends so: "questionText", "conditionLabel"."""
    found = (v for k, v in record.items() if folded_key(str(k)).endswith(endings))
    return next((value for value in found if value not in (None, "", [], {})), None)


def told(record: Mapping[str, object]) -> str:
    """Return what an object with keys of its own says: its name and its sentences, in order.

    >>> told({"errorName": "Sagging", "why": "It hurts.", "fix": "Brace.", "priority": 1})
    'Sagging: It hurts. Brace.'
    """
    texts = [fold(value) for value in record.values() if isinstance(value, str)]
    if len(texts) < 2 or PROSE.search(texts[0]):
        return " ".join(text for text in texts if PROSE.search(text))
    return f"{texts[0].rstrip(':')}: {' '.join(texts[1:])}"


def picked(record: Mapping[str, object], keys: tuple[str, ...]) -> object:
    """Return the first value under one of the keys, whatever their case."""
    own = {str(key).lower().replace("_", ""): value for key, value in record.items()}
    return next((own[key] for key in keys if own.get(key) not in (None, "", [], {})), None)


def text_blocks(value: object) -> Iterator[Block]:
    """Yield the blocks of a text (plain, Markdown or HTML) or of a list of items."""
    if isinstance(value, str):
        yield from string_blocks(value)
    elif isinstance(value, list):
        for item in value:
            yield from item_blocks(item)
    elif isinstance(value, Mapping):
        text = picked(value, ("text", *TEXT_KEYS))
        yield from labelled_blocks(value) if text is None else text_blocks(text)


def labelled_blocks(value: Mapping[str, object]) -> Iterator[Block]:
    """Yield what stands under keys of their own, each line with its key: "Easier: Kneel."."""
    for key, entry in value.items():
        for line in entry if isinstance(entry, list) else [entry]:
            if isinstance(line, str) and line.strip():
                yield Block("item", f"{words_of_key(str(key))}: {fold(line)}")


def item_blocks(item: object) -> Iterator[Block]:
    """Yield a list's item: its text, or its title and text, and the items below it."""
    if isinstance(item, Mapping):
        name, text = (
            line_of(picked(item, ("name", "title", "heading", "label"))),
            picked(item, TEXT_KEYS),
        )
        if name and isinstance(text, list):
            yield Block("item", name)
            yield from (
                replace(block, level=1) for block in text_blocks(text) if block.kind == "item"
            )
            return
        if is_question(name) and text:
            yield Block("heading", name, level=INNER_HEADING, question=True)
            yield from text_blocks(text)
            return
        words = line_of(text)
        if not name and not words:
            words = told(item)
        item = (
            words
            if not name or words.startswith(name)
            else f"{name.rstrip(':')}: {words}"
            if words
            else name
        )
    if isinstance(item, list):
        yield from (replace(block, level=1) for one in item for block in item_blocks(one))
        return
    text = item if isinstance(item, str) else line_of(item)
    if MARKUP.search(text):
        text = " ".join(block.text for block in fragment_blocks(text))
    line = fold(text)
    bullet = BULLET.match(line)
    if line:
        yield Block("item", line[bullet.end() :] if bullet else line)


def string_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a string in whichever markup it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.match(r"\s*(?:<!doctype|<html)", text, re.I):
        yield from read_html(text, "").blocks
    elif MARKUP.search(text):
        yield from fragment_blocks(text)
    elif MARKDOWN.search(text):
        yield from markdown_blocks(text)
    else:
        yield from plain_blocks(text)
