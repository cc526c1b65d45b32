"""One index generation with everything that is derived from it: names, and what headings ask."""

from __future__ import annotations

from functools import lru_cache

from assistant.catalog import Catalog
from assistant.dialogue import is_telling
from assistant.domain import Hit, Page
from assistant.errors import UnknownPage
from assistant.intents import Intent, intents_of
from assistant.name_words import name_words
from assistant.ports import Index, Vectors
from assistant.questions import Question, neutral
from assistant.ranking import RankedPassage, rank_page
from assistant.retrieval import search
from assistant.safety.ailments import ailments
from assistant.spelling import is_english
from assistant.unusual_words import SHORTEST
from assistant.words import stems, words

MOST_ROWS = 50  # passages looked at for such a word
MOST_OTHERS = 2  # other pages that may have a word by which a page is named
HEADINGS = 20_000
PAGES = 500


class Library:
    """The pages of one generation, ready to be asked; safe for several threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.catalog = Catalog(index.names(), self._speaks, self._alone)
        self.heading_intents = lru_cache(maxsize=HEADINGS)(self._heading_intents)
        self.exercises_in = lru_cache(maxsize=HEADINGS)(self._exercises_in)
        self.page_stems = lru_cache(maxsize=PAGES)(self._page_stems)
        self.is_foreign = lru_cache(maxsize=HEADINGS)(self._is_foreign)

    def page(self, slug: str) -> Page:
        """Return a page; raises UnknownPage."""
        page = self.index.page(slug)
        if page is None:
            raise UnknownPage(
                f"No page has the slug {slug!r}.",
                "`python -m assistant pages` and GET /v1/exercises list the slugs.",
            )
        return page

    def rank(self, slug: str, question: Question, vector: Vectors) -> list[RankedPassage]:
        """Return one page's passages by how well they answer the question, best first."""
        return rank_page(self.index, slug, question, vector, self.heading_intents)

    def has_question(self, slug: str, message: str) -> bool:
        """Return whether a message is a question of a page's own FAQ, word for word."""
        page = self.index.page(slug)
        said = stems(message)
        faq = (each for each in page.sections if each.kind == "faq") if page else ()
        return any(stems(each.heading) == said for each in faq)

    def search(self, text: str, vector: Vectors, k: int) -> list[Hit]:
        """Return the best passages of all pages."""
        return search(self.index, text, vector, k)

    def _heading_intents(self, heading: str) -> tuple[Intent, ...]:
        return intents_of(neutral(heading, self.catalog.mentions(heading)))

    def _exercises_in(self, text: str) -> frozenset[str]:
        """Return the exercises that a text names; "shoulders" or "dumbbells" alone name none."""
        return frozenset(
            slug
            for mention in self.catalog.mentions(text)
            if mention.telling or mention.strength != "weak"
            for slug in mention.slugs
        )

    def foreign(self, text: str) -> tuple[str, ...]:
        """Return the English words of a text that no page has: signs of another subject."""
        return tuple(word.folded for word in words(text) if self.is_foreign(word.folded))

    def only_page_with(self, text: str) -> str | None:
        """Return the page that alone has the words of a text that no dictionary has: "codmans"."""
        found: set[str] = set()
        said = words(text)
        for at, word in enumerate(said):
            if at + 1 < len(said) and said[at + 1].stem in name_words().heads:
                continue  # "dragon flag" is an exercise that the page only speaks of
            long = len(word.folded) >= SHORTEST and is_telling(word.folded)
            if long and not is_english(word.folded) and not ailments(word.folded):
                found |= self._pages_with(word.folded)
        return found.pop() if len(found) == 1 else None

    def _pages_with(self, word: str) -> set[str]:
        rows = [row for row, _ in self.index.lexical(word, MOST_ROWS)]
        return {passage.page for passage in self.index.passages(rows)}

    def _is_foreign(self, word: str) -> bool:
        if len(word) < 4 or not is_telling(word) or not is_english(word):
            return False
        return not self.index.lexical(word, 1)

    def _speaks(self, slug: str, phrase: str) -> bool:
        return f" {phrase} " in self.page_stems(slug)

    def _alone(self, slug: str, word: str) -> bool:
        return len(self._pages_with(word) - {slug}) <= MOST_OTHERS

    def _page_stems(self, slug: str) -> str:
        page = self.index.page(slug)
        return f" {' '.join(stems(page.text))} " if page else ""
