"""Builds the application: everything is passed in, and importing this does nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Match

from assistant.errors import AssistantError
from server import asking_html, embed_html, health, insights, pages_html, routes
from server.door import Door
from server.files import WholeFiles, WidgetFiles
from server.headers import CaughtErrors, SafeHeaders, SharedWithSites
from server.limits import LimitedRequests, RequestLimits
from server.openapi import document
from server.problems import Problem, Refused, answer_problem
from server.problems_html import ProblemPages
from server.reading import query_problem
from server.release import release
from server.settings import ServerSettings
from server.threads import Threads

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

_ROUTERS = (
    routes.routes,
    health.routes,
    pages_html.routes,
    asking_html.routes,
    embed_html.routes,
    insights.routes,
)
_ABOUT = "Answers questions about exercises from a site's own pages, each sentence cited."


def create_app(
    assistant: Assistant,
    settings: ServerSettings,
    on_stop: Callable[[], None] | None = None,
) -> FastAPI:
    """Return the application over an open assistant; ``on_stop`` is called after all requests."""
    app = FastAPI(
        title="Exercise assistant",
        version=release(),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=_middleware(settings),
        lifespan=partial(_lifespan, on_stop=on_stop),
    )
    app.state.door = Door(assistant, Threads(settings.threads, settings.waiting), settings)
    for router in _ROUTERS:
        app.include_router(router)
    app.mount("/widget/1", WidgetFiles(pages_html.HERE / "widget"))
    app.mount("/static", WholeFiles(directory=pages_html.HERE / "static"))
    app.openapi = partial(document, app)  # type: ignore[method-assign]
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused_by_router)
    app.add_exception_handler(AssistantError, answer_problem)
    app.add_exception_handler(Refused, answer_problem)
    return app


def _middleware(settings: ServerSettings) -> list[Middleware]:
    """Return what stands before the routes, outermost first."""
    limits = RequestLimits(settings.body_bytes, settings.body_seconds)
    return [
        Middleware(SafeHeaders),
        Middleware(SharedWithSites, origins=settings.cors_origins),
        Middleware(ProblemPages),
        Middleware(CaughtErrors),
        Middleware(LimitedRequests, limits=limits),
    ]


@asynccontextmanager
async def _lifespan(app: FastAPI, on_stop: Callable[[], None] | None) -> AsyncIterator[None]:
    yield
    app.state.door.threads.close()
    if on_stop is not None:
        on_stop()


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return query_problem(error.errors()).response()


async def _refused_by_router(request: Request, error: Exception) -> Response:
    """Answer for Starlette's own 404 and 405, whose text is not for our readers."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return Problem("not_found", "There is nothing at this path.").response()
    if error.status_code == 405:
        allowed = ", ".join(sorted(_methods(request)))
        detail = f"{request.method[:20]} is not allowed here."
        return Problem("method_not_allowed", detail, headers={"Allow": allowed}).response()
    return Problem("bad_request", "The request cannot be read.").response()


def _methods(request: Request) -> set[str]:
    """Return what every route at this path allows; Starlette names the first route's only."""
    methods: set[str] = set()
    for route in chain.from_iterable(router.routes for router in _ROUTERS):
        if route.matches(request.scope)[0] is not Match.NONE:
            methods |= getattr(route, "methods", set())
    methods = methods or {"GET"}  # static files
    return methods | ({"HEAD"} if "GET" in methods else set())
