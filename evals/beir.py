"""BEIR-style folders: our retriever measured on anybody's ``corpus.jsonl``, queries and qrels.

``corpus.jsonl`` has ``_id``, ``title``, ``text``; ``queries.jsonl`` has ``_id``, ``text``;
``qrels/*.tsv`` has a heading line and then query id, document id, grade.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.asking import Search
from evals.baselines import dense_search, lexical_search
from evals.cases import BadCase
from evals.evaluating import Progress
from evals.indexing import indexed
from evals.retrieving import DEPTH, Figures, mean, measured

MOST_CHARACTERS = 1_000  # of a query, as of a question


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents (title, text) and queries by id, and grades by query and document."""

    name: str
    documents: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path) -> Collection:
    """Return a folder's collection; queries without a judgement are left out. Raises BadCase."""
    documents = {
        _text(each, "_id", where): (str(each.get("title") or ""), _text(each, "text", where))
        for where, each in _objects(folder / "corpus.jsonl")
    }
    queries = {
        _text(each, "_id", where): _text(each, "text", where)
        for where, each in _objects(folder / "queries.jsonl")
    }
    judgements: dict[str, dict[str, int]] = {}
    for path in _qrels(folder):
        for where, (query, document, grade) in _rows(path):
            if query not in queries:
                raise BadCase(f"{where}: queries.jsonl has no query {query!r}")
            if document not in documents:
                raise BadCase(f"{where}: corpus.jsonl has no document {document!r}")
            judgements.setdefault(query, {})[document] = grade
    asked = {query: queries[query] for query in judgements}
    return Collection(folder.resolve().name, documents, asked, judgements)


def write_pages(collection: Collection, folder: Path) -> dict[str, str]:
    """Write each document as a page that can be ingested; return document ids by slug."""
    folder.mkdir(parents=True, exist_ok=True)
    slugs: dict[str, str] = {}
    width = len(str(len(collection.documents)))
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
        for number, (name, (title, text)) in enumerate(collection.documents.items()):
            slug = f"document-{number:0{width}}"
            slugs[slug] = name
            page = {"slug": slug, "title": title.strip() or f"Document {number}", "text": text}
            file.write(json.dumps(page, ensure_ascii=False) + "\n")
    return slugs


def judge_folder(
    collection: Collection, data: Path | None, progress: Progress
) -> dict[str, dict[str, float]]:
    """Index the documents for the moment; return mean measures of the search and of its halves."""
    with TemporaryDirectory(prefix="evals-") as folder:
        slugs = write_pages(collection, Path(folder))
        with indexed([Path(folder)], data, strict=False) as parts:
            ways = {
                "assistant": parts.door().search,
                "dense": lambda query, k: dense_search(parts, query, k),
                "BM25": lambda query, k: lexical_search(parts, query, k),
            }
            figures = {
                name: mean(judge_collection(collection, search, slugs, progress))
                for name, search in ways.items()
            }
            indexed_share = len(parts.assistant.pages()) / len(slugs)
    return {name: {**found, "indexed": indexed_share} for name, found in figures.items()}


def judge_collection(
    collection: Collection, search: Search, slugs: Mapping[str, str], progress: Progress
) -> Figures:
    """Return the measures of each query; a document stands where its best passage does."""
    run: dict[str, dict[str, float]] = {}
    for query in progress(sorted(collection.queries), collection.name):
        hits = search(collection.queries[query][:MOST_CHARACTERS], 8 * DEPTH)
        ranked = dict.fromkeys(slugs[hit["page"]] for hit in hits)
        run[query] = {name: float(-rank) for rank, name in enumerate(list(ranked)[:DEPTH])}
    return measured(collection.judgements, run)


def _objects(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for number, line in enumerate(_open(path).splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadCase(f"{where}: not JSON: {error.msg}") from error
        if not isinstance(found, dict):
            raise BadCase(f"{where}: not an object")
        yield where, found


def _text(found: Mapping[str, object], name: str, where: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadCase(f"{where}: {name} must be a text that is not empty")
    return value


def _qrels(folder: Path) -> list[Path]:
    """Return the judgements: the test split where there is one, else every file."""
    files = sorted((folder / "qrels").glob("*.tsv"))
    if not files:
        raise BadCase(f"{folder / 'qrels'} has no .tsv file")
    return [path for path in files if path.stem == "test"] or files


def _rows(path: Path) -> Iterator[tuple[str, tuple[str, str, int]]]:
    rows = csv.reader(_open(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(rows, 1):
        if number == 1 and row and not row[-1].strip().lstrip("-").isdigit():
            continue
        if not row:
            continue
        if len(row) != 3 or not row[2].strip().lstrip("-").isdigit():
            raise BadCase(f"{path}:{number}: wanted query id, document id and grade, tab between")
        yield f"{path}:{number}", (row[0], row[1], int(row[2]))


def _open(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise BadCase(f"{path} is missing; a BEIR folder has it") from error
