"""Bytes to text: byte order marks, UTF-8, a declared charset, then Windows-1252; never binary."""

from __future__ import annotations

import re

from assistant.pages.blocks import Rejected

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
BINARY = (
    (b"\x1f\x8b", "gzip data"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"\x7fELF", "a program"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"SQLite format 3", "a database"),
)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.I)
CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
ADVICE = "Save the page as UTF-8 text, or leave the file out."


def decode(data: bytes) -> str:
    """Return the text of a file; raises Rejected when it is empty or binary."""
    if not data.strip(b"\x00 \t\r\n\f"):
        raise Rejected("The file is empty.", "Put the page's text into it, or remove it.")
    for magic, name in BINARY:
        if data.startswith(magic):
            raise Rejected(f"The file is not text but {name}.", ADVICE)
    text = decoded(data)
    sample = text[:200_000]
    if len(CONTROLS.findall(sample)) + sample.count("\x00") // 4 > len(sample) // 50 + 2:
        raise Rejected("The file is binary, not text.", ADVICE)
    text = text.replace("\uf0b7", "•")  # a word processor's bullet, private to its symbol font
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes) -> str:
    """Return the text in the first encoding that fits."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = unmarked_utf16(data[:4096])
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decoded_otherwise(data)


def unmarked_utf16(sample: bytes) -> str | None:
    """Return the UTF-16 byte order when every other byte of mostly Latin text is NUL."""
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


def decoded_otherwise(data: bytes) -> str:
    """Return text that is not valid UTF-8: declared, nearly UTF-8, or Windows-1252."""
    declared = CHARSET.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii").lower()
        if name.replace("_", "-") not in ("utf-8", "utf8"):
            try:
                return data.decode("cp1252" if name in ("iso-8859-1", "latin1") else name)
            except (LookupError, UnicodeDecodeError):
                pass
    nearly = data.decode("utf-8", errors="replace")
    broken = nearly.count("\ufffd")
    fine = sum(1 for character in nearly if character > "\x7f") - broken
    if fine > 2 * broken:
        return nearly
    return data.decode("cp1252", errors="replace")
