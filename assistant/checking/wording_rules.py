"""Rules about words: promises, claims of safety, unfinished text, how hard it is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.checking.findings import Fault
from assistant.checking.manuscript import Manuscript
from assistant.checking.policy import Policy, phrase_pattern, read_checks, shortened
from assistant.checking.reading_grade import reading_grade
from assistant.checking.spoken import spoken

NEGATION_REACH = 4
"""Words before a phrase in which a negation takes it back."""
LISTS = {
    "promise": "promises",
    "absolute-safety": "safety_claims",
    "placeholder": "placeholders",
}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return the compiled lists of phrases, by the rule that looks for them."""
    policy = read_checks()
    found = {rule: phrase_pattern(policy.listed(name)) for rule, name in LISTS.items()}
    found["negation"] = phrase_pattern(policy.listed("negations"))
    found["kept"] = phrase_pattern(policy.listed("keep_negation"))
    return found


def wording_rules(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the faults of a page's wording."""
    for sentence in page.sentences:
        for rule in LISTS:
            phrase = phrase_in(sentence.text, rule)
            if phrase:
                yield Fault(rule, page.line_at(sentence.start), {"phrase": phrase})
    yield from length(page, policy)
    yield from grade(page, policy)


def phrase_in(text: str, rule: str) -> str | None:
    """Return the first phrase of a rule's list in a text that no negation takes back.

    >>> phrase_in("It will cure your back.", "promise"), phrase_in("It never will cure.", "promise")
    ('will cure', None)
    """
    said = spoken(text)
    for match in patterns()[rule].finditer(said):
        before = " ".join(said[: match.start()].split()[-NEGATION_REACH:])
        negated = patterns()["negation"].search(before)
        if not negated or patterns()["kept"].fullmatch(match[0]):
            return match[0]
    return None


def length(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield that a page is too short or too long; its headings count, its front matter does not."""
    texts = [text for section in page.prose for text in (section.heading, page.body(section))]
    count = sum(len(text.split()) for text in texts)
    least, most = int(policy.limit("least_words")), int(policy.limit("most_words"))
    if count < least:
        yield Fault("too-short", page.first_line, {"count": count, "least": least})
    if count > most:
        yield Fault("too-long", page.first_line, {"count": count, "most": most})


def grade(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield that a page is too hard or too easy to read."""
    if not page.sentences:
        return
    found = round(reading_grade([sentence.text for sentence in page.sentences]), 1)
    least, most = policy.limit("least_grade"), policy.limit("most_grade")
    if found > most:
        hardest = max(page.sentences, key=lambda sentence: reading_grade([sentence.text]))
        values = {
            "grade": f"{found:.1f}",
            "most": f"{most:g}",
            "line": page.line_at(hardest.start),
            "quote": shortened(hardest.text),
        }
        yield Fault("hard-to-read", page.first_line, values)
    if found < least:
        yield Fault("too-easy", page.first_line, {"grade": f"{found:.1f}", "least": f"{least:g}"})
