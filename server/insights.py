"""The owner's view at ``/insights``: off without a key, kept by nobody, found by no search engine.

Jinja2 escapes everything; what visitors wrote is shown as text and never as anything else.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.gaps import Gap
from server.door import Door, OpenDoor
from server.insights_figures import KINDS, Figures, figures_of
from server.insights_key import admit
from server.insights_plots import in_words, questions_plot, seconds_plot
from server.pages_html import render
from server.problems import FieldError, Problem, Refused

PERIODS = (7, 30, 90)
MOST_GAPS = 20
REASONS = {
    "unknown_exercise": "No page",
    "missing_fact": "The page does not say it",
    "voted_down": "Answered, but voted down",
    "outside": "Outside the pages",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}

routes = APIRouter(include_in_schema=False)


@routes.get("/insights")
async def insights(request: Request, door: OpenDoor) -> HTMLResponse:
    """Show what was asked, what was not answered, what was voted and what was slow."""
    key = door.settings.insights_key
    if key is None:
        raise Refused(Problem("not_found", "There is nothing at this path."))
    admit(request, key.get_secret_value(), door.guesses)
    days = _period(request.query_params.get("days", "30"))
    figures, gaps = await door.call(_look_back, door, days)
    return render(
        "insights.html",
        headers=_HEADERS,
        days=days,
        periods=PERIODS,
        figures=figures,
        gaps=[gap for gap in gaps if gap.reason != "outside"][:MOST_GAPS],
        outside=[gap for gap in gaps if gap.reason == "outside"][:MOST_GAPS],
        kinds=KINDS,
        reasons=REASONS,
        questions=questions_plot(figures.days),
        seconds=seconds_plot(figures.days),
        in_words=in_words,
    )


def _look_back(door: Door, days: int) -> tuple[Figures, list[Gap]]:
    today = datetime.now(UTC).date()
    asked = door.assistant.asked((today - timedelta(days=days - 1)).isoformat())
    return figures_of(asked, today, days), door.assistant.gaps(asked)


def _period(text: str) -> int:
    if text not in map(str, PERIODS):
        allowed = "7, 30 or 90"
        fault = FieldError("days", "is no period of this page", allowed)
        detail = f"days {fault.message}; allowed: {allowed}."
        raise Refused(Problem("invalid_request", detail, errors=(fault,)))
    return int(text)
