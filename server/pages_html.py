"""Pages for people: the demo, the list and each exercise with the cited words marked.

Jinja2 escapes everything; no template marks anything as safe. What the templates get:

==================  =================================================================
``demo.html``       ``exercises``: slug, title and aliases of each page, by title;
                    ``filters`` that the list can be narrowed by (``server.filtering``)
``exercises.html``  the same; ``query``, and ``found``, the slugs that it and the filters find
``exercise.html``   ``page``; ``sections`` (``server.marking``); ``note``: None, or
                    why the words that the link names are not marked
``ask.html``        ``server.asking_html``: ``fields`` of the form, ``question``,
                    ``reply`` and ``failure``, each None when there is none; the reply's
                    ``lines`` (``server.lines``)
``embed.html``      ``server.embed_html``: ``snippet``, what may be chosen, ``tables``
``error.html``      ``server.problems_html``: the ``problem`` document, ``what`` and ``advice``
                    in words, ``query`` of the search box, ``near`` exercises
``insights.html``   ``server.insights``: what was asked and voted, in ``days``, as plots and lists
==================  =================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.ports import PageNames
from server.door import Door, OpenDoor
from server.filtering import chosen, filters_of, fitting
from server.joining import integrity, joined_script
from server.listing import found_slugs
from server.marking import cited_span, marked_sections

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
_HEADERS = {"Cache-Control": "no-cache"}

routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@routes.get("/")
async def demo(door: OpenDoor) -> HTMLResponse:
    """Show the demo page with the widget."""
    filters = filters_of(await door.call(door.assistant.facts))
    return render("demo.html", exercises=await by_title(door), filters=filters)


@routes.get("/exercises")
async def exercises(request: Request, door: OpenDoor) -> HTMLResponse:
    """List the pages, those hidden that the name ``q`` or a chosen fact does not find."""
    query = request.query_params.get("q", "")[:200]
    pages = await by_title(door)
    filters = chosen(filters_of(await door.call(door.assistant.facts)), request.query_params)
    found = fitting(filters, found_slugs(pages, query))
    return render("exercises.html", exercises=pages, query=query, filters=filters, found=found)


@routes.get("/exercises/{slug}")
async def exercise(request: Request, slug: str, door: OpenDoor) -> HTMLResponse:
    """Show one page, the words from ``start`` to ``end`` marked."""
    page = await door.call(door.assistant.page, slug)
    note = None
    try:
        span = cited_span(page, request.query_params.get("start"), request.query_params.get("end"))
    except ValueError as error:
        span, note = None, str(error)
    sections = marked_sections(page, span)
    if span is not None and not any(section.is_marked for section in sections):
        note = "The words that the link names stand in no section of this page."
    return render("exercise.html", page=page, sections=sections, note=note)


async def by_title(door: Door) -> list[PageNames]:
    """Return the names of all pages in the order of their titles."""
    pages: Sequence[PageNames] = await door.call(door.assistant.pages)
    return sorted(pages, key=lambda page: page.title.casefold())


def render(
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] = _HEADERS,
    **context: object,
) -> HTMLResponse:
    """Return the page that a template makes of its context, everything escaped."""
    text = templates().get_template(template).render(context)
    return HTMLResponse(text, status, headers=dict(headers))


@cache
def templates() -> Environment:
    """Return the environment of the templates, which know the integrity of the widget's script."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(HERE / "templates")
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["widget_integrity"] = integrity(joined_script(HERE / "widget"))
    return made
