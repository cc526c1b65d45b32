"""A tiny reader of pages: the first line is the title, the rest bullets; no parsing library.

It keeps the index's tests apart from the parser: what is tested is what ingest does with pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from assistant.domain import Page, Passage, Quarantined, Section, Span
from assistant.index.reading import Known, Reader, Remembered
from assistant.settings import Settings

MODEL = "hashing-48"


class CountingReader:
    """Reads ``*.txt`` below the given paths, and counts what it had to parse."""

    def __init__(self) -> None:
        self.parsed: list[str] = []

    def read(self, paths: Sequence[Path], known: Known) -> Iterator[Remembered]:
        for path in sorted(file for given in paths for file in _files(given)):
            content = path.read_bytes()
            digest = sha256(content).hexdigest()
            if found := known(str(path), digest):
                yield found
                continue
            self.parsed.append(path.name)
            yield _parse(path, content, digest)

    def reader(self, version: str = "1") -> Reader:
        return Reader(version, self.read, passages_of, embedding_text, unit_texts)


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else list(path.rglob("*.txt"))


def _parse(path: Path, content: bytes, digest: str) -> Remembered:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        held = Quarantined(str(path), "it is not UTF-8", "Save it as UTF-8.")
        return Remembered(str(path), digest, (), (held,))
    title, _, body = text.partition("\n")
    if not body.strip():
        held = Quarantined(str(path), "it has no text", "Write some.")
        return Remembered(str(path), digest, (), (held,))
    sections = _sections(text, len(title) + 1)
    aliases = (f"{title} exercise",)
    facts = {"level": "beginner", "equipment": ("wall", "mat ½"), "muscles": (f"{title} muscle",)}
    page = Page(path.stem, title, text, sections, aliases=aliases, source=str(path), **facts)
    return Remembered(str(path), digest, (page,), ())


def _sections(text: str, start: int) -> tuple[Section, ...]:
    """Every paragraph is a section whose first line is its heading."""
    sections = []
    for block in text[start:].split("\n\n"):
        heading, _, body = block.partition("\n")
        if body.strip():
            at = start + len(heading) + 1
            end = at + len(body.rstrip("\n"))
            sections.append(Section("tips", heading, at, end))
        start += len(block) + 2
    return tuple(sections)


def passages_of(page: Page) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            f"{page.slug}#{number}",
            page.slug,
            page.title,
            section.kind,
            section.heading,
            page.text[section.start : section.end],
            section.start,
            section.end,
            _lines(page.text, section.start, section.end),
        )
        for number, section in enumerate(page.sections)
    )


def _lines(text: str, start: int, end: int) -> tuple[Span, ...]:
    spans = []
    for line in text[start:end].split("\n"):
        if line:
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(spans)


def embedding_text(page: Page, passage: Passage) -> str:
    return "\n".join((page.title, passage.heading, passage.text))


def unit_texts(page: Page, passage: Passage) -> list[str]:
    return [page.text[span.start : span.end] for span in passage.units]


VERBS = ("lift", "lower", "hold", "rotate", "press", "bend", "stretch", "tilt")
PARTS = ("knee", "hip", "shoulder", "ankle", "spine", "wrist", "elbow", "neck", "rib", "heel")


def write_pages(folder: Path, count: int, first: int = 0) -> Path:
    """Write ``count`` different pages of three sections."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"move-{number:04d}.txt").write_text(page_text(number), encoding="utf-8")
    return folder


def page_text(number: int) -> str:
    verb, part = VERBS[number % len(VERBS)], PARTS[number % len(PARTS)]
    return (
        f"{verb.title()} {part} {number}\n"
        f"How to do it\n{verb.title()} your {part} slowly.\n"
        f"Breathe out – count to {number + 2}.\n\n"
        f"Tips\nKeep the {part} in line.\nDo ½ of the range at first.\n\n"
        f"How many reps\nDo {number + 3} to {number + 9} repetitions on each side.\n"
    )


def settings_for(data: Path, **others: object) -> Settings:
    return Settings(data=data, **others)  # type: ignore[arg-type]
