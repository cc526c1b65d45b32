"""Static files of the widget and of the pages: small, always whole, revalidated by ETag."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from server.joining import ENTRY, integrity, joined_script


class WholeFiles(StaticFiles):
    """Starlette's static files without ranges, which only abuse asks of files this small."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as if no range had been asked for, as HTTP allows."""
        headers = [header for header in scope["headers"] if header[0] != b"range"]
        await super().__call__({**scope, "headers": headers}, receive, send)


class WidgetFiles(WholeFiles):
    """The widget: its entry is all modules joined into one script."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self._script = joined_script(folder)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the joined script, or another file as it is."""
        if path != ENTRY:
            return await super().get_response(path, scope)
        if scope["method"] != "GET":
            raise HTTPException(405)
        response = Response(self._script, media_type="text/javascript")
        response.headers["ETag"] = f'"{integrity(self._script)}"'
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response
