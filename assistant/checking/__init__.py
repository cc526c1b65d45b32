"""Lint for exercise pages: what a site owner would want to know before the pages are indexed.

Every rule is a pure function over a page and the lines of its file; texts, limits and phrases
stand in ``policy/checks.yaml``.
"""

from assistant.checking.findings import Finding, Report
from assistant.checking.running import check

__all__ = ["Finding", "Report", "check"]
