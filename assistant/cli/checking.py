"""What ``check`` prints: findings by file for people, one JSON document for programs."""

from __future__ import annotations

from itertools import groupby

from rich.text import Text

from assistant.checking import Finding, Report
from assistant.cli.showing import console, print_json

INDENT = " " * 17
STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def show_findings(report: Report, as_json: bool) -> None:
    """Print the findings grouped by file, then one line with their counts."""
    if as_json:
        print_json(report.document())
        return
    out = console()
    for file, findings in groupby(report.findings, key=lambda finding: finding.file):
        out.print(Text(file, style="bold"))
        for finding in findings:
            out.print(head(finding))
            out.print(Text(INDENT + finding.mend, style="dim"))
        out.print()
    out.print(Text(summary(report), style="red" if report.failed else "green"))


def head(finding: Finding) -> Text:
    """Return the first line of a finding: its line, severity, what was found, the rule's name."""
    line = Text(f"{finding.line:>6}  ", style="dim")
    line.append(f"{finding.severity:<9}", style=STYLES[finding.severity])
    return line.append(finding.found).append(f"  {finding.rule}", style="dim")


def summary(report: Report) -> str:
    """Return how many pages were read and what was found.

    >>> summary(Report(2, 2, ()))
    '2 pages in 2 files: 0 errors, 0 warnings, 0 notes.'
    """
    counts = ", ".join(counted(count, name) for name, count in report.counts.items())
    return f"{counted(report.pages, 'page')} in {counted(report.files, 'file')}: {counts}."


def counted(count: int, name: str) -> str:
    """Return a number with its noun."""
    return f"{count:,} {name}" + ("" if count == 1 else "s")
