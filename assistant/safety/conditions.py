"""What a person says about their own body, with its times as numbers, until it is taken back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.safety.ailments import ailments
from assistant.safety.policy import Named, Policy
from assistant.safety.reading import Reading, Span
from assistant.safety.records import Condition
from assistant.safety.weeks import TERM, WEEKS, trimester_of

NEAR = 7  # words between a condition and a time or person that belongs to it
NAMED_BEFORE = 3  # words before "is fine now" that may name what is
WEIGHTS = "kg kgs kilo kilos lb lbs pound pounds stone st cm inches"
UNITS = frozenset(f"{WEIGHTS} minute minutes min mins rep reps percent".split())
UNLISTED = Named("unlisted", "{words}", "condition_unlisted", broad=True)


def _unit(word: str) -> float | None:
    """Return the weeks in a unit of time, or None for another word."""
    short = {"wk": "week", "wks": "week", "w": "week", "mo": "month", "mos": "month"}
    short |= {"mth": "month", "mths": "month", "yr": "year", "yrs": "year", "d": "day"}
    return WEEKS.get(short.get(word, word.removesuffix("s")))


def _times(reading: Reading, span: Span) -> Iterator[tuple[int, float, bool]]:
    """Yield (distance in words, weeks, still to come) of the times said near a span."""
    tokens = reading.tokens
    low, high = max(0, span.start - NEAR), min(len(tokens), span.end + NEAR)
    for at in range(low, high):
        number = tokens[at].number
        if number is None and tokens[at].word in ("last", "a"):
            number = 1.0
        if number is None:
            continue
        unit = next((u for t in tokens[at + 1 : at + 4] if (u := _unit(t.word))), None)
        if unit is None:
            continue
        ahead = any(t.word in ("due", "in") for t in tokens[max(0, at - 2) : at])
        yield max(span.start - at, at - span.end, 0), round(number * unit, 1), ahead


def _weeks(named: Named, reading: Reading, span: Span) -> float | None:
    """Return the time that belongs to a condition, in weeks."""
    if named.time is None:
        return None
    times = sorted(_times(reading, span))
    if not times:
        return None
    _distance, weeks, ahead = times[0]
    if named.time == "along" and ahead and any(t.word == "due" for t in reading.tokens):
        return max(0.0, TERM - weeks)
    return weeks


def _trimester(named: Named, reading: Reading, weeks: float | None) -> int | None:
    """Return the trimester that is said, or that follows from the weeks."""
    if named.time != "along":
        return None
    for number, concept in enumerate(("first_trimester", "second_trimester", "third_trimester"), 1):
        if reading.spans.get(concept):
            return number
    return None if weeks is None else trimester_of(weeks)


def _counts_time(reading: Reading, span: Span) -> bool:
    """Return whether the number of an age is followed by a unit: "I'm 6 months pregnant"."""
    after = reading.tokens[span.end : span.end + 1]
    return any(_unit(token.word) not in (None, WEEKS["year"]) for token in after)


def _own(reading: Reading, span: Span) -> bool:
    """Return whether a condition is the person's own, not a relative's or friend's before it."""
    others = [
        other
        for other in reading.spans.get("other_person", ())
        if other.start == span.start
        or (other.sentence == span.sentence and 0 <= span.start - other.end <= NEAR)
    ]
    mine = [s.start for s in reading.spans.get("first_person", ()) if s.end <= span.start]
    return not others or bool(mine and max(mine) >= others[-1].start)


def _kept(named: Named, reading: Reading, span: Span) -> bool:
    """Return whether a span states a condition of the person asking or asked about."""
    if span.story or (span.past and named.time == "along" and not _own_past(reading, span)):
        return False
    if named.time == "age" and (span.past or _grown_up(reading, span)):
        return False
    return not span.past or bool(reading.spans.get("their_turn")) or _own(reading, span)


def _grown_up(reading: Reading, span: Span) -> bool:
    """Return whether an age is one of long ago: "that was in year 8, I am 30 now"."""
    others = reading.spans.get("other_person", ())
    own = not any(span.start <= other.start < span.end for other in others)
    grown = (
        each.sentence
        for each in reading.spans.get("grown", ())
        if not _counts_something(reading, each)
    )
    return own and span.sentence in grown


def _counts_something(reading: Reading, span: Span) -> bool:
    """Return whether the number of an age is followed by a unit: "im 50 kg", "i am now 30 min"."""
    after = reading.tokens[span.end : span.end + 1]
    return _counts_time(reading, span) or any(token.word in UNITS for token in after)


def _own_past(reading: Reading, span: Span) -> bool:
    """Return whether words of the past stand inside a span only: "16 weeks with my second"."""
    past = [each for each in reading.spans.get("past", ()) if each.sentence == span.sentence]
    return all(span.start <= each.start and each.end <= span.end for each in past)


def stated(policy: Policy, reading: Reading, turn: int) -> tuple[list[Condition], list[str]]:
    """Return the conditions that one message states, and the names of those it takes back."""
    said: list[Condition] = []
    back: list[str] = []
    for named in policy.named:
        if named.concept not in reading.spans:
            continue
        spans = sorted(reading.spans[named.concept], key=lambda s: (s.start, -s.end))
        asserted = [span for span in spans if not span.denied]
        if named.time == "age":
            asserted = [span for span in asserted if not _counts_time(reading, span)]
        for span in asserted:
            if _kept(named, reading, span):
                said.append(_condition(named, reading, span, turn))
                break
        if spans and all(span.denied for span in spans):
            back.append(named.name)
    return [*said, *_unlisted(policy, reading, turn)], back


def _unlisted(policy: Policy, reading: Reading, turn: int) -> Iterator[Condition]:
    """Yield illnesses that the policy does not list, told by the endings of their names."""
    listed = [span for named in policy.named for span in reading.spans.get(named.concept, ())]
    for match in policy.unlisted.finditer(reading.text):
        inside = [
            at
            for at, token in enumerate(reading.tokens)
            if match.start() < token.end and token.start < match.end()
        ]
        if not inside or any(span.start <= at < span.end for at in inside for span in listed):
            continue
        start, end = inside[0], inside[-1] + 1
        sentence = bisect_right(reading.scopes.sentences, start) - 1
        scope = reading.scopes.of(end - 1)
        span = Span(start, end, sentence, past=scope == "past", story=scope == "story")
        if scope != "denied" and _kept(UNLISTED, reading, span):
            yield _condition(UNLISTED, reading, span, turn)


def _condition(named: Named, reading: Reading, span: Span, turn: int) -> Condition:
    """Return one condition with its times."""
    weeks = _weeks(named, reading, span)
    words = reading.words(span)
    return Condition(
        name=named.name,
        label=named.label.format(words=words),
        words=words,
        turn=turn,
        weeks=weeks,
        trimester=_trimester(named, reading, weeks),
        past=span.past,
        context=reading.text,
        broad=named.broad,
    )


def _mended(policy: Policy, reading: Reading, held: Iterable[Condition]) -> list[Condition]:
    """Return the held troubles of which a message says that they are over: "my knee is fine now".

    The part of the body or the trouble stands right before those words, on the same side, and
    nothing in the message restricts it.
    """
    if reading.spans.get("not_mended"):
        return []
    told = [span for span in reading.spans.get("mended", ()) if not span.denied]
    over = (*told, *reading.spans.get("hurts_no_more", ()))
    meant = frozenset[str]().union(
        *(_just_before(reading, span) for span in over if not (span.asked or span.story))
    )
    mending = {named.name for named in policy.named if named.mends}
    sides = _sides(reading.text)
    return [
        each
        for each in held
        if each.name in mending
        and ailments(each.words) & meant
        and not (sides and _sides(each.context) and sides.isdisjoint(_sides(each.context)))
    ]


def _just_before(reading: Reading, span: Span) -> frozenset[str]:
    """Return the parts and troubles that the words before a span name: "my lower back (is fine)".

    The last of them must name one: "the knee stretch feels great now" is about no knee.
    """
    words = [token.word for token in reading.tokens[max(0, span.start - NAMED_BEFORE) : span.start]]
    named = ailments(" ".join(words))
    if named == ailments(" ".join(words[:-1])):
        return frozenset()
    return named - {"pain", "trouble"}


def _sides(text: str) -> set[str]:
    return {"left", "right"} & set(text.lower().split())


def standing(policy: Policy, readings: Sequence[Reading]) -> tuple[Condition, ...]:
    """Return the conditions that hold after the last message.

    A later message replaces what an earlier one said of the same condition, but keeps a time
    that it does not give itself.
    """
    held: dict[str, Condition] = {}
    for turn, reading in enumerate(readings):
        said, back = stated(policy, reading, turn)
        mended = _mended(policy, reading, held.values())
        for key in [key for key, each in held.items() if each.name in back or each in mended]:
            del held[key]
        over = {each.name for each in mended} if reading.spans.get("hurts_no_more") else set()
        for condition in said:
            if condition.name in over:  # "my back does not hurt any more" tells of one that did
                continue
            key = f"{condition.name} {condition.words}" if condition.broad else condition.name
            before = held.get(key)
            if before is not None and condition.weeks is None:
                condition = replace(
                    condition, weeks=before.weeks, trimester=condition.trimester or before.trimester
                )
            held[key] = condition
    return tuple(held.values())
