"""The names that a page's own text uses for its exercise, where its title says another.

Precision before recall: a name counts when the text says so ("also known as X"), or when two
different signs agree: the subject of the first sentence ("X is a … drill"), and the questions
of the FAQ ("How many reps should I do for X?").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from assistant.pages.called_names import called_names
from assistant.pages.characters import plain, stem, stems
from assistant.pages.naming_policy import TOKEN, joined_stems, naming
from assistant.pages.repeated_names import repeated_names
from assistant.pages.sentences import sentence_spans
from assistant.pages.told_names import pose_names, told_names

LONGEST_NAME = 6
TOLD = 100
"""Characters of a line that may tell names in passing; shorter ones are bullets."""
FEW_SENTENCES = 6
"""Sentences of a paragraph in which names are looked for."""
SURE = 4
"""Signs for a name such as "plank", which is also part of many other names."""
SUBJECT = re.compile(
    r"(?P<name>[^,.;:!?()]{3,60}?)\s*(?:\([^()]{0,60}\)\s*|,[^,.;]{0,60},\s*)?\b(?P<verb>is|are)\s+(?P<rest>(?:an?|one|the|considered|among)\b[^.!?]{0,200})",
    re.I,
)
# "Between two other poses lies this little gem, also called …": words that only praise.
CLOSING = re.compile(r"\bthis (?:[\w-]+ ){0,3}[\w-]+$", re.I)
# "battling ropes, heavy ropes or rope waves": names in a row, and the last one is marked.
LISTED = re.compile(r"[^,]{3,40}(?:, [^,]{3,40})+,? (?:or|and) [^,]{3,40}")
GENERIC_SUBJECT = frozenset(
    {("exercise",), ("movement",), ("move",), ("stretch",), ("drill",), ("pose",), ("it",), ()}
)


def own_names(
    title: str, listed: Sequence[str], prose: Sequence[str], questions: Sequence[str]
) -> tuple[str, ...]:
    """Return names that the text uses and that neither the title nor the listed aliases give.

    Args:
        title: the page's title.
        listed: aliases that the page declares.
        prose: paragraphs of the description, in order.
        questions: headings of the FAQ entries.
    """
    if not prose and not questions:
        return ()
    known = [title, *listed]
    found: list[str] = []
    used = used_name(title, prose, questions)
    if used and is_new(used, known):
        found.append(used)
    for paragraph in [line for line in prose if len(line) >= TOLD or line in prose[:4]][:8]:
        for name in spoken_names(paragraph, [*known, *found]):
            if not is_part(name, [*known, *found]) and not naming().unnamed.search(plain(name)):
                found.append(name)
        for start, end in sentence_spans(paragraph)[:FEW_SENTENCES]:
            sentence = paragraph[start:end]
            for name in (*told_names(sentence), *pose_names(sentence)):
                if not is_part(name, [*known, *found]):
                    found.append(name)
    return tuple(found)


def used_name(title: str, prose: Sequence[str], questions: Sequence[str]) -> str | None:
    """Return the name that the text uses throughout in place of the title, if there is one."""
    lines = [*prose, *questions]
    everything = joined_stems(" ".join(lines))
    if everything.count(joined_stems(title)) > 1:
        return None
    signs: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for name, strength in signs_of(prose, questions):
        key = joined_stems(name)
        signs[key] += strength
        spelled.setdefault(key, name)
    for name, key in repeated_names(lines, naming()):
        signs[key] += 1
        spelled.setdefault(key, name)
    fitting = [
        key
        for key, strength in signs.items()
        if is_enough(strength, everything.count(key), spelled[key])
    ]
    best = max(
        fitting, key=lambda key: (signs[key] + everything.count(key), len(key)), default=None
    )
    return spelled[best] if best else None


def signs_of(prose: Sequence[str], questions: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield names with the strength of the sign that each is the exercise's."""
    subject = subject_of(prose[0]) if prose else None
    if subject:
        yield subject, 2
    for question in questions:
        names = {joined_stems(name): name for name in asked_names(question)}
        for name in names.values():
            yield name, 1


def is_enough(strength: int, often: int, name: str) -> bool:
    """Return whether the signs for a name agree: several, and the text uses it again."""
    if strength < SURE and " ".join(stems(name)) in naming().heads:
        return False
    if strength >= 2 and (often >= 3 or (often == 2 and strength >= 3)):
        return True
    if strength >= 2 and name.istitle() and " " in name:
        return True
    return strength >= 1 and often >= 4 and " " in name.replace("-", " ")


def subject_of(paragraph: str) -> str | None:
    """Return X when the first sentence says "X is a … drill".

    >>> subject_of("The Superman hold is a simple floor exercise for the back.")
    'Superman hold'
    """
    spans = sentence_spans(paragraph)
    if not spans:
        return None
    sentence = paragraph[slice(*spans[0])]
    match = SUBJECT.match(sentence)
    if not match:
        return None
    rest = {stem(word) for word in TOKEN.findall(plain(match["rest"]))}
    rest |= {part for word in rest for part in word.split("-")}
    if rest.isdisjoint(stem(word) for word in naming().categories):
        return None
    return name_in(match["name"], at_end=True)


def asked_names(question: str) -> list[str]:
    """Return what a question asks about: "Is <name> safe …", "How many reps of <name> …"."""
    found = []
    line = question.rstrip("?!. ")
    for match in naming().asks.finditer(line):
        name = name_in(line[match.end() :], at_end=False)
        if name:
            found.append(name)
    return found


def name_in(text: str, *, at_end: bool) -> str | None:
    """Return the name at the beginning of a text, or nothing when it is none.

    With ``at_end`` the whole text must be the name.
    """
    policy = naming()
    tokens = [match[0] for match in TOKEN.finditer(re.split(r"[,;:()?!\"“”]", text)[0])]
    while tokens and plain(tokens[0]) in policy.determiners:
        tokens.pop(0)
    if not at_end:
        cut = next(
            (at for at, token in enumerate(tokens) if plain(token) in policy.ends), len(tokens)
        )
        tokens = tokens[:cut]
    while tokens and plain(tokens[-1]) in ("exercise", "exercises", "movement", "drill"):
        tokens.pop()
    if not tokens or len(tokens) > LONGEST_NAME:
        return None
    folded = [stem(plain(token)) for token in tokens]
    if all(word in policy.generic for word in folded) or any(len(word) > 30 for word in folded):
        return None
    if any(
        plain(token)
        in policy.ends - {"good", "stretch", "work", "to", "and", "in", "on", "with", "the", "a"}
        for token in tokens
    ):
        return None
    return " ".join(tokens)


def spoken_names(paragraph: str, known: Sequence[str]) -> list[str]:
    """Return names given as "also known as X" where the exercise itself is what is spoken of.

    >>> spoken_names("Also known as: skipping, rope skipping", ["Jump rope"])
    ['skipping', 'rope skipping']
    """
    labelled = labelled_names(paragraph)
    if labelled:
        return labelled
    found = []
    for start, end in sentence_spans(paragraph)[:FEW_SENTENCES]:
        sentence = paragraph[start:end]
        found += called_names(sentence, told_name)
        match = naming().known_as.search(sentence)
        if not match:
            continue
        before = re.sub(
            r"[\s,(–—-]*(?:(?:which )?(?:is|are|it is|it's))?\s*$", "", sentence[: match.start()]
        )
        if not speaks_of_exercise(before, known):
            continue
        after = re.split(
            r"[.;:()!?–—]|\s-\s|"
            r",? \b(?:is|are|that|which|because|in|for|works|helps|can|from|it|this)\b",
            sentence[match.end() :],
        )[0]
        for part in named_in_a_row(after.strip(" ,")):
            name = told_name(part.strip(" \"'“”‘’"))
            if name:
                found.append(name)
    return found


def named_in_a_row(said: str) -> list[str]:
    """Return the parts of "the sofa stretch, the wall stretch or the quad stretch".

    >>> named_in_a_row("the sofa stretch, the wall stretch, loved by runners")
    ['the sofa stretch', ' the wall stretch']
    """
    parts = re.split(r"\s*,?\s+(?:or|and),?\s+|,\s+", said)
    if LISTED.fullmatch(said):
        return parts
    first, *others = said.split(",")
    more = takewhile(lambda part: re.match(r"\s*(?:(?:or|and)\s+)?the\s", part), others)
    return [
        name
        for part in (first, *more)
        for name in re.split(r"\s+(?:or|and)(?:\s+|$)", part)
        if name
    ]


def told_name(text: str) -> str | None:
    """Return what a text says is a name, though words such as "standing hip rotation" tell little.

    >>> told_name("the standing hip rotation"), told_name("the hip")
    ('standing hip rotation', None)
    """
    name = name_in(text, at_end=True)
    if name:
        return name
    tokens = [match[0] for match in TOKEN.finditer(text)]
    while tokens and plain(tokens[0]) in naming().determiners:
        tokens.pop(0)
    plainly = 1 < len(tokens) <= LONGEST_NAME and plain(tokens[-1]) in naming().heads
    generic = all(stem(plain(token)) in naming().generic for token in tokens)
    return " ".join(tokens) if plainly and generic else None


def labelled_names(line: str) -> list[str]:
    """Return the names that a line such as "(Other names: star jump, side-straddle hop)" lists.

    >>> labelled_names("Begin with: a chair")
    []
    >>> labelled_names("Also known as Paschimottanasana or sitting toe reach")
    ['Paschimottanasana', 'sitting toe reach']
    >>> labelled_names("(Parivrtta Anjaneyasana, also taught as the crescent lunge)")
    ['Parivrtta Anjaneyasana', 'crescent lunge']
    """
    bracketed = line.startswith("(") and line.endswith(")") and len(line) < 2 * TOLD
    known = naming().known_as.search(line) if bracketed else None
    if known:  # one name may stand before it, others after it
        before, after = line[1 : known.start()].strip(" ,"), line[known.end() :]
        before = "" if re.search(r"[:,;]", before) else before
        return listed_names(f"{before}, {re.split(r'[;.:]| is ', after)[0]}", naming().unnamed)
    label = naming().label.match(line)
    unnamed = None if label else naming().unnamed
    if not label and len(line) < TOLD:
        label = naming().known_as.match(line)
    if not label:
        return []
    return listed_names(re.split(r"[.!?](?:\s|$)", line[label.end() :])[0], unnamed)


def listed_names(said: str, unnamed: re.Pattern[str] | None) -> list[str]:
    """Return the names that stand between commas and the like, without those that are none."""
    listed = re.split(r"[,;/|]|\s+(?:or|and)\s+", said.rstrip(".)] "))
    named = (name_in(part.strip(" \"'“”‘’"), at_end=True) for part in listed)
    return [
        name
        for name in named
        if name and not re.search(r"\d", name) and not (unnamed and unnamed.search(plain(name)))
    ]


def speaks_of_exercise(before: str, known: Sequence[str]) -> bool:
    """Return whether the words before "also known as" speak of the page's exercise."""
    tokens = [plain(match[0]) for match in TOKEN.finditer(before)]
    tokens = [token for token in tokens if token not in naming().determiners]
    folded = tuple(stem(token) for token in tokens)
    if CLOSING.search(before) and folded[-1] in naming().praises:
        return True
    said = tuple(stems(" ".join(tokens)))
    # What ends in the name speaks of it too: "nobody likes the couch stretch, also known as …".
    return folded in GENERIC_SUBJECT or any(
        said == own or (len(own) > 1 and said[-len(own) :] == own)
        for own in (tuple(stems(name)) for name in known)
    )


def is_new(name: str, known: Sequence[str]) -> bool:
    """Return whether a name says something else than the known ones, and not less of the same."""
    own = set(stems(name))
    squeezed = "".join(stems(name))
    return not any(own <= set(stems(other)) or squeezed == "".join(stems(other)) for other in known)


def is_part(name: str, known: Sequence[str]) -> bool:
    """Return whether a name that a text gives stands in a known one word for word.

    >>> is_part("ball squeeze", ["Adductor squeeze with ball"]), is_part("pigeon", ["Pigeon pose"])
    (False, True)
    """
    said = joined_stems(name)
    return any(
        said in joined_stems(other) or said.replace(" ", "") == joined_stems(other).replace(" ", "")
        for other in known
    )
