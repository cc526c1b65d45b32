import pytest

from assistant.domain import Page, Section, Span
from server.marking import cited_span, marked_sections

TEXT = "Wall sit\nTips\n• Keep 🧱 flat.\n• Go – slow.\nFAQ\nHow long?\n20 seconds. Or less."


def section(kind, heading, first, last):
    return Section(kind, heading, TEXT.index(first), TEXT.index(last) + len(last))


PAGE = Page(
    "wall-sit",
    "Wall sit",
    TEXT,
    (section("tips", "Tips", "• Keep", "slow."), section("faq", "How long?", "20 sec", "less.")),
)


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def runs(cited):
    return [part.runs for found in marked_sections(PAGE, cited) for part in found.parts]


def test_without_a_citation_nothing_is_marked():
    assert runs(None) == [
        (("Keep 🧱 flat.", False),),
        (("Go – slow.", False),),
        (("20 seconds. Or less.", False),),
    ]
    assert not any(found.is_marked for found in marked_sections(PAGE, None))


def test_a_whole_item_is_marked_without_its_bullet():
    assert runs(span("• Go – slow."))[1] == (("Go – slow.", True),)


def test_a_sentence_is_marked_within_its_line_in_code_points():
    assert runs(span("20 seconds."))[2] == (("20 seconds.", True), (" Or less.", False))
    assert runs(span("flat"))[0] == (("Keep 🧱 ", False), ("flat", True), (".", False))


def test_a_citation_over_two_lines_marks_both():
    marked = runs(span("🧱 flat.\n• Go"))
    assert marked[0] == (("Keep ", False), ("🧱 flat.", True))
    assert marked[1] == (("Go", True), (" – slow.", False))


def test_a_citation_outside_the_sections_marks_nothing():
    assert not any(found.is_marked for found in marked_sections(PAGE, span("Wall sit")))


def test_items_are_told_from_paragraphs():
    items = [[part.item for part in found.parts] for found in marked_sections(PAGE, None)]
    assert items == [[True, True], [False]]


def test_every_span_marks_exactly_its_own_words():
    for start in range(len(TEXT)):
        for end in range(start + 1, len(TEXT) + 1):
            found = marked_sections(PAGE, Span(start, end))
            marked = "".join(t for s in found for p in s.parts for t, cited in p.runs if cited)
            assert marked in TEXT[start:end].replace("\n• ", "") or "\n" in TEXT[start:end]


@pytest.mark.parametrize(
    ("start", "end"),
    [("a", "b"), ("-1", "3"), ("1", None), (None, "3"), ("1.0", "3"), ("٣", "9"), ("1" * 30, "2")],
)
def test_a_span_that_is_no_pair_of_whole_numbers_is_refused(start, end):
    with pytest.raises(ValueError, match="cannot be read"):
        cited_span(PAGE, start, end)


@pytest.mark.parametrize(("start", "end"), [("3", "3"), ("4", "3"), ("0", "9999")])
def test_a_span_that_the_page_does_not_have_is_refused(start, end):
    with pytest.raises(ValueError, match="does not have"):
        cited_span(PAGE, start, end)


def test_a_span_within_the_page_is_taken():
    assert cited_span(PAGE, "0", str(len(TEXT))) == Span(0, len(TEXT))
    assert cited_span(PAGE, None, None) is None
