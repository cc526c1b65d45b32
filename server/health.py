"""For those who run the server: is it alive, can it answer, which release is it."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from assistant.documents import status_document
from server import schemas
from server.door import OpenDoor
from server.openapi import problems
from server.problems import Problem, Refused
from server.release import NAME, release

_NO_STORE = {"Cache-Control": "no-store"}

routes = APIRouter()


@routes.get("/livez", response_model=schemas.AliveShape)
async def alive() -> Response:
    """Say that the process runs and its event loop turns."""
    return JSONResponse({"status": "alive"}, headers=_NO_STORE)


@routes.get("/readyz", response_model=schemas.ReadyShape, responses=problems())
async def ready(door: OpenDoor) -> Response:
    """Say whether questions can be answered, and what is degraded; 503 when they cannot."""
    status = await asyncio.to_thread(door.assistant.status)  # not behind waiting questions
    if not status.ready:
        detail = "; ".join(status.degraded) or "There is no index that can answer."
        raise Refused(Problem("not_ready", detail))
    return JSONResponse(status_document(status), headers=_NO_STORE)


@routes.get("/version", response_model=schemas.VersionShape)
async def version() -> Response:
    """Name the release that runs."""
    return JSONResponse({"name": NAME, "version": release()}, headers=_NO_STORE)
