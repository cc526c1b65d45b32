"""Retrieval alone: nDCG@10, MRR and hit rates by ir-measures (trec_eval's own code)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import ir_measures
from ir_measures import RR, Success, nDCG

from evals.asking import Search
from evals.cases import Case, Source
from evals.scoring import folded

DEPTH = 10
MEASURES = {
    "nDCG@10": nDCG @ 10,
    "MRR@10": RR @ 10,
    "HR@1": Success @ 1,
    "HR@5": Success @ 5,
    "HR@10": Success @ 10,
}
SUITES = {"everyday", "page_context", "cross_page"}

Judgements = Mapping[str, Mapping[str, int]]
Figures = dict[str, dict[str, float]]


def queries(cases: Iterable[Case], names: Mapping[str, Sequence[str]]) -> list[Case]:
    """Return the cases whose only message can be searched for over all pages.

    Those are single turns with sources; one asked from a page is left out unless it names the
    exercise, because no search could know which page "how long should I hold it?" is about.
    ``names`` are the title and aliases of each slug.
    """
    return [
        case
        for case in cases
        if case.suite in SUITES
        and case.sources
        and len(case.turns) == 1
        and (case.suite != "page_context" or _names_it(case, names))
    ]


def judge(
    cases: Iterable[Case], search: Search, relevant: Callable[[Sequence[Source]], set[str]]
) -> Figures:
    """Return the measures of each case by its id; ``relevant`` lists the passages that would do.

    Passages are told apart by ``passage_id``.
    """
    run: dict[str, dict[str, float]] = {}
    wanted: dict[str, dict[str, int]] = {}
    for case in cases:
        hits = search(case.turns[0].message, DEPTH)
        # trec_eval orders by score and breaks ties by name: the rank is the score, so that none is.
        run[case.id] = {passage_id(hit): float(-rank) for rank, hit in enumerate(hits)}
        found = relevant(case.sources) | {passage_id(h) for h in hits if holds(h, case.sources)}
        wanted[case.id] = dict.fromkeys(found, 1) or {"nowhere": 1}
    return measured(wanted, run)


def measured(judgements: Judgements, run: Mapping[str, Mapping[str, float]]) -> Figures:
    """Return each measure of each judged query; a query without hits counts 0.

    >>> measured({"q": {"a": 1}}, {"q": {"b": 2.0, "a": 1.0}})["q"]["MRR@10"]
    0.5
    """
    names = {measure: name for name, measure in MEASURES.items()}
    figures: Figures = {query: dict.fromkeys(MEASURES, 0.0) for query in judgements}
    filled = {query: hits for query, hits in run.items() if hits}
    for each in ir_measures.iter_calc(list(names), judgements, filled):
        figures[each.query_id][names[each.measure]] = float(each.value)
    return figures


def mean(figures: Figures) -> dict[str, float]:
    """Return each measure's mean over the queries; empty when there is none."""
    if not figures:
        return {}
    return {
        name: sum(figures[query][name] for query in sorted(figures)) / len(figures)
        for name in MEASURES
    }


def among(passages: Iterable[Mapping[str, Any]]) -> Callable[[Sequence[Source]], set[str]]:
    """Return how to list the relevant ones of these passages."""
    pages: dict[str, list[Mapping[str, Any]]] = {}
    for passage in passages:
        pages.setdefault(passage["page"], []).append(passage)

    def relevant(sources: Sequence[Source]) -> set[str]:
        near = [passage for source in sources for passage in pages.get(source.page, [])]
        return {passage_id(passage) for passage in near if holds(passage, sources)}

    return relevant


def searched(search: Search) -> Callable[[Sequence[Source]], set[str]]:
    """Return how to list relevant passages where only a search is there: look for the snippets."""

    def relevant(sources: Sequence[Source]) -> set[str]:
        hits = [hit for source in sources for hit in search(source.contains, DEPTH)]
        return {passage_id(hit) for hit in hits if holds(hit, sources)}

    return relevant


def passage_id(hit: Mapping[str, Any]) -> str:
    """Return what tells one passage from another: page and offsets."""
    return f"{hit['page']}:{hit['start']}-{hit['end']}"


def holds(hit: Mapping[str, Any], sources: Sequence[Source]) -> bool:
    """Return whether a passage contains the snippet of one of the sources."""
    return any(
        hit["page"] == source.page and folded(source.contains) in folded(hit["text"])
        for source in sources
    )


def _names_it(case: Case, names: Mapping[str, Sequence[str]]) -> bool:
    message = folded(case.turns[0].message)
    return any(folded(name) in message for slug in case.exercises for name in names.get(slug, ()))
