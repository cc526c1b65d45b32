"""Which exercises a text names: those that have a page, and those that have none.

Names are compared as joined stems, so that "push-ups", "pushup" and "Push up" are one name. A
part of a name ("knee rolls") means a page when the part says enough; a known name with another
variation before it ("barbell squat") is an exercise of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.compound_words import CompoundWords
from assistant.hinted_names import HintedNames
from assistant.mention import Mention, Strength
from assistant.misread import Misread
from assistant.name_parts import (
    AND,
    BESIDES,
    BRACKETED,
    JOINING,
    goes_on,
    key_of,
    leaves_much,
    openings,
    parts_of,
    parts_within,
    shortened,
    stops_in,
    told_last,
    weak_parts,
    whole_keys,
)
from assistant.name_tokens import NameTokens, tokens_of
from assistant.name_words import name_words
from assistant.page_words import PageWords
from assistant.ports import PageNames
from assistant.spelling import Spelling, is_rare, is_strange
from assistant.unusual_words import Alone, UnusualWords
from assistant.words import Word, stem, stems, words

RANKS: tuple[Strength, ...] = ("full", "part", "unknown", "weak")
LONGEST_NAME = 7


class Catalog:
    """The names of one index generation, looked up by any stretch of a text.

    Args:
        names: slug, title, aliases and hints of each page.
        speaks: whether a page's own text has these stems side by side; called rarely.
        alone: whether hardly any page but this one has a word; called for unusual words of names.
    """

    def __init__(
        self,
        names: Iterable[PageNames],
        speaks: Callable[[str, str], bool],
        alone: Alone = lambda _slug, _word: True,
    ) -> None:
        self._policy = name_words()
        # Whole titles go before whole aliases, then come titles and aliases without plain words.
        self._tiers: list[dict[str, set[str]]] = [defaultdict(set) for _ in range(4)]
        self._full: dict[str, set[str]] = defaultdict(set)
        self._misread = Misread()
        self._parts: list[dict[str, set[str]]] = [defaultdict(set), defaultdict(set)]
        self._weak: dict[str, set[str]] = defaultdict(set)
        self._bags: dict[frozenset[str], set[str]] = defaultdict(set)
        self._paired: set[frozenset[str]] = set()  # those of names with "and"
        self._own = PageWords(self._policy, speaks)
        self._owners: dict[str, set[str]] = defaultdict(set)
        self._names: list[tuple[str, frozenset[str]]] = []
        self.titles: dict[str, str] = {}
        vocabulary: set[str] = set(self._policy.heads)
        plain = {name: tokens_of(words(name)) for name in self._policy.others}
        self._other_keys = {key_of(tokens) for tokens in plain.values()}
        entries = list(names)
        for entry in entries:
            self.titles[entry.slug] = entry.title
            for alias, name in enumerate((entry.title, *entry.aliases)):
                vocabulary.update(self._add(entry.slug, name, alias > 0))
            self._add_within(entry)
        own = frozenset(vocabulary)
        self._add_weak(entries)
        self._unusual = UnusualWords(entries, self._owners, alone)
        self._hinted = HintedNames(entries, lambda h: key_of(tokens_of(words(h))), self._full)
        self._others: dict[str, str] = {}
        for name, tokens in plain.items():
            vocabulary.update(word.folded for word in words(name) if len(word.folded) > 3)
            self._others.setdefault(key_of(tokens), name)
        self._spelling = Spelling(vocabulary, self._policy.heads, own)
        compounds = CompoundWords(
            words(name) for entry in entries for name in (entry.title, *entry.aliases)
        )
        self._tokens = NameTokens(self._spelling, compounds, self._full)
        self._vocabulary = {stem(word) for word in vocabulary} | self._policy.common

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the exercises that a text names, in reading order, never overlapping.

        >>> from types import SimpleNamespace as Page
        >>> page = Page(slug="plank", title="Plank", aliases=("front plank",), hints=())
        >>> catalog = Catalog([page], speaks=lambda slug, stem: False)
        >>> [(m.name, m.slugs) for m in catalog.mentions("is a side plank harder than planks?")]
        [('side plank', ()), ('planks', ('plank',))]
        """
        found = words(text)
        tokens = self._tokens.of(found)
        taken: list[tuple[int, int]] = []
        mentions = []
        stops = stops_in(text, found)
        heads = self._policy.heads
        for first, last, slugs, strength in self._matches(tokens, stops):
            if any(first < stop < last for stop in stops):
                continue
            if any(first < end and start < last for start, end in taken):
                continue
            floor = max((stop for stop in stops if stop <= first), default=0)
            varied = self._own.varied(tokens, first, slugs, floor)
            if varied is not None and strength != "weak":
                first, slugs, strength = varied, frozenset(), "unknown"
            if strength in ("full", "part"):
                floor = max((end for _, end in taken if end <= first), default=floor)
                first = self._own.widened(tokens, first, slugs, floor)
            named = found[first - 1].folded if first > floor else ""
            if slugs and named and tokens[last - 1] in heads and self._is_strange(named):
                first, slugs, strength = first - 1, frozenset(), "unknown"
            taken.append((first, last))
            start, end = found[first].start, found[last - 1].end
            ending = tokens[last - 1]
            head = ending in heads and (last - first > 1 or ending not in self._policy.vague)
            name, ordered = text[start:end], tuple(sorted(slugs))
            telling = not self._policy.common.issuperset(tokens[first:last])
            unusual = self._stands_for(tokens[first:last], strength)
            mentions.append(Mention(start, end, name, ordered, strength, head, telling, unusual))
        mentions += self._strange(text, found, tokens, stops, taken)
        return tuple(sorted(mentions, key=lambda mention: mention.start))

    def _stands_for(self, window: tuple[str, ...], strength: Strength) -> bool:
        """Return whether words that are no whole name mean one page, as "goldfish" does."""
        if len(window) == 1 and self._unusual.owner(window[0]) is not None:
            return True
        return strength == "weak" and self._hinted.owner(key_of(window)) is not None

    def _strange(
        self,
        text: str,
        found: Sequence[Word],
        tokens: Sequence[str],
        stops: Sequence[int],
        taken: Sequence[tuple[int, int]],
    ) -> Iterator[Mention]:
        """Yield exercises of no list: a word that is none before the head of a name.

        "Gittleson shrug" is an exercise that nothing here knows, whatever pages have shrugs.
        """
        for at in range(1, len(tokens)):
            free = at not in stops and not any(a <= at - 1 < b or a <= at < b for a, b in taken)
            if free and tokens[at] in self._policy.heads and self._is_strange(found[at - 1].folded):
                start, end = found[at - 1].start, found[at].end
                yield Mention(start, end, text[start:end], (), "unknown", True, True)

    def _is_strange(self, word: str) -> bool:
        known = stem(word) in self._vocabulary or not is_strange(word)
        return not known and self._spelling.correct(word) is None

    def speaks_of(self, slug: str, name: str) -> bool:
        """Return whether a page's own text has a name, in any form of its words."""
        return self._own.speaks(slug, " ".join(stems(name)))

    def own_words(self, slug: str) -> frozenset[str]:
        """Return the stems of a page's title and aliases."""
        return frozenset(self._own.of.get(slug, ()))

    def _add(self, slug: str, name: str, alias: bool) -> set[str]:
        found = words(name)
        tokens = tokens_of(found)
        if not tokens:
            return set()
        outside = tokens_of(words(BRACKETED.sub(" ", name)))
        for reduced, key in enumerate(whole_keys(name, tokens, outside, key_of)):
            self._tiers[2 * (reduced > 0) + alias][key].add(slug)
            self._full[key].add(slug)
        if len(tokens) > 1 and tokens[-1] not in self._policy.heads and is_rare(found[-1].folded):
            self._weak[tokens[-1]].add(slug)  # "rower" of "indoor rower"
        self._own.of[slug].update(tokens)
        for token in tokens:
            self._owners[token].add(slug)
        self._names.append((slug, frozenset(tokens)))
        if len(tokens) > 1:
            bag = frozenset(tokens) - JOINING
            self._bags[bag].add(slug)
            self._paired.update({bag} if AND in tokens else ())
            self._misread.add(tokens, slug)
        for whole in dict.fromkeys((tokens, outside)):
            for part in parts_of(whole, self._policy) if whole else ():
                if part[0] not in JOINING | BESIDES and not self._another(part, whole):
                    self._parts[alias][key_of(part)].add(slug)
        for short in (*shortened(tokens), *(() if alias else openings(tokens, self._policy))):
            self._parts[alias][key_of(short)].add(slug)
        return {word.folded for word in found}

    def _add_within(self, entry: PageNames) -> None:
        """Add the name within a title that tells more: "In love with the kettlebell halo"."""
        title = tokens_of(words(entry.title))
        own = key_of(tokens_of(words(entry.slug)))
        if own in map(key_of, parts_within(title)):
            self._tiers[1][own].add(entry.slug)
            self._full[own].add(entry.slug)
            return
        for key in self._other_keys.intersection(map(key_of, told_last(title))):
            self._parts[0][key].add(entry.slug)

    def _add_weak(self, entries: Sequence[PageNames]) -> None:
        """Add what names leave when a word is dropped; a title's goes before an alias's."""
        titles = [(entry.slug, entry.title) for entry in entries]
        aliases = [(entry.slug, alias) for entry in entries for alias in entry.aliases]
        for names in (titles, aliases):
            taken = set(self._weak)
            for slug, name in names:
                for part in weak_parts(tokens_of(words(name)), self._policy):
                    if key_of(part) not in taken:
                        self._weak[key_of(part)].add(slug)

    def _another(self, part: tuple[str, ...], name: tuple[str, ...]) -> bool:
        """Return whether a part of a name is an exercise of its own, as "pull up" is."""
        return key_of(part) in self._other_keys and leaves_much(part, name, self._policy)

    def _matches(
        self, tokens: tuple[str, ...], stops: Sequence[int]
    ) -> Iterator[tuple[int, int, frozenset[str], Strength]]:
        """Yield every stretch that is a name: the longest first, pages before other names."""
        for length in range(min(LONGEST_NAME, len(tokens)), 0, -1):
            starts = range(len(tokens) - length + 1)
            keys = [key_of(tokens[first : first + length]) for first in starts]
            for rank in RANKS:
                for first, key in zip(starts, keys, strict=True):
                    window = tokens[first : first + length]
                    if AND in (window[0], window[-1]):
                        continue
                    slugs = self._lookup(window, key, rank)
                    alone = rank == "unknown" and goes_on(tokens, first, first + length, stops)
                    slugs = frozenset() if slugs and alone else slugs
                    if slugs is not None:
                        strength = "full" if slugs and rank == "unknown" else rank
                        yield first, first + length, slugs, strength

    def _lookup(self, window: tuple[str, ...], key: str, rank: Strength) -> frozenset[str] | None:
        if rank == "unknown":
            if key not in self._others:
                return None
            return self._same_exercise(window) or self._hinted.named(window, self._policy.endings)
        if rank == "full":
            whole = [tier[key] for tier in self._tiers if key in tier]
            slugs = whole[0] if whole else self._bag(window)
        elif rank == "part":
            slugs = self._shorter(window, key) or self._mixed(window, key)
            if not slugs and key not in self._others:
                slugs = self._misread.meant(window)
        else:
            owner = self._unusual.owner(key) or self._hinted.owner(key)
            slugs = {owner} if owner else self._weak.get(key, set())
        return frozenset(slugs) if slugs else None

    def _shorter(self, window: tuple[str, ...], key: str) -> set[str]:
        """Return the pages of which this is a part of the title, or else of an alias."""
        for parts in self._parts:
            slugs = {slug for slug in parts.get(key, ()) if not self._differs(slug, window)}
            if slugs:
                return slugs
        return set()

    def _bag(self, window: tuple[str, ...]) -> set[str]:
        """Return the pages whose name has just these words in another order."""
        if len(window) < 2 or window[0] in JOINING or window[-1] in JOINING:
            return set()
        telling = [token for token in window if token not in JOINING]
        bag = frozenset(telling)
        if AND in window and bag not in self._paired:
            return set()  # "plank and side plank" are two
        return self._bags.get(bag, set()) if len(bag) == len(telling) else set()

    def _mixed(self, window: tuple[str, ...], key: str) -> set[str]:
        """Return the one page that has all words of a name, be it in several names of its own."""
        if len(window) < 2 or window[-1] not in self._policy.heads or key in self._others:
            return set()
        little = len(window) == 2 and self._policy.common.issuperset(window)  # "back up"
        if little or not JOINING.isdisjoint(window):
            return set()
        slugs = set.intersection(*(self._owners.get(token, set()) for token in window))
        return slugs if len(slugs) == 1 else set()

    def _differs(self, slug: str, window: tuple[str, ...]) -> bool:
        """Return whether a page is a variation of what is named: "deadlift" is no Romanian one."""
        if len(window) > 1:
            return False
        missing = self._own.of[slug].difference(window)
        return key_of(window) in self._others and bool(missing & self._policy.variations)

    def _same_exercise(self, window: tuple[str, ...]) -> frozenset[str] | None:
        """Return the page that the name of another list means too.

        "Standing calf raise" is a calf raise; "butterfly" is the butterfly stretch.
        """
        policy = self._policy
        # "Cable kickback" of "cable glute kickback", but no "bent press" of "bent-knee calf press".
        firm = (policy.common - policy.body) | (policy.heads - policy.vague)
        shortens = window[-1] not in policy.heads or window[0] in firm
        shorter = (shortens and self._weak.get(key_of(window))) or self._renamed(window)
        if shorter:
            return frozenset(shorter)
        if not policy.proper.isdisjoint(window[:-1]) or len(window) == 1:
            only = self._only_page_with(window)
            if only:
                return only  # "Copenhagen plank" of "Copenhagen side plank"
        if len(window) > 2:
            held = self._own.holding(window)
            if held:
                return held  # "lying hamstring curl" of "lying leg curl" and another
        if len(window) > 1 and window[-1] not in self._policy.heads:
            named = {slug for slug, name in self._names if name.issuperset(window)}
            if len(named) == 1:
                return frozenset(named)  # "seated hamstring" of "seated hamstring curl"
        for cut in range(1, len(window)):
            slugs = self._full.get(key_of(window[cut:]))
            if slugs:
                kept = [s for s in slugs if all(self._own.is_harmless(s, t) for t in window[:cut])]
                return frozenset(kept) or None
        return None

    def _only_page_with(self, window: tuple[str, ...]) -> frozenset[str]:
        """Return the page whose name has these words and no other that makes another exercise."""
        policy = self._policy
        plain = policy.positions | policy.equipment | policy.neutral | JOINING
        if len(window) > 1:
            plain |= policy.body
        wanted = frozenset(window)
        found = {slug for slug, name in self._names if name >= wanted and name - plain <= wanted}
        return frozenset(found) if len(found) == 1 else frozenset()

    def _renamed(self, window: tuple[str, ...]) -> set[str]:
        """Return the pages of the same name with an ending that means the same, or without."""
        endings = self._policy.endings
        bare = window[:-1] if window[-1] in endings else window
        if len(window) < 2:
            return set()
        keys = [key_of((*bare, ending)) for ending in endings]
        if len(bare) > 1:
            keys.append(key_of(bare))
        return set().union(*(self._full.get(key, set()) for key in keys))
