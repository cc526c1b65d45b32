"""Temporary indexes for a run: of a few pages only, of a site's own pages, of a collection."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.bootstrap import ingest
from assistant.settings import Settings, read_settings
from evals.asking import Opened, opened
from evals.cases import BadCase, Case

NO_PAGES = {"README", "SOURCES"}


@contextmanager
def indexed(
    paths: Sequence[Path],
    data: Path | None = None,
    *,
    strict: bool = True,
) -> Iterator[Opened]:
    """Yield an assistant over nothing but these files and folders, in a folder that goes away.

    The exported model is taken from ``data``. Raises BadCase naming the first source that gave
    no page, unless not ``strict``.
    """
    with tempfile.TemporaryDirectory(prefix="evals-") as folder:
        settings = _beside_the_model(Path(folder), data)
        report = ingest(list(paths), settings)
        if strict and report.quarantined:
            worst = report.quarantined[0]
            raise BadCase(f"{worst.source}: {worst.reason} {worst.advice}")
        with opened(settings) as parts:
            yield parts


def chosen_pages(cases: Iterable[Case], corpus: Path, count: int) -> list[Path]:
    """Return the files of the pages that the cases need, filled up to ``count`` by others.

    The others are the first by name. Raises BadCase when the cases need more.
    """
    files = {path.stem: path for path in sorted(corpus.glob("*.md"))}
    needed = sorted({slug for case in cases for slug in _slugs(case)} & set(files))
    if len(needed) > count:
        raise BadCase(f"the cases need {len(needed)} pages: {', '.join(needed)}; raise --pages")
    others = [slug for slug in files if slug not in needed and slug not in NO_PAGES]
    return [files[slug] for slug in sorted([*needed, *others[: count - len(needed)]])]


def _slugs(case: Case) -> Iterator[str]:
    yield from case.exercises
    yield from (source.page for source in case.sources)
    yield from (turn.page for turn in case.turns if turn.page)


def _beside_the_model(folder: Path, data: Path | None) -> Settings:
    models = (read_settings().data if data is None else data) / "models"
    if models.is_dir():
        (folder / "models").symlink_to(models.resolve(), target_is_directory=True)
    return read_settings(data=folder)
