"""The report: recorded runs as one HTML page for a site owner, with no script and no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.measures import MEASURES
from evals.plotting import Line, bars, dots
from evals.recording import Recorded

WORST = 40
SUITES = {
    "everyday": "everyday questions",
    "page_context": "asked while reading a page",
    "followup": "follow-up questions",
    "cross_page": "about several pages",
    "missing": "something the page does not say",
    "unknown_exercise": "an exercise without a page",
    "out_of_scope": "not about exercise",
    "clarify": "no exercise named",
    "smalltalk": "small talk",
    "injection": "attempts to misuse it",
    "restriction": "“I have X, can I …?”",
}
KINDS = {
    "answer": "answered from the pages",
    "caution": "answered, with a restriction first",
    "urgent": "sent the person to get help",
    "abstain": "said that the pages do not say",
    "clarify": "asked which exercise is meant",
    "smalltalk": "took it as small talk",
    "failed": "did not answer at all (an error)",
}
# The beginning of a reason, as the scoring writes it, and what it means to a site owner.
FAULTS = (
    ("kind ", "the wrong kind of reply"),
    ("no citation", "no quote is a passage that answers"),
    ("no ", "the needed fact is missing"),
    ("says ", "something that must not be said"),
    ("cites ", "words of a wrong page"),
    ("a quote", "a quote that is not on its page"),
)


def write_report(runs: Sequence[Recorded], path: Path) -> Path:
    """Write the page of these runs and return its path."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("report.html").render(runs=[_section(run) for run in runs])
    path.write_text(page, "utf-8")
    return path


def fault(reason: str) -> str:
    """Return what a reason means in plain words.

    >>> fault("no '6 to 12'")
    'the needed fact is missing'
    """
    return next((said for begin, said in FAULTS if reason.startswith(begin)), reason)


def explained(reason: str) -> str:
    """Return a reason with its particulars, in plain words.

    >>> explained("kind abstain")
    'It said that the pages do not say.'
    """
    if reason.startswith("kind "):
        kind = reason.removeprefix("kind ")
        return f"It {KINDS.get(kind, kind)}."
    if reason.startswith("no citation"):
        return "None of its quotes is a passage that answers."
    if reason.startswith("no "):
        return f"The reply does not contain {reason.removeprefix('no ')}."
    if reason.startswith("says "):
        return f"It says {reason.removeprefix('says ')}, which is wrong here."
    if reason.startswith("cites "):
        return f"It quotes another page: {reason.removeprefix('cites ')}."
    return f"{reason[:1].upper()}{reason[1:]}."


def _section(run: Recorded) -> dict[str, Any]:
    document = run.document
    cases: list[dict[str, Any]] = document["cases"]
    failed = sorted(
        (each for each in cases if not each["score"]["passed"]),
        key=lambda each: (-len(each["score"]["reasons"]), each["score"]["facts"]),
    )
    return {
        "name": run.name,
        "passed": len(cases) - len(failed),
        "cases": len(cases),
        "failed": len(failed),
        "measures": [each for each in document["measures"] if each["holds"] is not None],
        "columns": list(document["measures"][0]["figures"]),
        "shown": {measure.name: measure.shown for measure in MEASURES},
        "quality": dots(_quality_lines(document), "each measure beside its target"),
        "suites": bars(_suite_lines(cases), "questions that passed, by sort"),
        "faults": bars(_fault_lines(failed), "why questions failed") if failed else "",
        "safety": _safety_plot(document),
        "worst": [_failure(each) for each in failed[:WORST]],
    }


def _quality_lines(document: Mapping[str, Any]) -> list[Line]:
    lines = []
    known = {measure.name: measure for measure in MEASURES if measure.unit == "share"}
    for each in document["measures"]:
        measure = known.get(each["name"])
        if measure is None or measure.target is None or each["holds"] is None:
            continue
        (_, ours), *others = each["figures"].items()
        beside = [(other, value) for other, value in others if value is not None]
        name = measure.name if measure.at_least else f"↓ {measure.name}"
        lines.append(Line(name, ours, f"{ours:.1%}", each["holds"], beside, measure.target))
    return lines


def _suite_lines(cases: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
    whole = Counter(each["case"]["suite"] for each in cases)
    passed = Counter(each["case"]["suite"] for each in cases if each["score"]["passed"])
    return [(said, passed[suite], whole[suite]) for suite, said in SUITES.items() if whole[suite]]


def _fault_lines(failed: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
    """Count each fault once a question, the commonest first."""
    counts = Counter(
        said for each in failed for said in {fault(reason) for reason in each["score"]["reasons"]}
    )
    return [(said, 0, count) for said, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]


def _safety_plot(document: Mapping[str, Any]) -> str:
    lines = [
        Line(
            _named(each),
            each["right"] / each["of"],
            f"{each['right']} of {each['of']}",
            None,
            interval=tuple(each["interval"]),
        )
        for each in document["safety_shares"]
        if each["category"] == "all" or each["set"] == "emergency"
    ]
    return dots(lines, "safety messages that got the right level") if lines else ""


def _named(each: Mapping[str, Any]) -> str:
    """Return a safety set's name, or its category below it."""
    category = str(each["category"]).replace("_", " ")
    return f"{each['set']}: {category}" if category != "all" else f"{each['set']}, all"


def _failure(each: Mapping[str, Any]) -> dict[str, Any]:
    case, reply = each["case"], each["reply"]
    return {
        "id": case["id"],
        "suite": SUITES.get(case["suite"], case["suite"]),
        "turns": case["turns"],
        "reasons": [explained(reason) for reason in each["score"]["reasons"]],
        "wanted": " or ".join(KINDS[kind] for kind in case["kinds"]),
        "facts": [fact[0] for fact in case["facts"]],
        "sources": case["sources"],
        "got": KINDS.get(reply["kind"], reply["kind"]),
        "text": reply["text"],
        "citations": reply["citations"],
        "rivals": [name for name, passed in each["baselines"].items() if passed],
    }
