from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import Quote, cite, section_at, text_fragment, verifies
from assistant.domain import Page, Section

TEXT = "Plank\n\nTips\nDo not sag.\nHold – for ½ a minute 🎯.\n\nHow long?\nDo it for 20 s.\n"


def page_of(text: str = TEXT, **facts: object) -> Page:
    tips, faq = text.index("Do not"), text.index("Do it")
    sections = (
        Section("tips", "Tips", tips, text.index("\n\nHow")),
        Section("faq", "How long?", faq, len(text) - 1),
    )
    return Page("plank", "Plank", text, sections, **facts)


def quote(words: str, page: Page | None = None) -> Quote:
    page = page or page_of()
    start = page.text.index(words)
    return Quote(page, "tips", "Tips", start, start + len(words))


def test_quotes_become_cited_segments_and_own_words_do_not() -> None:
    segments, citations = cite(["Mind this:", "\n• ", quote("Do not sag.")])
    assert [(s.text, s.role, s.citations) for s in segments] == [
        ("Mind this:", "frame", ()),
        ("\n• ", "frame", ()),
        ("Do not sag.", "quote", (1,)),
    ]
    assert [c.quote for c in citations] == ["Do not sag."]


def test_numbers_count_in_reading_order_and_the_same_quote_keeps_its_number() -> None:
    first, second = quote("Do it for 20 s."), quote("Do not sag.")
    segments, citations = cite([first, " ", second, " ", first])
    assert [s.citations for s in segments if s.citations] == [(1,), (2,), (1,)]
    assert [c.number for c in citations] == [1, 2]


def test_a_quote_of_astral_and_typographic_characters_is_exact() -> None:
    (citation,) = cite([quote("Hold – for ½ a minute 🎯.")])[1]
    page = page_of()
    assert page.text[citation.start : citation.end] == citation.quote
    assert citation.url == f"/exercises/plank?start={citation.start}&end={citation.end}"
    assert verifies(citation, page)


def test_nothing_to_say_gives_nothing() -> None:
    assert cite([]) == ((), ())


def test_a_citation_stops_verifying_when_anything_of_it_changes() -> None:
    (citation,) = cite([quote("Do not sag.")])[1]
    page = page_of()
    assert verifies(citation, page)
    changed = {
        "quote": "Do sag.",
        "page": "side-plank",
        "start": citation.start + 3,
        "end": citation.end + 1,
        "content_hash": "sha256:0",
    }
    for field, value in changed.items():
        assert not verifies(replace(citation, **{field: value}), page), field
    assert not verifies(citation, page_of(TEXT.replace("20 s", "40 s")))


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (4, 4), (9, 4), (0, 10_000)])
def test_a_span_that_is_none_never_verifies(start: int, end: int) -> None:
    (citation,) = cite([quote("Do not sag.")])[1]
    wrong = replace(citation, start=start, end=end, quote=TEXT[start:end])
    assert not verifies(wrong, page_of())


def test_a_span_across_two_sections_lies_in_none() -> None:
    page = page_of()
    assert section_at(page, page.text.index("Hold"), page.text.index("20 s")) is None
    (citation,) = cite([quote("Do not sag.")])[1]
    end = page.text.index("20 s")
    wide = replace(citation, end=end, quote=page.text[citation.start : end])
    assert not verifies(wide, page)


def test_a_heading_is_no_part_of_a_section() -> None:
    page = page_of()
    at = page.text.index("How long?")
    assert section_at(page, at, at + 9) is None


def test_only_a_page_with_a_url_has_a_link_to_the_words_on_its_own_site() -> None:
    assert cite([quote("Do not sag.")])[1][0].source_url is None
    page = page_of(url="https://gym.example/plank")
    url = cite([quote("Do not sag.", page)])[1][0].source_url
    assert url is not None
    assert url.startswith("https://gym.example/plank#:~:text=")
    assert "Do not sag." in unquote(url)


def test_a_long_quote_is_found_by_its_first_and_last_words() -> None:
    words = [f"word{n}" for n in range(100)]
    fragment = text_fragment(" ".join(words), "", "")
    assert unquote(fragment) == f"#:~:text={' '.join(words[:6])},{' '.join(words[-6:])}"


def test_a_quote_of_several_lines_is_a_range_as_browsers_match_within_a_block() -> None:
    assert "," in text_fragment("Do not do it if:\nyour knee locks", "", "")


@given(
    st.text(alphabet="ab-,&= é–\n", min_size=1, max_size=40).filter(str.strip), st.text(max_size=32)
)
def test_no_character_of_the_page_can_break_the_fragments_grammar(words: str, near: str) -> None:
    words = words.strip()
    fragment = text_fragment(words, near, near).removeprefix("#:~:text=")
    bare = fragment.replace("-,", "", 1).replace(",-", "", 1)
    assert bare.count(",") <= 1
    assert "&" not in bare
    assert "-" not in bare
    assert " " not in fragment
    assert "\n" not in fragment


@given(st.data())
def test_the_words_before_and_after_stand_beside_the_quote(data: st.DataObject) -> None:
    page = page_of()
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    (citation,) = cite([Quote(page, "tips", "Tips", start, end)])[1]
    assert (citation.prefix + citation.quote + citation.suffix) in TEXT
    assert len(citation.prefix) <= 32 >= len(citation.suffix)
