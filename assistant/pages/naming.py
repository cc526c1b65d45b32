"""What a page is called: its title without the site's name, its slug."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from assistant.pages.characters import fold, stems, words
from assistant.pages.furniture import furniture
from assistant.pages.headings import loose_tag

SURE_SEPARATOR = re.compile(r"\s*(?:\||·|•|»|›|::)\s*|\s+>\s+")
DASH = re.compile(r"\s+[-–—]\s+")
HOW_TO = re.compile(
    r"^how (?:to|do you) (?:do|perform|practi[sc]e|master|execute)\s+(?:the\s+|an?\s+)?(?=\S)", re.I
)
SUBTITLE = re.compile(r"[:,(–—]\s+|\s+[–—-]\s+")
LONGEST_HEAD = 4  # words of a name before a subtitle
SHORTEST_REST = 3  # words of a subtitle
LONGEST_TITLE = 120
LONGEST_SLUG = 80
FIRST_BONUS = 0.5


def without_site(title: str, stem: str = "") -> str:
    """Return the part of a title that names the exercise and not the site.

    ``stem`` is the file's name: the part that shares words with it wins, else the first one.

    >>> without_site("Cat-cow | FitSite"), without_site("FitSite – Dead bug", "dead-bug")
    ('Cat-cow', 'Dead bug')
    """
    parts = [part for part in SURE_SEPARATOR.split(title) if part]
    parts = [piece for part in parts for piece in DASH.split(part) if piece.strip()]
    if len(parts) < 2:
        return fold(title)
    wanted = set(stems(stem))
    return fold(max(parts, key=lambda part: (len(wanted & set(stems(part))), -parts.index(part))))


def exercise_name(title: str) -> str:
    """Return the bare name in a title such as "How to do the plank: benefits and mistakes".

    >>> exercise_name("How to do the Plank: Technique, Benefits and Mistakes")
    'Plank'
    >>> exercise_name("Crow pose, or how I learned to fly")
    'Crow pose'
    """
    name = HOW_TO.sub("", title)
    head, colon, tail = name.partition(":")
    if colon and head.strip() and loose_tag(tail):
        name = head
    head, *rest = SUBTITLE.split(name, maxsplit=1)
    if rest and 0 < len(words(head)) <= LONGEST_HEAD and len(words(rest[0])) >= SHORTEST_REST:
        name = head
    return name.strip()


def likely_title(candidates: tuple[str, ...], stem: str, text: tuple[str, ...] = ()) -> str:
    """Return which line of a scraped text is its title.

    It shares words with the file's name, its words come again in the text (given by its folded
    words), and it stands early; furniture is none.
    """
    wanted = set(stems(stem))
    lines = [fold(line) for line in candidates]
    fit = [
        line
        for line in lines
        if 0 < len(line) <= LONGEST_TITLE and not furniture().is_heading(line)
    ]
    fit = [line for line in fit if not line.endswith((".", "!", ",", ";", ":"))]
    if not fit:
        return ""
    counts = Counter(text)
    best = max(
        fit,
        key=lambda line: (
            2 * overlap(wanted, line) + recurrence(line, counts) + FIRST_BONUS * (line == fit[0])
        ),
    )
    return without_site(best, stem)


def recurrence(line: str, counts: Counter[str]) -> float:
    """Return the share of a line's words that a text (by its folded words) uses again."""
    own = [word for word in stems(line) if len(word) > 2]
    return sum(counts[word] > 2 for word in own) / len(own) if own else 0.0


def overlap(wanted: set[str], line: str) -> float:
    """Return the share of words that a line and a name have in common."""
    own = set(stems(line))
    return len(wanted & own) / len(wanted | own) if wanted and own else 0.0


def title_of_stem(stem: str) -> str:
    """Return a file's name as a title, or nothing when it names nothing.

    >>> title_of_stem("dead-bug"), title_of_stem("0001")
    ('Dead bug', '')
    """
    found = words(stem.replace("_", " ").replace("-", " "))
    if not any(len(word) > 2 and word.isalpha() for word in found):
        return ""
    if found in (["index"], ["page"], ["untitled"], ["document"], ["readme"], ["export"]):
        return ""
    return " ".join(found)[:LONGEST_TITLE].capitalize()


def slugified(name: str) -> str:
    """Return a name in the letters of a path: lower case, digits and single hyphens.

    >>> slugified("../Étirement du Psoas (½)"), slugified("3/4 Sit-Up")
    ('etirement-du-psoas-1-2', '3-4-sit-up')
    """
    spelled = unicodedata.normalize(
        "NFKD", name.replace("½", " 1 2 ").replace("ß", "ss")
    ).casefold()
    spelled = unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", spelled))
    slug = re.sub(r"[^\w]+|_+", "-", re.sub(r"['’]", "", spelled))
    return re.sub(r"-{2,}", "-", slug)[:LONGEST_SLUG].strip("-")
