"""A message made whole: by its own words, the page that is read, and what was said before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalog import Catalog
from assistant.focus import Focus
from assistant.index.records import Names
from assistant.mention import Mention
from assistant.questions import Question, neutral, remember, understand
from assistant.strangers import stranger

NAMES = {
    "calf-raise": "Calf raise",
    "glute-bridge": "Glute bridge",
    "lying-knee-rolls": "Lying knee rolls",
    "bound-angle": "Reclined bound angle pose",
    "plank": "Plank",
    "side-plank": "Side plank",
}
CATALOG = Catalog(
    [Names(slug=slug, title=title, aliases=()) for slug, title in NAMES.items()],
    speaks=lambda slug, stem: False,
)


def converse(*messages: str, page: str | None = None) -> Question:
    """The last of some messages as it is understood after the others."""
    focus = Focus()
    for message in messages:
        question = understand(message, CATALOG, page, focus)
        focus = Focus.read(remember(focus, question, (), page).state())
    return question


def asked(question: Question) -> list[str]:
    return [intent.id for intent in question.intents]


def test_a_name_in_the_message_is_what_it_is_about() -> None:
    question = converse("how many reps of the glute bridge?")
    assert question.exercises == ("glute-bridge",)
    assert asked(question) == ["reps"]


def test_the_readers_page_is_meant_when_nothing_is_named() -> None:
    assert converse("how many reps?", page="calf-raise").exercises == ("calf-raise",)


def test_a_name_in_the_message_goes_before_the_readers_page() -> None:
    assert converse("how many planks?", page="calf-raise").exercises == ("plank",)


def test_nothing_named_and_no_page_leaves_the_exercise_open() -> None:
    assert converse("how many reps?").exercises == ()


@pytest.mark.parametrize("message", ["and how often?", "how often should I do it?", "how often"])
def test_a_follow_up_is_about_the_last_exercise(message: str) -> None:
    question = converse("how long do I hold a plank?", message)
    assert question.exercises == ("plank",)
    assert asked(question) == ["frequency"]


@pytest.mark.parametrize(
    ("message", "slug"),
    [
        ("same for the side plank?", "side-plank"),
        ("and the side plank?", "side-plank"),
        ("what about side planks?", "side-plank"),
        ("same for reclined bound angle?", "bound-angle"),
    ],
)
def test_the_last_question_is_asked_again_for_another_exercise(message: str, slug: str) -> None:
    question = converse("how long do I hold a plank?", message)
    assert question.exercises == (slug,)
    assert asked(question) == ["hold"]


def test_a_short_question_that_asks_all_by_itself_repeats_nothing() -> None:
    question = converse("how often should I do the plank?", "whats the point of it")
    assert asked(question) == ["benefits"]
    assert "often" not in question.neutral


def test_a_name_that_is_only_of_its_kind_is_described() -> None:
    question = converse("that plank where you lift one foot, what muscles")
    assert question.described
    assert question.exercises == ()


def test_the_answer_to_which_exercise_asks_the_first_question_again() -> None:
    question = converse("how many reps should I do?", "the calf raise")
    assert question.exercises == ("calf-raise",)
    assert asked(question) == ["reps"]


def test_back_to_the_first_one_is_the_first_exercise_of_the_conversation() -> None:
    question = converse("how long do I hold a plank?", "and calf raises?", "back to the first one")
    assert question.exercises == ("plank",)


def test_a_correction_changes_the_exercise_and_keeps_the_question() -> None:
    question = converse("how often should I do the plank?", "no, I meant the side one")
    assert question.exercises == ("side-plank",)
    assert asked(question) == ["frequency"]


def test_a_correction_of_an_exercise_without_a_page_is_near_to_it() -> None:
    question = converse("how many copenhagen side planks?", "no, the normal side one")
    assert question.exercises == ("side-plank",)


@pytest.mark.parametrize(
    "message",
    [
        "is it good before i go jogging?",
        "is there something i can rest my head on?",
        "chin up or down?",
    ],
)
def test_what_a_reader_says_besides_is_about_the_page(message: str) -> None:
    assert converse(message, page="plank").exercises == ("plank",)


def test_what_one_does_in_an_exercise_that_is_described_is_no_other_exercise() -> None:
    described = "the thing where you sit with a weight and push up on your toes, how many sets"
    question = converse(described)
    assert question.described
    assert question.exercises == ()


def test_a_name_without_a_page_stays_unknown_and_borrows_no_page() -> None:
    question = converse("how many reps of the zercher squat?", page="calf-raise")
    assert question.exercises == ()
    assert question.unknown == "zercher squat"


def test_a_follow_up_to_an_unknown_exercise_is_about_the_unknown_one_too() -> None:
    question = converse("how long do I plank?", "how do I do the zercher squat?", "how often?")
    assert question.exercises == ()
    assert question.unknown == "zercher squat"


def test_several_exercises_are_all_kept_in_the_order_of_the_message() -> None:
    question = converse("is the side plank harder than the plank?")
    assert question.exercises == ("side-plank", "plank")
    assert question.compares


def test_the_question_that_is_searched_for_spells_out_the_exercise() -> None:
    question = converse("how long do I hold a plank?", "and how often?")
    assert "Plank" in question.text


def test_a_name_stands_as_xx_for_matching() -> None:
    text = "is a plank safer than a side plank?"
    assert neutral(text, CATALOG.mentions(text)) == "is a xx safer than a xx?"
    assert neutral("no name", []) == "no name"


def test_a_mention_at_the_very_end_is_replaced_too() -> None:
    assert neutral("a plank", [Mention(2, 7, "plank", ("plank",), "full")]) == "a xx"


strings = st.lists(st.text(max_size=9), max_size=4).map(tuple)
focuses = st.builds(
    Focus,
    exercises=strings,
    history=strings,
    question=st.text(max_size=20),
    unknown=st.text(max_size=9),
    page=st.none() | st.text(min_size=1, max_size=9),
    choices=strings,
)


@given(focuses)
def test_a_focus_survives_its_plain_form(focus: Focus) -> None:
    assert Focus.read(focus.state()) == focus


@given(
    st.dictionaries(
        st.sampled_from(["exercises", "history", "question", "unknown", "page", "choices", "x"]),
        st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=3),
    )
)
def test_a_state_of_another_version_is_read_without_an_error(state: dict[str, object]) -> None:
    focus = Focus.read(state)
    assert Focus.read(focus.state()) == focus


@given(st.text(max_size=120), st.sampled_from([None, *NAMES]), focuses)
def test_any_message_after_any_conversation_is_understood(
    message: str, page: str | None, focus: Focus
) -> None:
    question = understand(message, CATALOG, page, focus)
    assert question.message == message
    remember(focus, question, (), page)


def test_the_other_one_on_a_page_is_no_other_exercise() -> None:
    assert converse("one arm goes higher than the other one", page="plank").exercises == ("plank",)


def test_a_condition_told_in_a_conversation_describes_no_exercise() -> None:
    assert converse("how often the plank", "even when i have a stiff neck").exercises == ("plank",)


@pytest.mark.parametrize(
    ("message", "foreign", "name"),
    [
        ("how heavy for a rolling thunder lift", ("thunder",), "rolling thunder lift"),
        ("how many reps", (), ""),
        ("how many reps for my nights as a nurse", ("nights", "nurse"), ""),
        ("something for a nurse", ("nurse",), ""),
        ("is visvamitrasana hard to learn", (), "visvamitrasana"),
        ("is an asana hard to learn", (), ""),
        ("how many reps of the bulgarian bag spin", ("bulgarian",), "bulgarian bag spin"),
        ("is the pilates corkscrew good for beginners", (), "pilates corkscrew"),
        ("jacobs ladder how long", (), "jacobs ladder"),
        ("how many sets per week", (), ""),
        ("is the right side good", (), ""),
        ("something calming like virasana for my stiff back", (), ""),
    ],
)
def test_a_fact_of_an_exercise_of_no_list_names_it(
    message: str, foreign: tuple[str, ...], name: str
) -> None:
    assert stranger(converse(message), foreign) == name


def test_words_that_any_exercise_has_name_none_beside_a_name() -> None:
    catalog = Catalog(
        [
            Names(slug="dumbbell-row", title="Dumbbell row", aliases=("one-arm row",)),
            Names(slug="chest-stretch", title="Doorway chest stretch", aliases=()),
        ],
        speaks=lambda slug, stem: False,
    )
    question = understand("one arm at a time for the doorway stretch?", catalog, None, Focus())
    assert question.exercises == ("chest-stretch",)


@pytest.mark.parametrize(
    "message",
    [
        "is that more than for the plank?",
        "and compared with the plank?",
        "do i do planks more often than that",
        "is a plank held longer?",
        "is it fewer for planks",
    ],
)
def test_another_exercise_is_weighed_against_the_one_spoken_of(message: str) -> None:
    question = converse("how many glute bridges should i do", message)
    assert question.exercises == ("glute-bridge", "plank")
    assert question.compares


def test_a_weighed_fact_is_asked_again_where_the_message_names_none() -> None:
    question = converse("how many reps of the glute bridge", "is that more than for the plank?")
    assert asked(question) == ["reps"]


def test_a_mere_switch_is_about_the_other_exercise_alone() -> None:
    assert converse("how many glute bridges", "same for the plank?").exercises == ("plank",)


def test_the_two_that_were_spoken_of_last_are_compared() -> None:
    question = converse(
        "how many calf raises",
        "how many glute bridges",
        "and planks?",
        "which of the two is easier",
    )
    assert question.exercises == ("glute-bridge", "plank")


def test_a_word_of_a_name_is_enough_to_go_back_to_it() -> None:
    question = converse(
        "common mistakes of the lying knee rolls",
        "and of the side plank?",
        "ok back to the rolls, how many reps",
    )
    assert question.exercises == ("lying-knee-rolls",)


def test_a_word_of_two_names_goes_back_to_the_one_that_was_spoken_of() -> None:
    titles = {"toe-taps": "Toe taps", "toe-yoga": "Toe yoga", "plank": "Plank"}
    names = [Names(slug=slug, title=title, aliases=()) for slug, title in titles.items()]
    catalog = Catalog(names, speaks=lambda slug, stem: False)
    focus = Focus(exercises=("plank",), history=("toe-yoga", "plank"))
    question = understand("back to the toe one, how many minutes", catalog, None, focus)
    assert question.exercises == ("toe-yoga",)


def test_each_of_two_questions_keeps_what_it_asks() -> None:
    question = converse("how many calf raises and how long do i hold the plank")
    assert [part.exercises for part in question.parts] == [("calf-raise",), ("plank",)]
    assert [asked(part) for part in question.parts] == [["reps"], ["hold"]]


def test_where_it_does_something_describes_no_exercise() -> None:
    question = converse("ok back to the plank, where does the weight go")
    assert question.exercises == ("plank",)


@pytest.mark.parametrize(
    "message",
    [
        "knee rolls vs reclined bound angle which one do you hold longer",
        "how often a week glute bridge and how often reclined bound angle",
        "reclined bound angle or knee rolls, which can i do every day",
    ],
)
def test_two_names_side_by_side_are_both_meant(message: str) -> None:
    assert len(converse(message).exercises) == 2


def test_initials_that_make_a_word_name_nothing() -> None:
    names = ("Adho Mukha Svanasana",)
    page = Names(slug="dog", title="Downward-facing dog", aliases=names)
    catalog = Catalog([page], speaks=lambda slug, stem: False)
    assert catalog.mentions("how far over am i meant to be") == ()
    assert understand("tone it down a bit", catalog, None, Focus()).exercises == ()


@pytest.mark.parametrize(
    ("message", "intents"),
    [
        ("how hard should i push at first", ["extent"]),
        ("how hard is it", ["level"]),
    ],
)
def test_how_hard_to_push_is_no_question_of_the_level(message: str, intents: list[str]) -> None:
    assert asked(converse(f"{message} in the plank")) == intents


@pytest.mark.parametrize(
    "message",
    [
        "do i sit up first or lean",
        "sit up tall or slouch?",
        "should my wrist curl in at the top",
        "i did hundreds of these, what next",
        "can i do it before pull ups or after",
        "do i brace like on a deadlift",
        "is it fine in place of rows and chin ups",
        "am i meant to look at my heel or at the wall",
        "where do i plonk my hands",
    ],
)
def test_what_is_done_in_or_around_the_exercise_of_the_page_names_no_other(message: str) -> None:
    assert converse(message, page="glute-bridge").exercises == ("glute-bridge",)


@pytest.mark.parametrize("message", ["how many sit ups", "is it better than a chin up"])
def test_an_exercise_without_a_page_that_is_asked_for_is_still_unknown(message: str) -> None:
    assert converse(message, page="glute-bridge").unknown


def test_who_somebody_is_names_no_exercise_beside_the_one_that_is_asked_about() -> None:
    pages = {"mountain-climber": "Mountain climber", "plank": "Plank"}
    names = [Names(slug=slug, title=title, aliases=()) for slug, title in pages.items()]
    catalog = Catalog(names, speaks=lambda slug, stem: False)

    def named(message: str) -> tuple[str, ...]:
        return understand(message, catalog, None, Focus()).exercises

    assert named("im a climber, how often the plank?") == ("plank",)
    assert set(named("how often the climber and the plank?")) == set(pages)
