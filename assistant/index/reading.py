"""What ingest needs to know of pages: how files become pages, passages and embedded texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain import Page, Passage, Quarantined
from assistant.index.planning import Result

if TYPE_CHECKING:
    from assistant.settings import Settings

READ_BY = (
    *("domain.py", "embedding.py", "exported_model.py", "name_words.py", "passages.py"),
    *("spelling.py", "words.py", "policy/exercise_names.txt", "policy/exercise_words.yaml"),
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a source gave when the same bytes were read before; obeys ``planning.Result``."""

    source: str
    sha256: str
    pages: tuple[Page, ...]
    quarantined: tuple[Quarantined, ...]


Known = Callable[[str, str], Remembered | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """The steps from paths to texts.

    ``version`` changes when any step would give something else for the same bytes; ``read``
    gives the result of each source and asks ``known`` (source, sha256 of its bytes) before it
    parses; ``embedding_text`` and ``unit_texts`` give what is embedded for a passage and for
    each of its units.
    """

    version: str
    read: Callable[[Sequence[Path], Known], Iterator[Result]]
    passages_of: Callable[[Page], Sequence[Passage]]
    embedding_text: Callable[[Page, Passage], str]
    unit_texts: Callable[[Page, Passage], Sequence[str]]


def read_all(
    reader: Reader,
    paths: Sequence[Path],
    known: Known | None,
    tick: Callable[[int, int], None],
) -> list[Result]:
    """Return what every source gave; ``known`` None reads all of them afresh."""
    results = []
    for done, result in enumerate(reader.read(paths, known or _nothing_known), 1):
        results.append(result)
        tick(done, 0)
    return results


def page_reader(settings: Settings) -> Reader:
    """Return the reader of ``assistant.pages``, ``assistant.nicknames`` and ``assistant.passages``.

    With another embedding model than the bundled one, whose states the weights were learned from,
    pages have no names but those that ``assistant.pages`` finds.
    """
    from assistant.embedding import TokenStates
    from assistant.exported_model import BUNDLED, exported_model
    from assistant.nicknames.pages import with_told_names
    from assistant.pages import Limits, SourceResult, read_sources
    from assistant.passages import embedding_text, passages_of, unit_texts

    limits = Limits(page_bytes=settings.page_bytes, seconds=settings.parse_seconds)

    def read(paths: Sequence[Path], known: Known) -> Iterator[Result]:
        remembered: set[str] = set()

        def recall(source: str, sha256: str) -> SourceResult | None:
            found = known(source, sha256)
            if found is None:
                return None
            remembered.add(source)
            return SourceResult(found.source, found.sha256, found.pages, found.quarantined)

        for result in read_sources(paths, limits=limits, known=recall):
            yield result if result.source in remembered else named(result)

    def named(result: SourceResult) -> SourceResult:
        """Return a source with the names among the aliases that its pages tell in passing."""
        if settings.embeddings != BUNDLED or not result.pages:
            return result
        pages = tuple(with_told_names(page, states().of) for page in result.pages)
        return replace(result, pages=pages)

    @cache
    def states() -> TokenStates:
        return TokenStates(exported_model(settings.data))

    return Reader(_version(settings.embeddings), read, passages_of, embedding_text, unit_texts)


def version_files() -> list[Path]:
    """Return the code and policy, besides those of ``assistant.pages``, that read pages.

    Names are told by the safety layer's vocabulary too: what is an ailment is no exercise.
    """
    root = Path(__file__).parents[1]
    folders = [root.glob(pattern) for pattern in ("nicknames/*.*", "safety/*.py", "safety/*.yaml")]
    named = [root / name for name in READ_BY]
    return named + [file for found in folders for file in sorted(found)]


def _version(embeddings: str) -> str:
    """Return a hash over the code and the policy that turn files into passages.

    Nobody has to remember to raise a number: whoever edits a heading in the policy gets their
    pages read again.
    """
    from assistant.pages import parser_version

    digest = sha256(parser_version().encode())
    digest.update(embeddings.encode())
    for path in version_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _nothing_known(source: str, sha256: str) -> None:
    """Remember no source."""
