"""What the check hands out: findings, each with its place and its mending, and their sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule has seen: its own name, the line (from 1), what fills the message's braces."""

    rule: str
    line: int
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one file, in words."""

    file: str
    line: int
    severity: Severity
    rule: str
    found: str
    mend: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, by file and line, and how much was read."""

    files: int
    pages: int
    findings: tuple[Finding, ...]
    strict: bool = False

    @property
    def counts(self) -> dict[Severity, int]:
        """Return how many findings of each severity there are."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def failed(self) -> bool:
        """Return whether there is an error, or under the strict profile a warning."""
        counts = self.counts
        return bool(counts["error"] or (self.strict and counts["warning"]))

    def document(self) -> dict[str, object]:
        """Return the report as ``check --json`` prints it."""
        counts: dict[str, object] = {f"{name}s": count for name, count in self.counts.items()}
        return {
            "files": self.files,
            "pages": self.pages,
            "strict": self.strict,
            "failed": self.failed,
            **counts,
            "findings": [asdict(finding) for finding in self.findings],
        }
