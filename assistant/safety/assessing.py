"""The safety layer's one question: how urgent is this message, in the light of earlier ones?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant.domain import SafetyLevel
from assistant.safety.conditions import standing
from assistant.safety.holding import EARLIER, counted_from, hold
from assistant.safety.lexicon import Found
from assistant.safety.policy import Policy, load_policy
from assistant.safety.reading import Reading, add_near, meant, settle
from assistant.safety.records import RANK, Assessment, Condition, highest
from assistant.safety.rules import Match, Rule, fired
from assistant.safety.scope import scopes
from assistant.safety.tokens import Token, tokenise
from assistant.safety.wording import narrowness

FAILED = Assessment("stop", ("general",), ("safety.layer_failed",))


def _spelled(policy: Policy, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with typos read as the policy's words."""
    read: list[Token] = []
    for token in tokens:
        words = policy.speller.read(token.word)
        if words == (token.word,) and token.word not in policy.forms:
            read.append(token)
            continue
        for index, word in enumerate(w for said in words for w in policy.forms.get(said, (said,))):
            read.append(
                Token(word, token.start, token.end, 0 if index else token.brk, token.number)
            )
    return read


def _masked(policy: Policy, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with fitness idioms ("dead bug", "killer abs") blanked out."""
    hidden: set[int] = set()
    for concept, places in policy.idioms.find(tokens).items():
        if concept.startswith("idiom"):
            for start, ends in places.items():
                hidden.update(range(start, max(ends)))
    return [Token("", t.start, t.end, t.brk) if at in hidden else t for at, t in enumerate(tokens)]


def _own_denials(policy: Policy, found: Found) -> list[tuple[int, int]]:
    """Return the spans of symptoms, which may carry a "not" of their own."""
    return [
        (start, max(ends))
        for concept, places in found.items()
        if concept not in policy.frames
        for start, ends in places.items()
    ]


@lru_cache(maxsize=512)
def read_message(message: str) -> Reading:
    """Return a message read by the policy; the latest readings are kept in memory."""
    policy = load_policy()
    text, tokens = tokenise(message, policy.forms, policy.numbers)
    tokens = _masked(policy, _spelled(policy, tokens))
    found = policy.lexicon.find(tokens)
    scope = scopes(tokens, found, _own_denials(policy, found))
    spans = meant(found, scope)
    add_near(policy.nears, spans, scope.breaks)
    settle(policy.settled, spans)
    return Reading(text, tuple(tokens), spans, scope)


def _level(matches: Sequence[Match], conditions: Sequence[Condition]) -> SafetyLevel:
    """Return the highest level that anything asserted asks for."""
    levels: list[SafetyLevel] = [match.rule.level for match in matches if not match.asked]
    if any(condition.name in ("child", "under_18") for condition in conditions):
        levels.append("support")
    elif conditions:
        levels.append("caution")
    return highest(levels)


def assess_alone(message: str, earlier: Sequence[str] = ()) -> Assessment:
    """Return how urgent a message is by itself, in the light of what was said before.

    Red flags are combined over the latest ``EARLIER`` messages, back to one that took them back;
    conditions hold from any of them until they are taken back.
    """
    # What looks back on few messages is kept: each later turn of a conversation asks for it again.
    judge = _kept if len(earlier) <= EARLIER else _judged
    return judge(message, tuple(earlier))


def forget() -> None:
    """Forget what is kept in memory of earlier messages, so that they are read anew."""
    read_message.cache_clear()
    _kept.cache_clear()


def _judged(message: str, earlier: tuple[str, ...]) -> Assessment:
    policy = load_policy()
    before = [read_message(text) for text in earlier]
    reading = read_message(message)
    counted = [*before[-EARLIER:], reading]
    counted = counted[counted_from(counted) :]
    matches = sorted(
        fired(policy.rules, reading, counted[:-1]),
        key=lambda match: (match.asked, -RANK[match.rule.level]),
    )
    conditions = standing(policy, [*before, reading])
    said = [match for match in matches if not match.asked]
    level = _level(matches, conditions)
    reasons = [match.rule.id for match in said] + [f"condition.{c.name}" for c in conditions]
    asked = any(match.asked and RANK[match.rule.level] >= RANK["stop"] for match in matches)
    conditional = asked and RANK[level] < RANK["stop"]
    if conditional:
        reasons.append("conditional")
    return Assessment(
        level=level,
        categories=_categories([match.rule for match in said]),
        reasons=tuple(reasons),
        conditions=conditions,
        conditional=conditional,
        fresh=tuple(dict.fromkeys(c.label for c in conditions if c.turn == len(before))),
    )


def _categories(rules: Sequence[Rule]) -> tuple[str, ...]:
    """Return the categories of rules that fired, the one whose words fit best first.

    Of the highest level that is the category of most rules; among as many, the narrower one: "my
    baby is not moving" fits a rule of collapse too, and is told what is right in pregnancy.
    """
    top = max((RANK[rule.level] for rule in rules), default=0)
    counts = Counter(rule.category for rule in rules if RANK[rule.level] == top)
    first = sorted(counts, key=lambda category: (-counts[category], narrowness(category)))
    return tuple(dict.fromkeys([*first, *(rule.category for rule in rules)]))


_kept = lru_cache(maxsize=512)(_judged)


def assess(message: str, earlier: Sequence[str] = ()) -> Assessment:
    """Return how urgent a message is, or an earlier one that still holds, by the rules alone.

    Pure: the same texts give the same assessment.
    """
    return hold(message, earlier, assess_alone, read_message)
