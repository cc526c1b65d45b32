"""Ingest: from paths to a published generation, or to none with the old one still serving.

    lock → sweep → read → plan → split → embed → write → derive → seal → verify → publish → prune

Everything before ``publish`` happens beside the live generation; ``publish`` is one rename.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.errors import NothingToPublish, StorageError
from assistant.index.child import Child
from assistant.index.contents import Contents, same_contents, split
from assistant.index.durable import sync_tree
from assistant.index.earlier import Earlier, find_earlier
from assistant.index.generations import Generations
from assistant.index.planning import Before, Plan, plan, untouched
from assistant.index.reading import Reader, page_reader, read_all
from assistant.index.report import IngestReport, unchanged_report
from assistant.index.scratch import used_generations
from assistant.index.vectors import NOTHING_KNOWN, assemble, embed, missing_texts
from assistant.index.writing import Embedded, seal, write_canonical
from assistant.ports import Embeddings, Vectors
from assistant.settings import Settings

CHILD_SECONDS = 1_800.0

Progress = Callable[[str, int, int], None]
Checkpoint = Callable[[str], None]


def ingest(
    paths: Sequence[Path],
    *,
    settings: Settings,
    embeddings: Callable[[], Embeddings],
    model_id: str,
    progress: Progress | None = None,
    add: bool = False,
    accept_shrunk: bool = False,
    reader: Reader | None = None,
    checkpoint: Checkpoint | None = None,
    start_child: Callable[[], Child] = Child,
) -> IngestReport:
    """Build and publish a generation that holds exactly the pages of ``paths``.

    ``embeddings`` loads the model, and is called only when there is something to embed. With
    ``add`` earlier sources outside of ``paths`` stay; with ``accept_shrunk`` a page may lose
    more than half of its text. ``progress`` gets (stage, done, total), total 0 when not known;
    ``checkpoint`` gets the name of each step before it is taken; ``start_child`` starts the
    process that derives and checks.

    Raises SourceError for a path that cannot be used, NothingToPublish, IngestBusy,
    StorageError (cannot write), IndexDamaged (the new generation failed its canary). After any
    of them the old generation still serves.
    """
    generations = Generations.of(settings.data)
    job = _Job(
        generations=generations,
        paths=[Path(path) for path in paths],
        keep=settings.keep_generations,
        embeddings=embeddings,
        model_id=model_id,
        reader=reader or page_reader(settings),
        progress=progress or _no_progress,
        checkpoint=checkpoint or _no_checkpoint,
        start_child=start_child,
        add=add,
        accept_shrunk=accept_shrunk,
    )
    try:
        generations.prepare()
        with generations.lock():
            return job.run()
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            f"The index in {generations.root} cannot be written ({error}).",
            "Check that the folder exists, is writable, and has free space.",
        ) from error


@dataclass
class _Job:
    generations: Generations
    paths: list[Path]
    keep: int
    embeddings: Callable[[], Embeddings]
    model_id: str
    reader: Reader
    progress: Progress
    checkpoint: Checkpoint
    start_child: Callable[[], Child]
    add: bool
    accept_shrunk: bool
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self) -> IngestReport:
        """Take every step; the caller holds the lock."""
        self.checkpoint("sweep")
        self.generations.sweep()
        earlier = find_earlier(self.generations)
        try:
            return self._from(earlier)
        finally:
            if earlier is not None:
                earlier.close()

    def _from(self, earlier: Earlier | None) -> IngestReport:
        with self._stage("read"):
            planned = self._read(earlier)
        if earlier and same_contents(planned.pages, earlier, self.reader, self.model_id):
            return unchanged_report(earlier.manifest, planned.quarantined, self.seconds)
        with self._stage("split"):
            contents = split(planned.sorted_pages(), earlier, self.reader, self.model_id)
            if not contents.rows():
                raise self._nothing(planned)
        return self._build(planned, contents, earlier)

    def _read(self, earlier: Earlier | None) -> Plan:
        before = earlier.before() if earlier else Before()
        same_reader = earlier is not None and earlier.manifest.reader == self.reader.version
        recall = earlier.remembered if earlier and same_reader else None
        results = read_all(self.reader, self.paths, recall, self._tick("read"))
        kept: list[str] = []
        if self.add:
            kept = untouched(before.sources, [result.source for result in results], self.paths)
        planned = plan(results, before, kept=kept, accept_shrunk=self.accept_shrunk)
        if not planned.read:
            raise self._nothing(planned)
        return planned

    def _build(self, planned: Plan, contents: Contents, earlier: Earlier | None) -> IngestReport:
        self.checkpoint("number")
        number = self.generations.reserve()
        folder = self.generations.building(number)
        try:
            folder.mkdir()
            with self.start_child() as child:
                embedded = self._fill(folder, number, planned, contents, earlier, child)
            self._publish(number)
        finally:
            # Gone already when it was published; a failed one must not fill the disk.
            shutil.rmtree(folder, ignore_errors=True)
        rows = contents.rows()
        return IngestReport(
            generation=number,
            published=True,
            changed=True,
            pages=len(contents.pages),
            passages=len(rows),
            embedded=(new := sum(entry.digest in embedded.fresh for entry in rows)),
            reused=len(rows) - new,
            removed=tuple(sorted((earlier.pages if earlier else {}).keys() - planned.pages.keys())),
            quarantined=tuple(planned.quarantined),
            texts=len(embedded.fresh),
            seconds=dict(self.seconds),
        )

    def _fill(
        self,
        folder: Path,
        number: int,
        planned: Plan,
        contents: Contents,
        earlier: Earlier | None,
        child: Child,
    ) -> Embedded:
        with self._stage("embed"):
            embedded = self._embed(contents, earlier)
        with self._stage("write"):
            sources = [planned.sources[name] for name in sorted(planned.sources)]
            write_canonical(folder, contents, embedded, sources)
        with self._stage("derive"):
            child.run("derive", folder, CHILD_SECONDS)
        with self._stage("sync"):
            sync_tree(folder)
        with self._stage("seal"):
            model, version = self.model_id, self.reader.version
            seal(folder, number, contents.pages, embedded, model_id=model, reader=version)
        with self._stage("verify"):
            child.run("check", folder, CHILD_SECONDS)
        return embedded

    def _embed(self, contents: Contents, earlier: Earlier | None) -> Embedded:
        known = earlier.known(self.model_id) if earlier else NOTHING_KNOWN
        entries = contents.rows()
        missing = missing_texts(entries, contents.texts, known)
        vectors: Vectors = np.empty((0, 0), np.float32)
        if missing:
            vectors = embed(list(missing.values()), self.embeddings(), self._tick("embed"))
        fresh = {digest: row for row, digest in enumerate(missing)}
        passages, units = assemble(entries, known, fresh, vectors)
        return Embedded(passages, units, frozenset(fresh))

    def _publish(self, number: int) -> None:
        self.checkpoint("complete")
        self.generations.complete(number)
        with self._stage("publish"):
            self.generations.publish(number)
        with self._stage("prune"):
            self.generations.prune(self.keep, used_generations(self.generations.root))
        self.checkpoint("done")

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        self.checkpoint(name)
        self.progress(name, 0, 0)
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started

    def _tick(self, stage: str) -> Callable[[int, int], None]:
        return lambda done, total: self.progress(stage, done, total)

    def _nothing(self, planned: Plan) -> NothingToPublish:
        names = ", ".join(str(path) for path in self.paths)
        reasons = [f"{held.source}: {held.reason}" for held in planned.quarantined[:5]]
        return NothingToPublish(
            " ".join([f"No page came from {names}, so nothing was published.", *reasons]),
            "Give files or folders with exercise pages (.txt, .md, .html, .json, .jsonl).",
        )


def _no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def _no_checkpoint(step: str) -> None:
    """Stop nowhere."""
