"""Files to pages: records, duplicates, unchanged files, encodings, what is said of bad ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.domain import Page
from assistant.pages import Limits, SourceResult, read_sources
from assistant.pages.parsing import parse_page, parse_record

PLANK = "Plank\n\nInstructions\n\n• Lie on your front.\n• Lift your hips.\n"


def read(*paths: Path) -> list[SourceResult]:
    return list(read_sources(paths))


def pages(results: list[SourceResult]) -> list[Page]:
    return [page for result in results for page in result.pages]


def reasons(results: list[SourceResult]) -> list[str]:
    return [quarantined.reason for result in results for quarantined in result.quarantined]


def record(**keys: object) -> Page:
    return parse_record(json.dumps({"title": "Clamshell", **keys}).encode(), "x")


def sections_of(page: Page) -> list[tuple[str, str, str]]:
    return [(s.kind, s.heading, page.text[s.start : s.end]) for s in page.sections]


@pytest.mark.parametrize(
    ("keys", "section"),
    [
        (
            {"instructions": ["Lie down.", "Lift."]},
            ("instructions", "Instructions", "Lie down.\nLift."),
        ),
        (
            {"instructions": "1. Lie on\n   your side.\n2. Lift."},
            ("instructions", "Instructions", "Lie on your side.\nLift."),
        ),
        (
            {"steps": [{"text": "Lie down."}, {"name": "Up", "text": "Lift."}]},
            ("instructions", "Steps", "Lie down.\nUp: Lift."),
        ),
        ({"commonMistakes": ["Rolling"]}, ("tips", "Common mistakes", "Rolling")),
        ({"breathing": {"text": "Exhale."}}, ("breathing", "Breathing", "Exhale.")),
        (
            {"contraindications": "<p>Not if:</p><ul><li>pain</li><li>fever</li></ul>"},
            ("restrictions", "Contraindications", "Not if:\npain\nfever"),
        ),
        (
            {"description": "It is small.\n\nIt helps hips."},
            ("description", "Description", "It is small.\n\nIt helps hips."),
        ),
        ({"faq": [{"question": "How many?", "answer": "Ten."}]}, ("faq", "How many?", "Ten.")),
        ({"faqs": {"How many?": "Ten."}}, ("faq", "How many?", "Ten.")),
        (
            {"sections": [{"heading": "Form cues", "items": ["Slow"]}]},
            ("tips", "Form cues", "Slow"),
        ),
        ({"sections": {"formCues": ["Slow"]}}, ("tips", "Form cues", "Slow")),
        ({"sections": [{"kind": "tips", "body": "Go slow."}]}, ("tips", "Tips", "Go slow.")),
        ({"content": "## Tips\n- Slow\n- Low"}, ("tips", "Tips", "Slow\nLow")),
        ({"html": "<h2>Tips</h2><p>Go slow.</p>"}, ("tips", "Tips", "Go slow.")),
        ({"equipment": "band"}, ("equipment", "Equipment", "Equipment: band")),
        (
            {"primaryMuscles": ["glutes"], "secondaryMuscles": ["hips"]},
            ("other", "Muscles", "Muscles: glutes, hips"),
        ),
    ],
)
def test_records_say_things_in_many_ways(
    keys: dict[str, object], section: tuple[str, str, str]
) -> None:
    assert sections_of(record(**keys)) == [section]


def test_a_json_file_is_one_record_a_list_or_a_list_under_a_key(tmp_path: Path) -> None:
    one = {"title": "One", "tips": ["Lift your hips."]}
    two = {"title": "Two", "tips": ["Bend your knees."]}
    shapes = [one, [one, two], {"exercises": [one, two]}, {"one": one, "two": two}]
    for shape in shapes:
        file = tmp_path / "pages.json"
        file.write_text(json.dumps(shape))
        titles = [page.title for page in pages(read(file))]
        assert titles == (["One"] if shape is one else ["One", "Two"])


def test_a_json_file_of_one_record_names_its_page(tmp_path: Path) -> None:
    file = tmp_path / "short-name.json"
    file.write_text(json.dumps({"title": "A much longer name", "tips": ["Lift your hips."]}))
    assert [page.slug for page in pages(read(file))] == ["short-name"]
    file.write_text(json.dumps([{"title": "One", "tips": ["Lift your hips."]}]))
    assert [page.slug for page in pages(read(file))] == ["one"]


def test_records_before_a_syntax_error_are_kept_and_the_error_has_its_place(tmp_path: Path) -> None:
    file = tmp_path / "pages.json"
    file.write_text('[{"title": "One", "tips": ["Lift your hips."]},\n {"title": }]')
    results = read(file)
    assert [page.title for page in pages(results)] == ["One"]
    assert reasons(results) == ["It is not valid JSON (Expecting value, line 2, column 12)."]


def test_a_bad_record_of_a_list_is_named_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "pages.json"
    file.write_text(json.dumps([{"title": "One", "tips": ["Lift."]}, {"tips": ["Lift."]}, 3]))
    (result,) = read(file)
    places = [quarantined.source for quarantined in result.quarantined]
    assert places == [f"{file} (record 2)", f"{file} (record 3)"]


def test_a_record_is_limited_in_size_and_the_others_are_read(tmp_path: Path) -> None:
    file = tmp_path / "pages.json"
    long = {"title": "Long", "tips": ["knee " * 1000]}
    file.write_text(json.dumps([long, {"title": "One", "tips": ["Lift."]}]))
    (result,) = read_sources([file], limits=Limits(page_bytes=2000))
    assert [page.title for page in result.pages] == ["One"]
    assert "more than 2,000 bytes" in result.quarantined[0].reason


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_records_size_is_counted_in_bytes_in_a_list_and_under_a_key(
    tmp_path: Path, wrapped: bool
) -> None:
    file = tmp_path / "pages.json"
    records = [{"title": "Long", "tips": ["жим " * 350]}]  # 1,400 characters, 2,450 bytes
    whole = {"pages": records} if wrapped else records
    file.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    (result,) = read_sources([file], limits=Limits(page_bytes=2000))
    assert result.pages == ()
    assert "more than 2,000 bytes" in result.quarantined[0].reason


def test_of_two_pages_with_one_slug_the_second_is_quarantined(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "plank.txt").write_text(PLANK)
    (tmp_path / "b" / "plank.txt").write_text(PLANK.replace("hips", "knees"))
    results = read(tmp_path)
    assert len(pages(results)) == 1
    (reason,) = reasons(results)
    assert "'plank'" in reason
    assert str(tmp_path / "a" / "plank.txt") in reason


def test_of_two_pages_that_say_the_same_the_second_is_quarantined(tmp_path: Path) -> None:
    (tmp_path / "plank.txt").write_text(PLANK)
    (tmp_path / "plank-copy.md").write_text(PLANK.replace("Plank\n", "# Plank\n").replace("•", "-"))
    results = read(tmp_path)
    assert len(pages(results)) + len(reasons(results)) == 2


def test_two_pages_with_one_title_and_other_words_are_both_kept(tmp_path: Path) -> None:
    (tmp_path / "plank.txt").write_text(PLANK)
    (tmp_path / "plank-2.txt").write_text(PLANK.replace("hips", "knees"))
    assert len(pages(read(tmp_path))) == 2


def test_an_unchanged_file_is_taken_from_memory_and_a_changed_one_is_read(tmp_path: Path) -> None:
    file = tmp_path / "plank.txt"
    file.write_text(PLANK)
    (first,) = read(file)
    remembered = {(first.source, first.sha256): first}

    def known(source: str, digest: str) -> SourceResult | None:
        return remembered.get((source, digest))

    assert next(read_sources([file], known=known)) is first
    file.write_text(PLANK.replace("hips", "knees"))
    (changed,) = read_sources([file], known=known)
    assert changed.sha256 != first.sha256
    assert "knees" in changed.pages[0].text


def test_a_page_without_a_title_is_named_after_its_file() -> None:
    text = "## Instructions\n\n- Lie on your front.\n- Lift your hips.\n"
    assert parse_page(text.encode(), "side_plank.md", "x").title == "Side plank"


def test_a_page_without_any_name_is_quarantined_with_advice(tmp_path: Path) -> None:
    file = tmp_path / "0001.md"
    file.write_text("## Instructions\n\n- Lie on your front.\n- Lift your hips.\n")
    (result,) = read(file)
    assert result.quarantined[0].reason == "The page has no title."
    assert "first line" in result.quarantined[0].advice


@pytest.mark.parametrize(
    "data",
    [
        PLANK.encode(),
        PLANK.replace("\n", "\r\n").encode(),
        PLANK.replace("\n", "\r").encode(),
        PLANK.encode("utf-8-sig"),
        PLANK.encode("utf-16"),
        PLANK.replace("•", "-").encode("utf-16-le"),
        PLANK.replace("•", "\x95").encode("latin-1"),
        PLANK.replace(" ", "\u00a0").encode(),
        PLANK.replace("Lie", "Li\x00e").encode(),
        PLANK.replace("Lie", "\u200bL\u00adie").encode(),
        PLANK.replace("• ", "\uf0b7\t").encode(),
        PLANK.replace("• ", "•\n").encode(),
    ],
)
def test_bytes_become_the_same_words_in_any_encoding(data: bytes) -> None:
    page = parse_page(data, "plank.txt", "x")
    assert page.title == "Plank"
    assert sections_of(page) == [
        ("instructions", "Instructions", "Lie on your front.\nLift your hips.")
    ]


def test_windows_quotes_and_one_broken_byte_are_read_as_meant() -> None:
    quotes = "Plank\n\nTips\n\n- Don\x92t sag \x96 hold ½ a minute.\n- Rest.\n".encode("latin-1")
    assert "Don’t sag – hold ½ a minute." in parse_page(quotes, "plank.txt", "x").text
    broken = "Plank\n\nTips\n\n- Don’t sag – hold “still”.\n- Rest".encode() + b"\xff\n"
    assert "Don’t sag – hold “still”." in parse_page(broken, "plank.txt", "x").text
