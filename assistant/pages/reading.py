"""Files to pages: unchanged ones from memory, the others through the child process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.domain import Page, Quarantined
from assistant.pages.duplicates import Seen
from assistant.pages.line_kinds import WEIGHTS
from assistant.pages.messages import page_of
from assistant.pages.policy import FOLDER
from assistant.pages.process import ChildFailed, ParserProcess
from assistant.pages.sources import SUFFIXES, Limits, SourceResult, find_sources, source_name

Known = Callable[[str, str], SourceResult | None]
BATCH_RECORDS = 200
BATCH_BYTES = 1 << 20
CHUNK = 1 << 20
POLICIES = ("headings", "furniture", "naming", "sentences", "html")


def read_sources(
    paths: Sequence[Path], *, limits: Limits | None = None, known: Known | None = None
) -> Iterator[SourceResult]:
    """Yield what each file among the paths gives, in the order of their names.

    Args:
        paths: files and folders, as ``find_sources`` takes them.
        limits: what one file may cost.
        known: gives the earlier result for a source and its ``sha256``, so that an unchanged
            file is not parsed again; a result with quarantined pages is not reused.

    Raises:
        SourceError: when a path does not exist.
    """
    limits = limits or Limits()
    seen = Seen()
    files = find_sources(paths)
    with ParserProcess(limits) as process:
        for file in files:
            yield seen.checked(read_source(file, process, limits, known))


def read_source(
    file: Path, process: ParserProcess, limits: Limits, known: Known | None
) -> SourceResult:
    """Return what one file gives, without regard to the others."""
    source = source_name(file)
    try:
        refusal = refused(file, limits)
        if refusal:
            return SourceResult(source, "", (), (Quarantined(source, *refusal),))
        digest = digest_of(file)
        earlier = known(source, digest) if known else None
        if earlier is not None and not earlier.quarantined:
            return earlier
        if file.suffix.lower() == ".jsonl":
            return collected(source, digest, line_outcomes(file, source, process, limits))
        return collected(source, digest, file_outcomes(file, source, process, limits))
    except OSError as error:
        reason = f"It cannot be read: {error.strerror or error}."
        return SourceResult(
            source, "", (), (Quarantined(source, reason, "Check the file and its permissions."),)
        )


def refused(file: Path, limits: Limits) -> tuple[str, str] | None:
    """Return why a file is not even opened, and the advice, or nothing."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        named = f"Its ending {suffix!r} is none" if suffix else "It has no ending"
        return (
            f"{named} of a page's format.",
            "Name it .txt, .md, .html, .json or .jsonl by what it is.",
        )
    if not file.is_file():
        return "It is no regular file.", "Point to a file or a folder of pages."
    most = {".json": limits.json_bytes, ".jsonl": limits.jsonl_bytes}.get(suffix, limits.page_bytes)
    size = file.stat().st_size
    if size <= most:
        return None
    advice = (
        "Write one record a line into a .jsonl file."
        if suffix == ".json"
        else "Split it, or leave it out."
    )
    return f"It has {size:,} bytes, more than the {most:,} allowed.", advice


def parser_files() -> list[Path]:
    """Return the code and policy that turn a file into a page."""
    return [
        *sorted(Path(__file__).parent.glob("*.py")),
        *(FOLDER / f"{name}.yaml" for name in POLICIES),
        FOLDER / f"{WEIGHTS}.json",
    ]


@cache
def parser_version() -> str:
    """Return the sha256 of ``parser_files``."""
    return sha256(b"\0".join(file.read_bytes() for file in parser_files())).hexdigest()


def digest_of(file: Path) -> str:
    """Return the sha256 over the parser's version and the file's bytes."""
    digest = sha256(parser_version().encode())
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def collected(source: str, digest: str, outcomes: Iterator[dict[str, Any]]) -> SourceResult:
    """Return the outcomes of one file as pages and quarantined parts."""
    pages: list[Page] = []
    quarantined: list[Quarantined] = []
    for outcome in outcomes:
        if "page" in outcome:
            pages.append(page_of(outcome["page"]))
        else:
            where = place_of(source, outcome)
            quarantined.append(Quarantined(where, outcome["reason"], outcome["advice"]))
    return SourceResult(source, digest, tuple(pages), tuple(quarantined))


def place_of(source: str, outcome: dict[str, Any]) -> str:
    """Return where in a source a bad record stands: its line, or its number in a list."""
    if outcome.get("line"):
        return f"{source}:{outcome['line']}"
    return f"{source} (record {outcome['record']})" if outcome.get("record") else source


def file_outcomes(
    file: Path, source: str, process: ParserProcess, limits: Limits
) -> Iterator[dict[str, Any]]:
    """Yield the outcomes of a file that is read as a whole."""
    kind = "json" if file.suffix.lower() == ".json" else "page"
    header = {"kind": kind, "source": source, "name": file.name, "most": limits.page_bytes}
    try:
        yield from process.ask(header, file.read_bytes())
    except ChildFailed as failure:
        yield {"reason": failure.reason, "advice": failure.advice}


def line_outcomes(
    file: Path, source: str, process: ParserProcess, limits: Limits
) -> Iterator[dict[str, Any]]:
    """Yield the outcomes of the records of a ``.jsonl`` file, many a request."""
    batch: list[tuple[int, bytes]] = []
    size = found = 0
    for number, line in lines_of(file, limits.page_bytes):
        found += 1
        if line is None:
            yield {
                "reason": f"Its record has more than {limits.page_bytes:,} bytes.",
                "advice": "Split it.",
                "line": number,
            }
            continue
        batch.append((number, line))
        size += len(line)
        if len(batch) >= BATCH_RECORDS or size >= BATCH_BYTES:
            yield from batch_outcomes(batch, source, process)
            batch, size = [], 0
    yield from batch_outcomes(batch, source, process)
    if not found:
        yield {"reason": "The file is empty.", "advice": "Put records into it, or remove it."}


def batch_outcomes(
    batch: list[tuple[int, bytes]], source: str, process: ParserProcess
) -> Iterator[dict[str, Any]]:
    """Yield the outcomes of some records; when they fail together, each is tried alone."""
    if not batch:
        return
    header = {"kind": "lines", "source": source, "lines": [number for number, _ in batch]}
    try:
        yield from process.ask(header, b"\n".join(line for _, line in batch))
    except ChildFailed as failure:
        if len(batch) == 1:
            yield {"reason": failure.reason, "advice": failure.advice, "line": batch[0][0]}
            return
        half = len(batch) // 2
        yield from batch_outcomes(batch[:half], source, process)
        yield from batch_outcomes(batch[half:], source, process)


def lines_of(file: Path, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number, line) of the lines with something on them; None for one that is too long."""
    with file.open("rb") as stream:
        number = 0
        while line := stream.readline(most + 1):
            number += 1
            if len(line) > most and not line.endswith(b"\n"):
                while (rest := stream.readline(CHUNK)) and not rest.endswith(b"\n"):
                    pass
                yield number, None
            elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield number, line.rstrip(b"\r\n")
