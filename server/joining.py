"""The widget's modules as one script, so that one ``integrity`` covers every byte of it.

Example: ``exercise-chat.js`` imports ``dom.js``; the script is the text of ``dom.js`` and then that
of ``exercise-chat.js``, without the words ``import`` and ``export``, comments, indentation,
and the line breaks and spaces of the style sheet that mean nothing.
Nothing is built beforehand: the server joins the files when it starts.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

ENTRY = "exercise-chat.js"
_IMPORT = re.compile(r'^import .* from "\./(.+)";\n', re.MULTILINE)
_LEFT_OUT = re.compile(
    r"^\s*/\*\*.*?\*/\n|^\s*// [^\n]*\n|^export (?=\w)|^[ \t]+|^\n", re.MULTILINE | re.DOTALL
)
_BREAK = re.compile(r",?\n(?=[)}\]])|(?<=[({\[,;])\n| (?=(?:=|=>|===|&&|\|\|) )|(?<=[=&|>]) ")
_SHEET = re.compile(r"(?<=replaceSync\(`).*?(?=`\))", re.DOTALL)
_SPACE = re.compile(r"(?<=[{};,:])\s+|\s+(?=[{}])|;\s*(?=\})")


@cache  # so that a page's ``integrity`` is that of the script served, whatever became of the files
def joined_script(folder: Path) -> bytes:
    """Return the entry module behind everything that it imports, each module once."""
    return "".join(_modules(folder, ENTRY, set())).encode()


def integrity(script: bytes) -> str:
    """Return the value of the ``integrity`` attribute: SHA-384 in base64."""
    return "sha384-" + b64encode(hashlib.sha384(script).digest()).decode()


def _modules(folder: Path, name: str, seen: set[str]) -> list[str]:
    """Return the texts that a module needs, in the order of their use, itself last."""
    if name in seen:
        return []
    seen.add(name)
    text = (folder / name).read_text("utf-8")
    before = [part for other in _IMPORT.findall(text) for part in _modules(folder, other, seen)]
    text = _BREAK.sub("", _LEFT_OUT.sub("", _IMPORT.sub("", text)))
    return [*before, _SHEET.sub(lambda sheet: _SPACE.sub("", sheet[0]), text)]
