"""Rules about what is not the page's own: site furniture, lost lines, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.findings import Fault
from assistant.checking.manuscript import Manuscript
from assistant.checking.policy import Policy, shortened
from assistant.checking.section_rules import words_of_heading
from assistant.checking.source_text import SourceLine
from assistant.pages.characters import stems, visible, words
from assistant.pages.furniture import furniture
from assistant.pages.headings import exact_tag, loose_tag
from assistant.pages.plain_headings import is_lone_question
from assistant.pages.policy import html_words

UNSEEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
OPENING = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>([^<>]*)")
STYLE = re.compile(r"""\bstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
CLASS = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
HIDDEN = re.compile(r"""(?:^|\s)hidden(?=[\s/=]|$)(?!\s*=\s*["']?until-found)""", re.I)
SIGNS = 2
"""Different signs of advertising from which a line that stayed is told."""


def leftover_rules(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield what stands in the file beside the page."""
    del policy
    if page.suffix in (".md", ".txt"):  # the markup of HTML tells its furniture, as it should
        yield from lost_lines(page)
    yield from advertising(page)
    yield from unseen_characters(page)
    yield from hidden_elements(page)


def lost_lines(page: Manuscript) -> Iterator[Fault]:
    """Yield the runs of lines that are in the file and not on the page."""
    run: list[SourceLine] = []
    for line in page.source.lines:
        if not words(line.text):
            continue
        if is_lost(line, page):
            run.append(line)
        else:
            yield from run_fault(run)
            run = []
    yield from run_fault(run)


def is_lost(line: SourceLine, page: Manuscript) -> bool:
    """Return whether the words of a line are not on the page, though no other rule says why."""
    if line.number <= page.source.header_lines:
        return False
    text = visible(words_of_heading(line))
    if page.says(text) or not words(text):
        return False
    if stems(text) == stems(page.page.title) or is_lone_question(text):
        return is_lone_question(text) and furniture().is_heading(text)
    if page.source.number_of(page.page.title) == line.number or exact_tag(text):
        return False
    return not (line.level and loose_tag(text) and not furniture().is_heading(text))


def run_fault(run: list[SourceLine]) -> Iterator[Fault]:
    """Yield what a run of lost lines is: furniture when one of its lines looks like it."""
    if not run:
        return
    first = run[0]
    if any(looks_like_furniture(line.text) for line in run):
        count = "1 line" if len(run) == 1 else f"{len(run)} lines"
        values = {"count": count, "quote": shortened(first.text.strip())}
        yield Fault("furniture-removed", first.number, values)
    elif not any("|" in line.text for line in run):
        for line in run:
            yield Fault("text-lost", line.number, {"quote": shortened(line.text.strip())})


def looks_like_furniture(text: str) -> bool:
    """Return whether a line that was left out is navigation or promotion."""
    policy = furniture()
    return policy.is_heading(text) or policy.is_promotion(text, suspected=True)


def advertising(page: Manuscript) -> Iterator[Fault]:
    """Yield the sentences of the page that show several signs of advertising."""
    for sentence in page.sentences:
        if furniture().advertising(sentence.text) >= SIGNS:
            values = {"quote": shortened(sentence.text)}
            yield Fault("furniture-left", page.line_at(sentence.start), values)


def unseen_characters(page: Manuscript) -> Iterator[Fault]:
    """Yield the first line with characters that no reader sees."""
    if page.suffix == ".jsonl":
        return
    for number, line in enumerate(page.source.raw.lstrip("\ufeff").split("\n"), start=1):
        count = len(UNSEEN.findall(line))
        if count:
            what = "Here is a character" if count == 1 else f"Here are {count} characters"
            yield Fault("hidden-text", number, {"what": what})
            return


def hidden_elements(page: Manuscript) -> Iterator[Fault]:
    """Yield the HTML elements with words that are hidden by attribute, style or class."""
    if page.suffix in (".json", ".jsonl"):
        return
    raw = page.source.raw
    for match in OPENING.finditer(raw):
        name, attributes, text = match.groups()
        if name.lower() in html_words("unread") or not words(text) or not hides(attributes):
            continue
        if not page.says(text):
            number = raw.count("\n", 0, match.start()) + 1
            yield Fault(
                "hidden-text", number, {"what": f"Here is text ({shortened(text.strip())!r})"}
            )


def hides(attributes: str) -> bool:
    """Return whether the attributes of a tag hide what stands in it."""
    if HIDDEN.search(attributes):
        return True
    from assistant.pages.visibility import styled_away

    style, classes = STYLE.search(attributes), CLASS.search(attributes)
    if style and styled_away(style[1] or style[2] or ""):
        return True
    names = (classes[1] or classes[2] or "").split() if classes else []
    return not html_words("hidden").isdisjoint(names)
