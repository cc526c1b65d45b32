"""The page that a site owner copies from: snippet, look, policies, and all that the widget knows.

Example: ``/embed?mode=floating&page=plank`` shows the snippet for the corner of the plank's page.
The form asks for that address without JavaScript; ``static/embed.js`` makes the same text as one
chooses, and shows the widget in the chosen look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from server.door import OpenDoor
from server.joining import ENTRY, integrity, joined_script
from server.pages_html import HERE, by_title, render
from server.widget_facts import TABLES

# attribute -> its values, the empty one for none -> what a site owner reads.
CHOICES = {
    "mode": {
        "": "In the page, at its tag",
        "floating": "In the corner, behind a button",
    },
    "lang": {"": "As the page around it", "en": "English", "de": "Deutsch"},
    "history": {
        "": "Nothing",
        "session": "The chat, until the tab closes",
        "local": "The chat, until the reader erases it",
    },
}

# custom property without --chat- -> label; the colours that the look can change.
COLOURS = {
    "accent": "Links, numbers, send button",
    "on-accent": "Text on the send button",
    "ink": "Text",
    "soft": "Quieter text",
    "paper": "Background",
    "tint": "Behind a source",
    "line": "Hairlines",
    "mark": "Behind the cited words",
    "question": "Behind a question",
    "caution": "Behind a restriction",
}
FOLLOWS = {"question": "tint"}  # as long as it is not chosen itself
FONTS = {"font": "Font of the text", "heading-font": "Font of the title"}


@dataclass(frozen=True, slots=True)
class Size:
    """A length that the look can change, in rem; the default is the widget's own."""

    name: str
    label: str
    default: float
    least: float
    most: float
    step: float


SIZES = (
    Size("radius", "Corners", 1, 0, 2, 0.125),
    Size("size", "Size of the text", 1, 0.875, 1.25, 0.0625),
    Size("height", "Height", 44, 26, 60, 1),
    Size("width", "Width in the corner", 26, 18, 28, 0.5),
    Size("inset", "Distance from the corner", 1, 0, 3, 0.25),
)

_DEFAULT = re.compile(r"var\(--chat-([a-z-]+), light-dark\((#\w+), (#\w+)\)\)")
_SCRIPT = """\
<script type="module" src="{origin}/widget/1/{entry}"
  integrity="{integrity}" crossorigin></script>
"""

routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@routes.get("/embed")
async def embed(request: Request, door: OpenDoor) -> HTMLResponse:
    """Show the snippet for the choices in the query; what is no choice counts as none."""
    pages = await by_title(door)
    origin = door.settings.public_origin or str(request.base_url).rstrip("/")
    allowed = {"page": {page.slug for page in pages}, **CHOICES}
    asked = {name: request.query_params.get(name, "") for name in ("page", *CHOICES)}
    chosen = {name: value if value in allowed[name] else "" for name, value in asked.items()}
    return render(
        "embed.html",
        origin=origin,
        warning=origin_warning(origin),
        snippet=snippet(origin, chosen),
        exercises=pages,
        chosen=chosen,
        choices=CHOICES,
        colours=COLOURS,
        defaults=colour_defaults(),
        follows=FOLLOWS,
        fonts=FONTS,
        sizes=SIZES,
        sites=door.settings.cors_origins,
        tables=TABLES,
    )


def snippet(origin: str, chosen: Mapping[str, str]) -> str:
    """Return the script and the element with the attributes that are chosen, as HTML to copy."""
    script = _SCRIPT.format(
        origin=origin, entry=ENTRY, integrity=integrity(joined_script(HERE / "widget"))
    )
    given = {"endpoint": origin, **chosen}
    tag = "".join(f' {name}="{_escaped(value)}"' for name, value in given.items() if value)
    return f"{script}<exercise-chat{tag}></exercise-chat>"


def origin_warning(origin: str) -> str | None:
    """Return why visitors of other sites may not reach this address, or None."""
    address = urlsplit(origin)
    host = address.hostname or ""
    if host in ("localhost", "::1") or host.startswith("127."):
        return "This address is reached from this machine alone."
    if address.scheme == "http":
        return "A site on https loads nothing from an address on http."
    return None


@cache
def colour_defaults() -> dict[str, tuple[str, str]]:
    """Return the widget's own colours, light and dark, each as ``#rrggbb``."""
    sheet = (HERE / "widget" / "styles.js").read_text("utf-8")
    own = {name: (_long(light), _long(dark)) for name, light, dark in _DEFAULT.findall(sheet)}
    return own | {name: own[other] for name, other in FOLLOWS.items()}


def _long(colour: str) -> str:
    """Return ``#ffffff`` for ``#fff``: a colour field takes no other form."""
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def _escaped(value: str) -> str:
    return re.sub("[&<>\"']", lambda sign: f"&#{ord(sign[0])};", value)
