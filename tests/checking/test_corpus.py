"""The pages of this repository keep to their brief."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.checking import check
from assistant.checking.policy import read_checks
from assistant.domain import Page
from assistant.pages import read_sources

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
KINDS = {"instructions", "tips", "breathing", "restrictions", "description", "faq"}
AMOUNT = re.compile(
    r"\b\d+(?: to \d+)? (?:[a-z-]+ ){0,3}"
    r"(?:reps?|repetitions?|seconds?|minutes?|breaths?|rounds?|times|per side|per leg|steps?)\b"
)
SETS = re.compile(r"\b(?:sets?|rounds?|times|repeat|repeated)\b")
OFTEN = re.compile(r"\b(?:(?:days?|times|once|twice) a (?:week|day)|every (?:other )?day|daily)\b")


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    results = list(read_sources([CORPUS]))
    assert [each for result in results for each in result.quarantined] == []
    return [page for result in results for page in result.pages]


def bodies(page: Page, kind: str) -> list[str]:
    return [page.text[s.start : s.end] for s in page.sections if s.kind == kind]


def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")))


def test_the_strict_check_finds_no_error_and_no_warning() -> None:
    report = check([CORPUS], strict=True)
    told = [f"{f.file}:{f.line} {f.found}" for f in report.findings if f.severity != "note"]
    assert told == []
    assert report.pages == len([p for p in CORPUS.glob("*.md") if p.stem.islower()])


def test_no_sentence_of_eight_words_stands_on_two_pages(pages: list[Page]) -> None:
    allowed = {words_of(phrase) for phrase in read_checks().listed("set_phrases")}
    owners: dict[tuple[str, ...], str] = {}
    repeated = []
    for page in pages:
        written = [s for s in page.sections if s.kind not in ("equipment", "other")]
        texts = [f"{s.heading}\n{page.text[s.start : s.end]}" for s in written]
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", "\n".join(texts)):
            key = words_of(sentence)
            if len(key) >= 8 and key not in allowed:
                owner = owners.setdefault(key, page.slug)
                repeated += [(sentence, owner, page.slug)] if owner != page.slug else []
    assert repeated == []


def test_each_page_has_all_sections_restrictions_and_questions(pages: list[Page]) -> None:
    for page in pages:
        assert {section.kind for section in page.sections} >= KINDS, page.slug
        bullets = [line for body in bodies(page, "restrictions") for line in body.split("\n")]
        assert len(bullets) >= 4, page.slug
        answers = bodies(page, "faq")
        assert len(answers) >= 5, page.slug
        assert all(len(words_of(answer)) >= 15 for answer in answers), page.slug


def test_each_page_says_how_much_and_how_often(pages: list[Page]) -> None:
    for page in pages:
        for pattern in (AMOUNT, SETS, OFTEN):
            assert pattern.search(page.text), (page.slug, pattern.pattern)


def test_every_heading_of_a_file_is_a_section_with_its_text(pages: list[Page]) -> None:
    for page in pages:
        text = (CORPUS / f"{page.slug}.md").read_text("utf-8")
        asked = re.findall(r"^### (.+)$", text, re.M)
        assert [s.heading for s in page.sections if s.kind == "faq"] == asked
