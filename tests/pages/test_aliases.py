"""Names that a page's text uses for its exercise: found when the text says so, else none."""

from __future__ import annotations

import pytest

from assistant.pages.aliases import own_names, subject_of
from assistant.pages.naming import exercise_name, slugified, title_of_stem, without_site
from assistant.pages.parsing import parse_page

FOUND: list[tuple[str, list[str], list[str], str]] = [
    (
        "Lying knee rolls",
        ["Lower Trunk Rotation is a simple floor drill. Lower Trunk Rotation fits in anywhere."],
        ["What are the benefits of doing lower trunk rotations?", "Is lower trunk rotation safe?"],
        "Lower Trunk Rotation",
    ),
    (
        "Superman",
        ["The prone back extension is a floor exercise. A prone back extension needs no kit."],
        ["How many prone back extensions should I do?"],
        "prone back extension",
    ),
    (
        "Chair wall slide",
        ["Sitting all day rounds the shoulders."],
        ["How often should I do seated angels?", "Are seated angels good for posture?"],
        "seated angels",
    ),
    (
        "Seated knee opener",
        ["This movement, also known as the bound angle pose, opens the hips."],
        [],
        "bound angle pose",
    ),
    (
        "Wall sit",
        ["The wall sit (also called Roman chair hold) is an isometric exercise."],
        [],
        "Roman chair hold",
    ),
    (
        "Upward table",
        ["Upward table, in full upward-facing table, is a pose for the back of the body."],
        [],
        "upward-facing table",
    ),
    (
        "Hip hinge with stick",
        ["It is sometimes called the dowel good morning because of the stick."],
        [],
        "dowel good morning",
    ),
    (
        "Toe balance",
        ["Standing calf raises are a strengthening exercise for the lower leg."],
        ["Can I do standing calf raises every day?", "Do standing calf raises help runners?"],
        "Standing calf raises",
    ),
    (
        "Cross crawl",
        ["Marching on the spot wakes you up. Dead bug work belongs on the floor."],
        [
            "What is the most common mistake when doing opposite elbow taps?",
            "Can I do opposite elbow taps with back pain?",
            "How many reps of opposite elbow taps are enough?",
        ],
        "opposite elbow taps",
    ),
]

NOTHING: list[tuple[str, list[str], list[str]]] = [
    ("Plank", ["The plank is a still exercise for the trunk."], ["Is the plank safe?"]),
    (
        "Push-up",
        ["Pushups are an exercise for the chest. Push ups need no kit."],
        ["Are pushups ok?"],
    ),
    ("Dumbbell glute bridge", ["The glute bridge is an exercise."], ["Are glute bridges safe?"]),
    (
        "Wall sit",
        ["A squat is a movement that many people know. The wall sit is a squat that stays still."],
        ["Is the wall sit better than the squat?", "Are squats harder than wall sits?"],
    ),
    (
        "Cat-cow",
        ["Back pain is a common problem. Stability is a skill. This exercise is gentle."],
        [
            "Is back pain normal?",
            "Is it safe?",
            "Can I do this with a mat?",
            "Is this exercise hard?",
        ],
    ),
    (
        "Balance reach",
        ["Good balance is a skill that this movement trains. Ankle strength is a bonus."],
        ["How many reps should I do?", "How often should I do it?", "Is it good for runners?"],
    ),
    (
        "Seated row",
        ["It works the latissimus dorsi, also known as the lats, and the biceps."],
        ["Which muscles does it work?"],
    ),
    (
        "Clamshell",
        ["The gluteus medius is also called the side glute. People call it a small muscle."],
        ["Do I need a band?", "Should my hip click?"],
    ),
    ("Neck turn", [], []),
    ("Neck turn", ["Slow turning of the head, left and right."], ["Can older adults do it?"]),
]


@pytest.mark.parametrize(("title", "prose", "questions", "name"), FOUND)
def test_the_name_that_the_text_uses_is_found(
    title: str, prose: list[str], questions: list[str], name: str
) -> None:
    assert own_names(title, (), prose, questions) == (name,)


@pytest.mark.parametrize(("title", "prose", "questions"), NOTHING)
def test_nothing_is_taken_for_a_name_that_is_none(
    title: str, prose: list[str], questions: list[str]
) -> None:
    assert own_names(title, (), prose, questions) == ()


def test_a_name_that_the_page_lists_itself_is_not_found_again() -> None:
    title, prose, questions, _ = FOUND[0]
    assert own_names(title, ("lower trunk rotations",), prose, questions) == ()


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("The Superman hold is a simple floor exercise.", "Superman hold"),
        ("Bird dogs are one of the best drills for the back.", "Bird dogs"),
        ("This stretch is a gentle exercise.", None),
        ("It is a drill.", None),
        ("Balance is a skill that fades.", None),
        ("Doing it is an easy exercise, which many like.", None),
        ("When you sit a lot, this is a good exercise.", None),
    ],
)
def test_the_subject_of_a_definition_is_a_name(sentence: str, subject: str | None) -> None:
    assert subject_of(sentence) == subject


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How to do the Plank: Benefits and Technique", "Plank"),
        ("How to perform a wall sit", "wall sit"),
        ("Wall sit", "Wall sit"),
        ("Plank: level 2", "Plank: level 2"),
    ],
)
def test_the_bare_name_is_taken_out_of_a_long_title(title: str, name: str) -> None:
    assert exercise_name(title) == name


@pytest.mark.parametrize(
    ("title", "stem", "kept"),
    [
        ("Cat-cow | FitSite", "", "Cat-cow"),
        ("Cat-cow", "", "Cat-cow"),
        ("FitSite - Cat-cow", "cat-cow", "Cat-cow"),
        ("Cat-cow · Exercises · FitSite", "x", "Cat-cow"),
        ("Sit-to-stand", "", "Sit-to-stand"),
    ],
)
def test_the_name_of_the_site_is_cut_off_a_title(title: str, stem: str, kept: str) -> None:
    assert without_site(title, stem) == kept


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lying knee rolls", "lying-knee-rolls"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", ""),
        ("90/90 Hip  Switch!", "90-90-hip-switch"),
        ("Child’s pose", "childs-pose"),
        ("Étirement", "etirement"),
        ("a\nb\x00c<script>", "a-b-c-script"),
        ("x" * 300, "x" * 80),
        ("プランク", "プランク"),
    ],
)
def test_a_slug_is_safe_in_a_path(name: str, slug: str) -> None:
    assert slugified(name) == slug


def test_a_file_name_that_says_nothing_is_no_title() -> None:
    assert title_of_stem("wall_sit") == "Wall sit"
    for stem in ("0012", "index", "untitled", "a", "page"):
        assert title_of_stem(stem) == ""


@pytest.mark.parametrize(
    "line",
    ["Also known as: donkey lift, mule kick", "(other names: donkey lift, mule kick)"],
)
def test_names_listed_above_the_first_section_are_aliases(line: str) -> None:
    text = f"Donkey kick\n\n{line}\n\nInstructions\n\n- Kneel on a mat.\n- Lift the leg.\n"
    page = parse_page(text.encode(), "donkey-kick.txt", "x")
    assert page.aliases == ("donkey lift", "mule kick")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Rowers call it the boat bend or river reach.", ["boat bend", "river reach"]),
        (
            "It goes by several names, among them heel drops, stair dips and the kerb lower.",
            ["heel drops", "stair dips", "kerb lower"],
        ),
        ("It has many nicknames: frog leaps, pond hops.", ["frog leaps", "pond hops"]),
        ("You may also see it called the tall twist.", ["tall twist"]),
        ("The sign may say rope pull or just cord row, but it is one.", ["rope pull", "cord row"]),
        ("Known to divers as the pike fold, it is an old drill.", ["pike fold"]),
        ("The serratus is known to boxers as the punching muscle.", []),
        ("Many call it boring.", []),
        ("It goes by many names: porch tilt, rope lean.", ["porch tilt", "rope lean"]),
        ("Lantern leans go back long; they go under the name of rope lean too.", ["rope lean"]),
        (
            "Few like the Lantern lean, otherwise known as the porch stretch, the stair lean or, "
            "in clinics, the standing hip rotation.",
            ["porch stretch", "stair lean"],
        ),
        (
            "The Lantern lean, also filed under porch stretch, stair lean with towel and rug "
            "roll, is a drill for the ribs.",
            ["porch stretch", "stair lean with towel", "rug roll"],
        ),
        (
            "It is also called the porch stretch, loved by runners, and needs a wall.",
            ["porch stretch"],
        ),
        ("In a good studio they will say what to do.", []),
        (
            "This two-handed hold, which also goes by the titles garden drag, patio drag and "
            "one-foot drag, asks for little room.",
            ["garden drag", "patio drag", "one-foot drag"],
        ),
        (
            "Under several headings it is listed as the bent-knee pull with straps, slow tower "
            "press or just garden tower press, and it suits the evening.",
            ["bent-knee pull", "slow tower press", "garden tower press"],
        ),
        (
            "The Lantern lean, which rowers know as the boat press and climbers list under wall "
            "press, loads the muscles of the ribs.",
            ["boat press", "wall press"],
        ),
        ("A harder version of it is filed by many as the one-foot tower press on the net.", []),
        ("A related shape is called the seal, but there the back muscles lift the chest.", []),
        (
            "Rowers call it the boat press, but here the back muscles lift the chest.",
            ["boat press"],
        ),
    ],
)
def test_names_given_in_passing_are_found(sentence: str, names: list[str]) -> None:
    assert list(own_names("Lantern lean", (), [sentence], ())) == names


def test_what_stands_in_brackets_in_a_title_is_a_name() -> None:
    page = parse_page(
        b"Wall float (lantern wall float)\n\nTips\n\n- Keep the knees soft.\n",
        "wall-float.txt",
        "x",
    )
    assert page.aliases == ("lantern wall float",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Also known as Phalakasana or slow tower press", ("Phalakasana", "slow tower press")),
        ("Also known as the king of all presses", ()),
        ("Also called this, it helps the back", ()),
    ],
)
def test_a_short_line_of_other_names_needs_no_colon(line: str, names: tuple[str, ...]) -> None:
    text = f"Wall float\n\n{line}\n\nTips\n\n- Keep the knees soft.\n"
    assert parse_page(text.encode(), "wall-float.txt", "x").aliases == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("In the old texts it is written as uttanasana, which is a deep bow.", ["uttanasana"]),
        ("In Sanskrit it is Salamba Bhujangasana, a low cobra.", ["Salamba Bhujangasana"]),
        ("It differs from what yoga teachers call virabhadrasana in the arms.", []),
        ("End the evening in savasana, with a blanket.", []),
    ],
)
def test_the_name_that_yoga_has_for_a_pose_is_found(sentence: str, names: list[str]) -> None:
    assert list(own_names("Lantern lean", (), [sentence], ())) == names


def test_front_matter_may_give_the_name_that_yoga_has() -> None:
    text = b"---\ntitle: Wall float\nsanskrit: Tadasana\n---\n## Tips\n\n- Keep the knees soft.\n"
    assert parse_page(text, "wall-float.md", "x").aliases == ("Tadasana",)
