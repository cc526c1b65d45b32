"""Which of the conditions that a message tells are somebody's, and which only stand in it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from assistant.dialogue import dialogue_policy, ends_in, shows
from assistant.errors import SettingError
from assistant.intents import NAME, cue_text
from assistant.library import Library
from assistant.mention import Mention
from assistant.questions import neutral
from assistant.restrictions import named_conditions
from assistant.safety.conditions import UNLISTED
from assistant.safety.policy import load_policy
from assistant.safety.records import Assessment, Condition
from assistant.words import stems


def apart_from_names(assessment: Assessment, library: Library) -> Assessment:
    """Return the assessment without conditions that stand in the name of an exercise alone.

    "How many TMJ goldfish?" tells of no jaw problem.
    """
    kept = tuple(each for each in assessment.conditions if _stated(each, library))
    if len(kept) == len(assessment.conditions):
        return assessment
    gone = {each.name for each in assessment.conditions} - {each.name for each in kept}
    labels = {each.label for each in kept}
    return replace(
        assessment,
        level="none" if assessment.level == "caution" and not kept else assessment.level,
        reasons=tuple(r for r in assessment.reasons if r.removeprefix("condition.") not in gone),
        conditions=kept,
        fresh=tuple(label for label in assessment.fresh if label in labels),
    )


def _stated(condition: Condition, library: Library) -> bool:
    """Return whether a condition is told beside whole exercise names that are more than it."""
    said = condition.words.casefold()
    owned = ends_in("owning", cue_text(condition.context.casefold().partition(said)[0]))
    if owned or shows("personal", condition.context) or shows("suffers", condition.context):
        return True
    mentions = [each for each in library.catalog.mentions(condition.context) if each.slugs]
    names = [
        mention
        for mention in mentions
        if mention.strength in ("full", "part")
        if said in (name := mention.name.casefold()) and said != name
    ]
    names += [each for each in mentions if _opens(said, each, condition.context, library)]
    if not names:
        return True
    bare = neutral(condition.context, names).casefold()
    return condition.name in named_conditions(bare.replace(f"{said} {NAME}", NAME))


def _opens(said: str, mention: Mention, message: str, library: Library) -> bool:
    """Return whether words before a name are the page's own: "the sciatic floss"."""
    own = frozenset.union(*(library.catalog.own_words(slug) for slug in mention.slugs))
    stands = message[: mention.start].casefold().rstrip().endswith(said)
    return stands and own.issuperset(stems(said))


def only_asked_about(condition: Condition) -> bool:
    """Return whether a trouble is nobody's: "does it do anything for shin splints?".

    Only of pains that an exercise may help with, asked for in so many words; whatever else tells
    of a person or of a time makes it somebody's.
    """
    said = cue_text(condition.context)
    if condition.name not in remedied() or any(
        shows(kind, said) for kind in ("owned", "personal", "allowed")
    ):
        return False
    before, _, _ = said.partition(cue_text(condition.words))
    return shows("for_trouble", f"{before.rstrip()} xx")


@lru_cache(maxsize=1)
def remedied() -> frozenset[str]:
    """Return the names of the conditions that an exercise may be asked about as a remedy."""
    return known_conditions(dialogue_policy().remedied)


def known_conditions(names: frozenset[str]) -> frozenset[str]:
    """Return names of conditions; raises SettingError for one that the safety policy has not."""
    unknown = names - {UNLISTED.name, *(named.name for named in load_policy().named)}
    if unknown:
        raise SettingError(
            f"assistant/policy/dialogue.yaml: remedied has {sorted(unknown)}: no such conditions.",
            "Use the names of assistant/safety/conditions.yaml.",
        )
    return names
