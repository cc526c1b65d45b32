"""What an ingest tells its caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain import Quarantined


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
