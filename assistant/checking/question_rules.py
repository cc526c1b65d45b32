"""Rules about questions and answers."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.findings import Fault
from assistant.checking.manuscript import Manuscript
from assistant.checking.policy import Policy, shortened
from assistant.checking.section_rules import words_of_heading
from assistant.pages.characters import stems, words
from assistant.pages.furniture import furniture
from assistant.pages.plain_headings import is_lone_question


def question_rules(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the faults of a page's questions."""
    answered = page.sections("faq")
    least = int(policy.limit("least_questions"))
    if 0 < len(answered) < least:
        line = page.heading_line(answered[0])
        yield Fault("few-questions", line, {"count": len(answered), "least": least})
    yield from empty_answers(page)
    yield from thin_answers(page, policy)
    yield from repeated(page, "duplicate-question")
    yield from repeated(page, "duplicate-answer")


def empty_answers(page: Manuscript) -> Iterator[Fault]:
    """Yield the questions of the source that are not on the page, as nothing stood below them."""
    for line in page.source.lines:
        text = words_of_heading(line)
        if line.number <= page.source.header_lines or not is_lone_question(text):
            continue
        if page.says(text) or furniture().is_heading(text):
            continue
        yield Fault("empty-answer", line.number, {"question": shortened(text)})


def thin_answers(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the answers of a few words."""
    least = policy.limit("least_answer_words")
    for section in page.sections("faq"):
        count = len(words(page.body(section)))
        if count < least:
            values = {"question": shortened(section.heading), "count": count}
            yield Fault("thin-answer", page.line_at(section.start), values)


def repeated(page: Manuscript, rule: str) -> Iterator[Fault]:
    """Yield the questions or answers that stand on the page before, plural and case aside."""
    seen: dict[tuple[str, ...], int] = {}
    for section in page.sections("faq"):
        asks = rule == "duplicate-question"
        key = stems(section.heading if asks else page.body(section))
        line = page.heading_line(section) if asks else page.line_at(section.start)
        if key in seen:
            yield Fault(rule, line, {"question": shortened(section.heading), "line": seen[key]})
        else:
            seen[key] = line
