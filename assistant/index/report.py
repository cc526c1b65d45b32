"""What an ingest tells its caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.domain import Quarantined
from assistant.index.manifest import Manifest


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did.

    ``changed`` is False when the published generation holds exactly this already. ``embedded``
    and ``reused`` count passages; ``texts`` counts what the model was given: new passages and
    new units of passages, each text once. ``removed`` are slugs. ``seconds`` is by stage.
    """

    generation: int
    published: bool
    changed: bool
    pages: int
    passages: int
    embedded: int
    reused: int
    removed: tuple[str, ...]
    quarantined: tuple[Quarantined, ...]
    texts: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)


def unchanged_report(
    manifest: Manifest, quarantined: Sequence[Quarantined], seconds: Mapping[str, float]
) -> IngestReport:
    """Return the report of an ingest that found everything in the published generation already."""
    return IngestReport(
        generation=manifest.generation,
        published=True,
        changed=False,
        pages=manifest.pages,
        passages=manifest.passages,
        embedded=0,
        reused=manifest.passages,
        removed=(),
        quarantined=tuple(quarantined),
        seconds=dict(seconds),
    )
