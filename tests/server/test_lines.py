from assistant.domain import Segment
from server.lines import lines_of


def said(*segments: tuple[str, tuple[int, ...]]) -> list[tuple[str, int | None, str, list[int]]]:
    """Return tag, number, words and sources of each line."""
    lines = lines_of(
        Segment(text, "quote" if cited else "frame", cited) for text, cited in segments
    )
    return [
        (
            line.tag,
            line.number,
            "".join(run.text for run in line.runs),
            [number for run in line.runs for number in run.citations],
        )
        for line in lines
    ]


def test_steps_are_items_of_an_ordered_list_behind_their_lead():
    steps = said(
        ("Here is how:\n", ()), ("1. ", ()), ("Lie down.\n", (1,)), ("2) ", ()), ("Rise.", (2,))
    )
    assert steps == [
        ("p", None, "Here is how:", []),
        ("ol", 1, "Lie down.", [1]),
        ("ol", 2, "Rise.", [2]),
    ]


def test_bullets_are_items_whatever_the_mark():
    assert said(("Take care:\n• ", ()), ("Back pain\n", (1,)), ("- Glaucoma", (2, 3))) == [
        ("p", None, "Take care:", []),
        ("ul", None, "Back pain", [1]),
        ("ul", None, "Glaucoma", [2, 3]),
    ]


def test_sentences_of_one_line_stay_together_with_the_spaces_between_them():
    assert said(("Hold it.", (1,)), (" ", ()), ("Rest.", (2,))) == [
        ("p", None, "Hold it. Rest.", [1, 2])
    ]


def test_a_quote_of_several_lines_has_its_source_behind_the_last():
    assert said(("One.\n\nTwo.\n", (1,)), ("Three.", ())) == [
        ("p", None, "One.", []),
        ("p", None, "Two.", [1]),
        ("p", None, "Three.", []),
    ]


def test_no_text_makes_no_line_and_a_number_in_a_sentence_no_list():
    assert said(("", ()), ("\n \n", ())) == []
    assert said(("8 to 10 rolls", ())) == [("p", None, "8 to 10 rolls", [])]
