"""One evaluation: datasets found by name, asked through a door and beside every baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.documents import hit_document
from assistant.domain import Hit
from evals.asking import Door, Opened
from evals.baselines import Baseline, baselines
from evals.cases import BadCase, Case, SafetyCase, check_pages, read_numbered, read_safety
from evals.measures import Answers
from evals.retrieving import among, judge, mean, queries, searched
from evals.running import run
from evals.steadying import steady
from evals.triaging import Triaged, run_safety

DATASETS = Path(__file__).parent / "datasets"

# (items, what they are) to the same items, drawing a bar meanwhile.
Progress = Callable[[Sequence[Any], str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Questions:
    """One dataset of cases, by its name."""

    name: str
    cases: Sequence[Case]


def safety_files() -> list[Path]:
    """Return the safety sets in order; ``fresh_`` and ``development_`` ones run only when named."""
    files = sorted((DATASETS / "safety").glob("*.jsonl"))
    return [path for path in files if not path.name.startswith(("fresh_", "development_"))]


def dataset(name: str) -> Path:
    """Return the file or folder of a dataset: a path, or a name in ``evals/datasets``.

    Raises BadCase naming what there is.
    """
    for path in (Path(name), DATASETS / f"{name}.jsonl", DATASETS / "safety" / f"{name}.jsonl"):
        if path.is_file() or (path.is_dir() and (path / "corpus.jsonl").is_file()):
            return path
    known = [path.stem for path in sorted(DATASETS.glob("*.jsonl"))]
    raise BadCase(
        f"there is no dataset {name!r}: name {', '.join(known)}, safety, a .jsonl file, "
        "or a folder with corpus.jsonl, queries.jsonl and qrels/"
    )


def is_safety(path: Path) -> bool:
    """Return whether a file holds safety cases: its first line has a level and no suite."""
    with path.open(encoding="utf-8") as file:
        first = next((line for line in file if line.strip()), "")
    return '"level"' in first and '"suite"' not in first


def read_questions(path: Path, door: Door | None, suites: set[str] | None) -> Questions:
    """Return a file's cases, of these suites only; ``door`` proves that their pages exist."""
    numbered = read_numbered(path, Case)
    if door is not None:
        check_pages(path, numbered, door.page_text)
    cases = [case for case in numbered.values() if suites is None or case.suite in suites]
    if not cases:
        raise BadCase(f"{path} has no case of the suites {', '.join(sorted(suites or ()))}")
    return Questions(path.stem, cases)


def triage_sets(files: Iterable[Path], door: Door, progress: Progress) -> list[Triaged]:
    """Ask every safety case of the files."""
    found: list[Triaged] = []
    for path in files:
        cases: Iterable[SafetyCase] = progress(read_safety(path), path.stem)
        found += run_safety(cases, door.ask, path.stem)
    return found


def evaluate(
    questions: Questions,
    door: Door,
    progress: Progress,
    *,
    parts: Opened | None = None,
    triaged: Sequence[Triaged] = (),
) -> Answers:
    """Ask every case; the search is judged too. Without ``parts`` (over HTTP) by its hits."""
    results = run(progress(questions.cases, questions.name), door.ask, door.page_text)
    relevant = among(all_passages(parts)) if parts else searched(door.search)
    asked = queries(questions.cases, names_of(parts) if parts else {})
    retrieval = mean(judge(asked, door.search, relevant))
    kept = steady(questions.cases, door.ask)
    return Answers("assistant", results, triaged, kept, retrieval)


def beside(
    questions: Questions,
    parts: Opened,
    progress: Progress,
    triaged: Sequence[Triaged] = (),
) -> Iterator[Answers]:
    """Yield what each baseline gives on the same cases."""
    door = parts.door()
    asked = queries(questions.cases, names_of(parts))
    for baseline in _bar(progress, baselines(parts)):
        results = run(questions.cases, baseline.ask, door.page_text)
        found = {}
        if baseline.search is not None:
            units = baseline.units if baseline.units is not None else all_passages(parts)
            found = mean(judge(asked, baseline.search, among(units)))
        levels = triaged if baseline.triages else [_untriaged(each) for each in triaged]
        yield Answers(baseline.name, results, levels, steady(questions.cases, baseline.ask), found)


def all_passages(parts: Opened) -> list[dict[str, Any]]:
    """Return every passage of the index in the shape of a search hit."""
    with parts.indexes.use() as index:
        rows = [row for page in index.names() for row in index.rows(page.slug)]
        return [hit_document(Hit(passage, 0.0)) for passage in index.passages(rows)]


def names_of(parts: Opened) -> Mapping[str, Sequence[str]]:
    """Return title and aliases of every page by its slug."""
    return {page.slug: (page.title, *page.aliases) for page in parts.assistant.pages()}


def _bar(progress: Progress, found: list[Baseline]) -> Iterable[Baseline]:
    return progress(found, "baselines")


def _untriaged(asked: Triaged) -> Triaged:
    """Return what a baseline without triage gives: no level, whatever is said."""
    return Triaged(asked.case, "none", {}, asked.set_name)
