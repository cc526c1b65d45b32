"""What a site can tell the widget and hear from it: the tables of docs/widget.md, as data.

A cell is plain text with code between backticks, as in the document; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """One table: its title on the page, the names of its columns, its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


ATTRIBUTES = Facts(
    "Attributes",
    ("attribute", "default", "meaning"),
    (
        ("`endpoint`", "where the script is", "address of the server, a path allowed"),
        (
            "`page`",
            "none",
            "slug of the page on which the reader is; questions without a name are about it",
        ),
        (
            "`starters`",
            "four questions when there is a `page`",
            "questions to press at the beginning, separated by `|`; empty for none",
        ),
        ("`mode`", "inline", "`floating` puts it behind a launcher in the corner"),
        ("`history`", "off", "`session` or `local`, see below"),
        ("`timeout`", "`30`", "longest silence of the server, in seconds"),
        ("`lang`", "of the page, then of the browser", "language of the widget's own words"),
    ),
)

HISTORY = Facts(
    "What is remembered where",
    ("`history`", "in the browser"),
    (
        ("off", "nothing: no cookie, no storage"),
        (
            "`session`",
            "questions and replies of the last 50 turns in `sessionStorage`, until the tab closes",
        ),
        ("`local`", 'the same in `localStorage`, until the reader presses "Erase chat"'),
    ),
)

EVENTS = Facts(
    "Events",
    ("event", "`detail`"),
    (
        ("`chat-answer`", "`kind` of the reply, number of `sources`"),
        ("`chat-error`", "`code` of the failure, a key of the language's table"),
        ("`chat-toggle`", "`open`, for the floating widget"),
    ),
)

PROPERTIES = Facts(
    "Custom properties",
    ("custom property", "meaning"),
    (
        ("`--chat-ink`", "text"),
        ("`--chat-soft`", "quieter text; keep 4.5:1 on the paper and the tint"),
        ("`--chat-paper`", "background"),
        ("`--chat-tint`", "background of the source"),
        ("`--chat-line`", "hairlines"),
        ("`--chat-accent`", "links, numbers, the send button"),
        ("`--chat-on-accent`", "text on the accent"),
        ("`--chat-mark`", "behind the cited words"),
        ("`--chat-question`", "behind the reader's question"),
        ("`--chat-caution`", "behind an answer that a restriction leads"),
        ("`--chat-font`", "family of the text"),
        ("`--chat-heading-font`", "family of the title"),
        ("`--chat-size`", "size of the text"),
        ("`--chat-radius`", "corners of the frame"),
        ("`--chat-height`", "height"),
        ("`--chat-width`", "width when floating"),
        ("`--chat-inset`", "distance from the corner when floating"),
        ("`--chat-layer`", "`z-index` when floating"),
        ("`--chat-shadow`", "shadow when floating"),
    ),
)

PARTS = Facts(
    "Parts, for `exercise-chat::part(…)`",
    ("part", "what it is"),
    (
        ("`launcher`", "the button of the floating widget"),
        ("`bar`", 'title and "New chat"'),
        ("`log`", "the transcript"),
        ("`question`", "what the reader asked"),
        ("`answer`", "the answer's words"),
        ("`cite`", "the number of a source"),
        ("`suggestion`", "a question to press"),
        ("`tools`", "copy, print and feedback"),
        ("`source`", "the source's panel"),
        ("`passage`", "the section in it"),
        ("`mark`", "the cited words"),
        ("`caution`", "an answer that a restriction leads"),
        ("`composer`", "everything around the field"),
        ("`field`", "the field"),
        ("`send`", "the button that sends or stops"),
    ),
)

KEYS = Facts(
    "Keys",
    ("key", "does"),
    (
        ("Enter", "sends; on a number opens its source"),
        ("Shift+Enter", "a new line"),
        (
            "Escape",
            "closes the source and returns to its number; then closes the floating widget",
        ),
        ("Tab", "goes through the field, the transcript, its numbers and buttons"),
    ),
)

TABLES = (ATTRIBUTES, HISTORY, EVENTS, KEYS, PROPERTIES, PARTS)
