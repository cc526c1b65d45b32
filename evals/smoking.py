"""The smoke suite: some development cases against a committed baseline, for every test run."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.asking import Door, Opened
from evals.cases import BadCase, Case, read_cases
from evals.comparing import ALPHA, exact
from evals.evaluating import DATASETS, all_passages, names_of
from evals.retrieving import among, judge, mean, queries
from evals.running import run

BASELINE = Path(__file__).parent / "results" / "smoke-baseline.json"
RENEW = "python -m evals baseline"
EACH_SUITE = 8
MOST_LOST = 3  # cases, net of those won: less than that is a trade that a change may make
MOST_NDCG = 0.01


@dataclass(frozen=True, slots=True)
class Smoke:
    """What passed by case id, why the others did not, and mean nDCG@10 of the search."""

    passed: Mapping[str, bool]
    reasons: Mapping[str, str]
    ndcg: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the smoke suite is red, and everything that a reader needs to see why."""

    red: bool
    lines: tuple[str, ...]

    def __str__(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines)


def development_cases() -> list[Case]:
    """Return every development case; the test split has no part in the smoke suite."""
    return [case for name in ("dev", "dev2") for case in read_cases(DATASETS / f"{name}.jsonl")]


def smoke_cases() -> list[Case]:
    """Return at most ``EACH_SUITE`` cases of each suite, spread evenly over the files."""
    suites: dict[str, list[Case]] = defaultdict(list)
    for case in development_cases():
        suites[case.suite].append(case)
    return [case for suite in sorted(suites) for case in spread(suites[suite], EACH_SUITE)]


def spread(cases: list[Case], most: int) -> list[Case]:
    """Return at most ``most`` of the cases, evenly spaced, the first always among them."""
    count = min(most, len(cases))
    return [cases[at * len(cases) // count] for at in range(count)]


def smoke(parts: Opened, door: Door | None = None) -> Smoke:
    """Ask the smoke cases and judge the search on every development query."""
    asked = door or parts.door()
    results = run(smoke_cases(), asked.ask, asked.page_text)
    found = judge(
        queries(development_cases(), names_of(parts)), asked.search, among(all_passages(parts))
    )
    return Smoke(
        {result.case.id: result.score.passed for result in results},
        {result.case.id: "; ".join(result.score.reasons) for result in results},
        mean(found).get("nDCG@10", 0.0),
    )


def write_baseline(found: Smoke, path: Path = BASELINE) -> None:
    """Make what was found the baseline."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"ndcg": round(found.ndcg, 6), "passed": dict(sorted(found.passed.items()))}
    path.write_text(json.dumps(document, indent=1) + "\n", "utf-8")


def read_baseline(path: Path = BASELINE) -> Smoke:
    """Return the committed baseline; raises BadCase with the command that makes one."""
    try:
        document = json.loads(path.read_text("utf-8"))
        return Smoke(document["passed"], {}, float(document["ndcg"]))
    except (OSError, ValueError, KeyError) as error:
        raise BadCase(f"{path} is no smoke baseline ({error}); `{RENEW}` makes one") from error


def judge_smoke(baseline: Smoke, found: Smoke) -> Verdict:
    """Return red when cases got lost, significantly or too many, or the search got worse."""
    shared = sorted(set(baseline.passed) & set(found.passed))
    if set(baseline.passed) != set(found.passed):
        return Verdict(True, (f"The smoke cases are others than the baseline's: `{RENEW}`.",))
    lost = [case for case in shared if baseline.passed[case] and not found.passed[case]]
    won = [case for case in shared if found.passed[case] and not baseline.passed[case]]
    net = len(lost) - len(won)
    beyond_chance = net > 0 and exact(len(lost), len(won)) < ALPHA
    drop = baseline.ndcg - found.ndcg
    red = net > MOST_LOST or beyond_chance or drop > MOST_NDCG
    return Verdict(
        red,
        (
            f"Smoke suite: {sum(found.passed.values())} of {len(shared)} pass, "
            f"{len(lost)} lost and {len(won)} won against the baseline; "
            f"nDCG@10 {found.ndcg:.3f}, was {baseline.ndcg:.3f}.",
            *(f"  lost {case}: {found.reasons.get(case, '')}" for case in lost),
            *(f"  won  {case}" for case in won),
            f"When the change is meant, renew the baseline: `{RENEW}`.",
        ),
    )
