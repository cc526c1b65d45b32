"""The check from beginning to end: files to pages, pages to findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.checking.corpus_rules import corpus_rules
from assistant.checking.dose_rules import dose_rules
from assistant.checking.findings import Fault, Finding, Report
from assistant.checking.front_matter_rules import front_matter_rules
from assistant.checking.leftover_rules import leftover_rules
from assistant.checking.manuscript import Manuscript
from assistant.checking.name_rules import name_rules
from assistant.checking.policy import Policy, read_checks
from assistant.checking.question_rules import question_rules
from assistant.checking.section_rules import section_rules
from assistant.checking.source_text import SourceLine, SourceText, source_text
from assistant.checking.wording_rules import wording_rules
from assistant.domain import Page, Quarantined
from assistant.pages import Limits, SourceResult, find_sources
from assistant.pages.process import ParserProcess

PAGE_RULES = (
    front_matter_rules,
    name_rules,
    section_rules,
    question_rules,
    dose_rules,
    wording_rules,
    leftover_rules,
)
LINE = re.compile(r"\bline (\d+)")
FRONT_MATTER = "Its front matter"


def check(paths: Sequence[Path], *, strict: bool = False, limits: Limits | None = None) -> Report:
    """Return what is wrong with the pages among files and folders; nothing is indexed.

    Raises:
        SourceError: when a path does not exist or a folder cannot be read.
    """
    policy = read_checks(strict)
    limits = limits or Limits()
    files = find_sources(paths)
    findings: list[Finding] = []
    pages: list[Manuscript] = []
    with ParserProcess(limits) as process:
        for file in files:
            read, unread = read_file(file, process, limits, policy)
            pages += read
            findings += unread
    findings += judged(pages, policy)
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: (finding.file, finding.line))
    return Report(len(files), len(pages), tuple(ordered), strict)


def read_file(
    file: Path, process: ParserProcess, limits: Limits, policy: Policy
) -> tuple[list[Manuscript], list[Finding]]:
    """Return the pages of a file, and the findings for what gives no page."""
    from assistant.pages.reading import read_source

    result = read_source(file, process, limits, None)
    unread = [unread_part(each, result.source, policy) for each in result.quarantined]
    return list(manuscripts(file, result, limits)), [each for each in unread if each]


def judged(pages: Sequence[Manuscript], policy: Policy) -> list[Finding]:
    """Return what the rules find on pages and between them."""
    found = [(page, fault) for page in pages for fault in page_faults(page, policy)]
    found += corpus_rules(pages, policy)
    findings = [policy.finding(fault, page.file) for page, fault in found]
    return [finding for finding in findings if finding is not None]


def page_faults(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield what the rules for single pages find."""
    for rule in PAGE_RULES:
        yield from rule(page, policy)


def unread_part(each: Quarantined, source: str, policy: Policy) -> Finding | None:
    """Return the finding for a file or record that gives no page."""
    record = each.source.removeprefix(source).lstrip(":")
    named = LINE.search(each.reason)
    line, reason = int(named[1]) if named else 1, each.reason
    if record.isdigit() and source.lower().endswith(".jsonl"):
        line = int(record)
    elif record.isdigit():
        reason = f"record {record}: {reason}"
    rule = "broken-front-matter" if each.reason.startswith(FRONT_MATTER) else "unreadable"
    values = {"reason": reason, "advice": each.advice}
    return policy.finding(Fault(rule, max(1, line), values), source)


def manuscripts(file: Path, result: SourceResult, limits: Limits) -> Iterator[Manuscript]:
    """Yield the pages of a file beside its text."""
    if not result.pages:
        return
    suffix = file.suffix.lower()
    if suffix == ".jsonl":
        yield from line_manuscripts(file, result, limits)
        return
    from assistant.pages.decoding import decode
    from assistant.pages.front_matter import split_front_matter

    text = decode(file.read_bytes())
    source = source_text(text, suffix)
    header = split_front_matter(text)[0] if suffix == ".md" else {}
    begins = 0
    for page in result.pages:
        at = source.find(page.title, begins) or 0
        begins = at if len(result.pages) > 1 else 0
        yield Manuscript(page, result.source, source, suffix, header, begins)
        begins += 1


def line_manuscripts(file: Path, result: SourceResult, limits: Limits) -> Iterator[Manuscript]:
    """Yield the pages of a ``.jsonl`` file, each beside the line of its record."""
    from assistant.pages.decoding import decode
    from assistant.pages.reading import lines_of

    broken = {each.source.rpartition(":")[2] for each in result.quarantined}
    pages: Iterator[Page] = iter(result.pages)
    for number, line in lines_of(file, limits.page_bytes):
        if line is None or str(number) in broken:
            continue
        page = next(pages, None)
        if page is None:
            return
        strings = source_text(decode(line), ".jsonl").lines
        own = [SourceLine(number, each.text) for each in strings]
        yield Manuscript(page, result.source, SourceText(own, ""), ".jsonl")
