"""Which of the names in a message are meant: the others are body parts or stand only beside."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.catalog import Catalog
from assistant.dialogue import content, ends_in, shows
from assistant.focus import Focus
from assistant.intents import cue_text
from assistant.mention import Mention
from assistant.name_words import name_words
from assistant.safety.ailments import ailments, tells_enough
from assistant.spelling import is_rare
from assistant.words import stems

PARTICLES = frozenset(["up", "down", "out", "in", "over", "back"])
MOST_BETWEEN = 4  # words between two names that are set side by side: "and how many of the"


def meant_names(
    mentions: Sequence[Mention], message: str, catalog: Catalog, page: str | None, focus: Focus
) -> tuple[Mention, ...]:
    """Leave out mentions that are more likely body parts, common words or a comparison's other.

    "Hip flexor" names a stretch in "the hip flexor one", and a muscle in "my hip flexors hurt".
    "Hypertension" is no extension, and "it hurts when I sit up" asks for no sit-up.
    "Is it better than a plank?" is about the exercise of the page, which speaks of planks.
    """
    here = page or (focus.exercises[-1] if focus.exercises else None)
    firm = any(mention.strength in ("full", "unknown") for mention in mentions)
    mentions = [each for each in mentions if not _aside(each, message)]
    if here or any(each.slugs for each in mentions) or shows("find", message):
        mentions = [each for each in mentions if each.slugs or not _activity(each)]
    if here:
        mentions = [each for each in mentions if each.slugs or not _moved(each, message)]
        mentions = [each for each in mentions if not _beside(each, message, catalog, here, page)]
    else:
        named = any(each.slugs and each.strength == "full" for each in mentions)
        mentions = [
            each
            for each in mentions
            if (named and each.slugs) or each.unusual or not shows("aside", message[: each.start])
        ]
    held = {*focus.exercises, *focus.choices}
    back = shows("returns", message) or shows("pointing", message)

    def means_it(mention: Mention) -> bool:
        if back and mention.strength in ("part", "weak") and _other_held(mention, catalog, focus):
            return False
        if mention.strength in ("full", "unknown") or held.issuperset(mention.slugs):
            return True
        if mention.strength == "part" and (mention.ends_in_head or not (firm or here)):
            return True
        joined = _joined(mention, mentions, message) or shows("compare", message)
        if mention.unusual and (_is_led(mention, message) or joined or not (here or firm)):
            return True
        if not firm and _named_in_part(mention, message):
            return True
        says = mention.telling or " " in mention.name or is_rare(mention.name)
        if says and _joined(mention, mentions, message):
            return True
        other = any(m.slugs and m.ends_in_head for m in mentions if m is not mention)
        # "One arm at a time for the doorway stretch" is about no row.
        aside = firm or (other and not mention.telling)
        return (mention.ends_in_head or not aside) and _pointed_at(mention, message, page, focus)

    return tuple(filter(means_it, mentions))


def _other_held(mention: Mention, catalog: Catalog, focus: Focus) -> bool:
    """Return whether part of a name stands in one that was spoken of, and means another page.

    "Back to the toe one" is toe yoga where that was spoken of, whatever other page has toes.
    """
    said = set(content(mention.name))
    spoken = {*focus.history, *focus.choices}
    return spoken.isdisjoint(mention.slugs) and any(
        said & catalog.own_words(slug) for slug in spoken
    )


def _is_led(mention: Mention, message: str) -> bool:
    """Return whether a word stands as names do: "and for the goldfish?"."""
    return ends_in("leading", message[: mention.start])


def _named_in_part(mention: Mention, message: str) -> bool:
    """Return whether several words of a name say which exercise is meant, wherever they stand.

    "Same for reclined bound angle?" names one; "what do my shoulder blades do" does not.
    """
    several = mention.strength == "part" and " " in mention.name
    return several and mention.telling and not ends_in("mine", message[: mention.start])


def _joined(mention: Mention, mentions: Sequence[Mention], message: str) -> bool:
    """Return whether "or" or the like stands between a name and another one."""
    full = [each for each in mentions if each.strength == "full"]
    gaps = [message[min(mention.end, o.end) : max(mention.start, o.start)] for o in full]
    return any(shows("either", gap) for gap in gaps if len(gap.split()) <= MOST_BETWEEN)


def _told(mention: Mention, message: str) -> bool:
    """Return whether a name without a page is an ailment, or a movement that is only told of."""
    told = shows("told_of", message[: mention.start]) or shows("either_way", message[mention.end :])
    return told or tells_enough(ailments(mention.name))


def _aside(mention: Mention, message: str) -> bool:
    """Return whether a name is no exercise that is asked about, whatever else is known."""
    told = not mention.slugs and _told(mention, message)
    return told or _pictured(mention, message) or _person(mention, message)


def _activity(mention: Mention) -> bool:
    """Return whether a name is what people do besides: "good before I go jogging?"."""
    return set(stems(mention.name)) <= name_words().activities


def _pictured(mention: Mention, message: str) -> bool:
    """Return whether a name is what one does in an exercise that is described.

    "The thing where you sit with a weight and push up on your toes" is no push-up.
    """
    before = message[: mention.start]
    return shows("described", before) and shows("does", before)


def _person(mention: Mention, message: str) -> bool:
    """Return whether a name says who somebody is: "im a climber" asks for no mountain climber."""
    name = mention.name.casefold().removesuffix("s")
    return name.endswith("er") and " " not in name and shows("somebody", message[: mention.start])


def _moved(mention: Mention, message: str) -> bool:
    """Return whether a name without a page is what one does in the exercise that is spoken of.

    "Do I sit up straight?" asks for no sit-up, "my wrist curls in" for no wrist curl.
    """
    before, after = message[: mention.start], message[mention.end :]
    if mention.name.split()[-1].casefold() in PARTICLES:
        return ends_in("moving", before) or shows("moving_on", after)
    return ends_in("mine", before) and shows("moving_on", after)


def _beside(mention: Mention, message: str, catalog: Catalog, here: str, page: str | None) -> bool:
    """Return whether a name only stands beside the exercise of the page or the conversation."""
    before = message[: mention.start]
    if here in mention.slugs:
        return False
    if page and shows("beside_page", before) and not shows("compare", message):
        return True
    if not catalog.speaks_of(here, mention.name):
        return False
    return not mention.slugs or shows("beside", before)


def _pointed_at(mention: Mention, message: str, page: str | None, focus: Focus) -> bool:
    after = message[mention.end :].split()
    before = message[: mention.start]
    if after and cue_text(after[0]) in ("one", "ones", "thing", "exercise", "move"):
        return True
    if mention.ends_in_head:
        return not ends_in("mine", before)
    if ends_in("felt", before):
        return False
    if not page and not focus.exercises and len(mention.slugs) == 1 and mention.telling:
        return True
    if ends_in("linking", before):
        return False
    return " " in mention.name and not page and not focus.exercises
