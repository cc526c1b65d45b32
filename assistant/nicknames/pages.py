"""The other names that a page tells in passing, added to those that it declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.domain import Page, Section
from assistant.nicknames.hints import is_hint
from assistant.nicknames.spans import is_listed
from assistant.nicknames.tagging import SURE, Found, States, names_and_hints
from assistant.pages.aliases import is_new, is_part
from assistant.pages.characters import plain, stems
from assistant.pages.naming_policy import naming
from assistant.pages.sentences import sentence_spans
from assistant.safety.ailments import ailments, tells_enough
from assistant.spelling import is_unusual

TELLING = ("description", "other", "faq", "tips")  # sections in which names are told
MOST_CHARACTERS = 700  # of a passage that is looked at in one go: the model's longest is 256 tokens
MOST_NAMES = 8
ENOUGH = 3  # names that a page declares, beside which its text need tell none
SURER = 0.8  # likelihood from which one word in small letters is a name
DOUBTED = 0.045  # likelihood that words name any exercise, below which the wording is not believed
SUREST = 0.9  # and one that is another exercise's too, by the list of exercises


def with_told_names(page: Page, states: States) -> Page:
    """Return the page with the names that its text tells among its aliases, the surest first.

    Those that only the wording of the text gave stay where a name of an exercise is seen in them;
    a page that declares enough names is left as it is.
    Words that may be names too are its hints.
    """
    declared = [name for name in page.aliases if name not in page.told]
    if len(declared) >= ENOUGH:
        return page
    sure, seen = _read(page, states)
    names = [page.title, *declared]
    for name in sorted(sure, key=lambda each: -sure[each]):
        if len(names) <= len(declared) + MOST_NAMES and _adds(name, names):
            names.append(name)
    believed = {
        plain(found.name) for found in seen.values() if found.likelihood + found.rival >= DOUBTED
    }
    for name in page.told:
        if plain(name) in believed and _adds(name, names):
            names.append(name)
    hints = tuple(
        each.name
        for each in seen.values()
        if each.name not in names and is_hint(each.name, names, each.likelihood, each.rival)
    )
    return replace(page, aliases=tuple(names[1:]), told=(), hints=hints)


def _adds(name: str, names: Sequence[str]) -> bool:
    return is_new(name, names) and not is_part(name, names)


def _read(page: Page, states: States) -> tuple[dict[str, float], dict[str, Found]]:
    """Return the sure names of a page's text and their likelihoods, and all that may be one."""
    sure: dict[str, float] = {}
    seen: dict[str, Found] = {}
    for section in page.sections:
        for passage in passages_of(page, section):
            named, hinted = names_and_hints(page.title, passage, states)
            for found in named:
                sure_enough = found.likelihood >= least_for(found.name)
                if sure_enough and can_be_name(found.name, page.title):
                    sure[found.name] = max(sure.get(found.name, 0.0), found.likelihood)
            for found in hinted:
                known = seen.setdefault(found.name, found)
                if found.likelihood > known.likelihood:
                    seen[found.name] = found
    return sure, seen


def least_for(name: str) -> float:
    """Return the likelihood from which words count as a name of the page's exercise."""
    if is_listed(name):
        return SUREST
    return SURER if name.islower() and " " not in name else SURE


def can_be_name(name: str, title: str = "") -> bool:
    """Return whether words can name an exercise: no muscle, no ailment, no one common word.

    The words of the title are no ailment.

    >>> can_be_name("wall pigeon"), can_be_name("adductor longus"), can_be_name("jumper's knee")
    (True, False, False)
    >>> can_be_name("sciatic nerve glide", "Sciatic nerve floss")
    True
    >>> can_be_name("Navasana"), can_be_name("cracking"), can_be_name("bow every morning")
    (True, False, False)
    """
    own = set(plain(title).split())
    rest = " ".join(word for word in plain(name).split() if word not in own)
    if naming().muscle.search(plain(name)) or tells_enough(ailments(rest)):
        return False
    if not naming().never_in_names.isdisjoint(set(plain(name).split()) - naming().within_names):
        return False
    said = stems(name)
    if naming().generic.issuperset(said):
        return False
    return len(said) > 1 or said[0] in naming().heads or is_unusual(plain(name))


def passages_of(page: Page, section: Section) -> Iterator[str]:
    """Yield the text of a section in passages of whole sentences, a question with its answer."""
    if section.kind not in TELLING:
        return
    passage = f"{section.heading}\n" if section.kind == "faq" else ""
    for line in page.text[section.start : section.end].split("\n"):
        for start, end in sentence_spans(line):
            sentence = line[start:end]
            if passage and len(passage) + len(sentence) > MOST_CHARACTERS:
                yield passage.strip()
                passage = ""
            passage += f"{sentence} "
        passage = f"{passage.rstrip()}\n" if passage.strip() else passage
    if passage.strip():
        yield passage.strip()
