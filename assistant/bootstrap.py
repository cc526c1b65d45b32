"""The composition root: the only place that chooses which adapter stands behind which port."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.advising import advise
from assistant.conversations import SqliteConversations
from assistant.embedding import LazyEmbeddings, embeddings_id
from assistant.exported_model import BUNDLED
from assistant.index import IngestReport, LiveIndex
from assistant.index import ingest as ingest_index
from assistant.pipeline import Assistant
from assistant.restricting import misfit
from assistant.safety import SafetyLayer, standing_line
from assistant.settings import Settings


def build(settings: Settings, *, warm: bool = False, **overrides: Any) -> Assistant:
    """Return the assistant that the settings describe.

    ``overrides`` replace any part by name: indexes, embeddings, conversations, assess, advise.
    With ``warm`` everything is opened now instead of with the first question. Raises
    MissingPart, ModelMismatch, StorageError or SettingError.
    """
    parts: dict[str, Callable[[], Any]] = {
        "embeddings": lambda: LazyEmbeddings(settings),
        "indexes": lambda: LiveIndex(settings.data, embeddings_id(settings), warm=warm),
        "conversations": lambda: SqliteConversations(
            settings.data / "conversations.sqlite",
            turns=settings.conversation_turns,
            most=settings.conversations,
            days=settings.conversation_days,
        ),
        "advise": lambda: lambda assessment: advise(assessment, settings.region),
    }
    known = {*parts, "assess"}
    unknown = set(overrides) - known
    if unknown:
        raise TypeError(f"build() has no part called {sorted(unknown)}; it has {sorted(known)}.")
    standing_line(settings.region)  # an unknown region is an error now, not in an emergency
    chosen = {name: overrides.get(name) or make() for name, make in parts.items()}
    model, known_as = chosen["embeddings"], embeddings_id(settings)
    assess = overrides.get("assess") or SafetyLayer(model.embed_documents, known_as)
    assistant = Assistant(**chosen, assess=assess, degraded=_degraded(settings, assess))
    if warm:
        assistant.warm()
    return assistant


def _degraded(settings: Settings, assess: object) -> Callable[[], Sequence[str]]:
    """Return what tells the troubles of the parts besides the index.

    With another model than the bundled one, restrictions in prose are told by signs alone, as the
    settings ask; the bundled one without weights for it is a mistake of a release.
    """
    told = assess.trouble if isinstance(assess, SafetyLayer) else tuple
    lasting = misfit(embeddings_id(settings)) if settings.embeddings == BUNDLED else ()
    return lambda: (*told(), *lasting)


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    *,
    progress: Callable[[str, int, int], None] | None = None,
    add: bool = False,
    accept_shrunk: bool = False,
) -> IngestReport:
    """Index the pages of the paths and publish them; see ``assistant.index.ingest``."""
    return ingest_index(
        paths,
        settings=settings,
        embeddings=lambda: LazyEmbeddings(settings).model(),
        model_id=embeddings_id(settings),
        progress=progress,
        add=add,
        accept_shrunk=accept_shrunk,
    )
