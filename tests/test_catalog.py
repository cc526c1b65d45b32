"""Which exercises a message names: over names of our own, so that a new page breaks no test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalog import Catalog
from assistant.index.records import Names

PAGES = {
    "lying-knee-rolls": ("Lying knee rolls", ("lower trunk rotation", "supine knee rolls")),
    "plank": ("Plank", ("front plank", "forearm plank")),
    "side-plank": ("Side plank", ("side bridge",)),
    "push-up": ("Push-up", ("press-up",)),
    "wall-push-up": ("Wall push-up", ()),
    "bodyweight-squat": ("Bodyweight squat", ("air squat",)),
    "hip-flexor-stretch": ("Hip flexor stretch", ()),
    "quad-stretch": ("Standing quad stretch", ()),
    "calf-raise": ("Calf raise", ("heel raise",)),
    "childs-pose": ("Child's pose", ()),
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    names = [
        Names(slug=slug, title=title, aliases=aliases) for slug, (title, aliases) in PAGES.items()
    ]
    return Catalog(names, speaks=lambda slug, stem: False)


def slugs(catalog: Catalog, text: str) -> list[str]:
    return [slug for mention in catalog.mentions(text) for slug in mention.slugs]


@pytest.mark.parametrize(
    "name", [name for title, aliases in PAGES.values() for name in (title, *aliases)]
)
def test_every_title_and_alias_means_its_page(catalog: Catalog, name: str) -> None:
    (slug,) = [slug for slug, (title, aliases) in PAGES.items() if name in (title, *aliases)]
    assert slugs(catalog, f"how often should I do the {name}?") == [slug]
    assert slugs(catalog, name.upper()) == [slug]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("pushups every day?", "push-up"),
        ("push ups every day?", "push-up"),
        ("Push‑Ups every day?", "push-up"),
        ("are press ups hard", "push-up"),
        ("childs pose", "childs-pose"),
        ("child’s pose", "childs-pose"),
        ("lower trunk rotaion reps", "lying-knee-rolls"),
        ("knee rolls?", "lying-knee-rolls"),
        ("low trunk rotation?", "lying-knee-rolls"),
        ("child stretch", "childs-pose"),
        ("bodywt squats, body squats", "bodyweight-squat"),
        ("body weight squat", "bodyweight-squat"),
        ("lyingknee rolls", "lying-knee-rolls"),
        ("how long to hold a plnak", "plank"),
        ("calf raises with bent knees", "calf-raise"),
        ("stretch for the hip flexor: the hip flexor stretch", "hip-flexor-stretch"),
    ],
)
def test_plurals_hyphens_typing_errors_and_parts_of_a_name_mean_the_page(
    catalog: Catalog, text: str, slug: str
) -> None:
    assert slug in slugs(catalog, text)


def test_the_longer_name_wins_over_the_name_within_it(catalog: Catalog) -> None:
    assert slugs(catalog, "wall push-up or side plank?") == ["wall-push-up", "side-plank"]


@pytest.mark.parametrize(
    "name", ["zercher squat", "barbell squat", "bench press", "turkish get-up", "decline push-up"]
)
def test_an_exercise_without_a_page_is_named_and_borrows_no_page(
    catalog: Catalog, name: str
) -> None:
    mentions = catalog.mentions(f"how many reps of the {name}?")
    assert mentions, name
    assert all(mention.slugs == () for mention in mentions)
    assert any(name in mention.name for mention in mentions)


@pytest.mark.parametrize(
    "text", ["", "?!", "what is the weather like", "how many reps should I do?", "is it safe"]
)
def test_a_text_without_a_name_has_no_mention(catalog: Catalog, text: str) -> None:
    assert catalog.mentions(text) == ()


def test_two_exercises_in_one_question_are_both_found_in_order(catalog: Catalog) -> None:
    assert slugs(catalog, "is a plank better than calf raises?") == ["plank", "calf-raise"]


@pytest.mark.parametrize(
    "said", ["plank vs push up", "planks versus push-ups", "plank vs. push ups"]
)
def test_no_name_begins_with_the_word_that_sets_two_against_each_other(
    said: str,
) -> None:
    names = {"plank": ("front plank",), "push-up": (), "pike-push-up": ("inverted v push-up",)}
    pages = [Names(slug=s, title=s.replace("-", " "), aliases=a) for s, a in names.items()]
    catalog = Catalog(pages, speaks=lambda slug, stem: False)
    assert slugs(catalog, said) == ["plank", "push-up"]


def test_a_catalog_of_no_pages_still_knows_exercises_in_general() -> None:
    (mention,) = Catalog([], speaks=lambda slug, stem: False).mentions("how do I bench press?")
    assert mention.slugs == ()


@given(
    st.lists(
        st.sampled_from(["plank", "push-up", "the", "and", "squats", "zercher", "?", "🙂", "wall"]),
        max_size=9,
    ).map(" ".join)
)
def test_mentions_stand_where_they_say_and_never_overlap(catalog: Catalog, text: str) -> None:
    end = 0
    for mention in catalog.mentions(text):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.name
        assert set(mention.slugs) <= set(PAGES)
        end = mention.end


@pytest.fixture(scope="module")
def library() -> Catalog:
    names = {
        "get-up": ("Turkish get-up", ()),
        "rower": ("Rowing machine", ("indoor rower",)),
        "leg-raise": ("Leg raise (lying)", ()),
        "side-leg-raise": ("Side leg raise", ()),
        "side-bend": ("Standing side bend stretch", ()),
        "curl": ("Seated hamstring curl machine", ()),
        "pullover": ("Dumbbell pullover", ()),
        "squat": ("Bodyweight squat", ()),
        "cobra": ("Prone cobra lift", ()),
        "press-up": ("Cobra press-up", ()),
        "spine": ("Bench T-spine extension on foam roller", ("kneeling thoracic opener",)),
        "kickback": ("Cable glute kickback", ()),
        "calf": ("Seated calf raise", ("bent-knee calf press",)),
        "tap": ("Plank shoulder tap", ()),
        "thrust": ("Hip thrust", ()),
        "tree": ("Tree pose", ()),
        "abduction": ("Standing hip abduction", ()),
        "side": ("Leg swing aside", ("standing hip abduction",)),
        "eversion": ("Ankle eversion with band", ()),
        "squeeze": ("Adductor squeeze with ball", ("ball squeeze",)),
        "extension": ("Banded terminal knee extension", ()),
        "prone": ("Prone hamstring curl with ankle weights", ("lying leg curl",)),
    }
    pages = [Names(slug=s, title=t, aliases=a) for s, (t, a) in names.items()]
    return Catalog(pages, speaks=lambda slug, stem: False)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("how long does one TGU take", "get-up"),
        ("are TGUs for every day", "get-up"),
        ("TKEs every day?", "extension"),
        ("how fast should the rower go", "rower"),
        ("leg raises every day?", "leg-raise"),
        ("how long hold a side bend", "side-bend"),
        ("mistakes on the seated hamstring machine", "curl"),
        ("seated ham curls how heavy", "curl"),
        ("what about the pullover", "pullover"),
        ("begginer squat", "squat"),
        ("how long do i hold a prone cobra", "cobra"),
        ("how low on the bench t spine ext", "spine"),
        ("will a soft roller do for the bench t spine thing", "spine"),
        ("do i look up in the bench thoracic extension", "spine"),
        ("cable kickbacks reps", "kickback"),
        ("how many shoulder taps", "tap"),
        ("hip trusts against the couch", "thrust"),
        ("my foot shakes in treepose", "tree"),
        ("standing hip abduction in week one", "abduction"),
        ("plank taps every day?", "tap"),
        ("where should i feel the band ankle eversion thing", "eversion"),
        ("do i do banded ankle eversions daily", "eversion"),
        ("aductor squeezes daily", "squeeze"),
        ("adductor ball squeeze got easy", "squeeze"),
        ("how heavy for lying hamstring curls", "prone"),
    ],
)
def test_a_name_shortened_as_people_do_means_its_page(
    library: Catalog, text: str, slug: str
) -> None:
    assert slugs(library, text) == [slug]


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("difference between a plank and a side plank", ["plank", "side-plank"]),
        ("plank and side plank", ["plank", "side-plank"]),
        ("a plank or side plank", ["plank", "side-plank"]),
        ("push up and wall push up", ["push-up", "wall-push-up"]),
        ("a wall push up and a push up", ["wall-push-up", "push-up"]),
    ],
)
def test_a_name_and_a_longer_one_that_ends_as_it_does_are_two(
    catalog: Catalog, text: str, two: list[str]
) -> None:
    assert slugs(catalog, text) == two


def test_words_of_several_names_and_a_cut_out_middle_borrow_no_page(library: Catalog) -> None:
    assert slugs(library, "mistakes in the one arm bent press") == []
    assert slugs(library, "how do i come back up") == []


@pytest.mark.parametrize("text", ["the steinborn squat", "gittleson shrugs", "prisiadki kicks"])
def test_a_word_that_is_none_before_a_kind_of_exercise_names_another_one(
    library: Catalog, text: str
) -> None:
    (found,) = library.mentions(f"how many {text}")
    assert (found.slugs, found.strength) == ((), "unknown")


def test_a_shortened_title_goes_before_a_shortened_alias() -> None:
    pages = {
        "fly": ("Dumbbell reverse fly (bent-over)", ()),
        "apart": ("Band pull-apart", ("band reverse fly",)),
    }
    named = [Names(slug=s, title=t, aliases=a) for s, (t, a) in pages.items()]
    catalog = Catalog(named, speaks=lambda slug, stem: False)
    assert slugs(catalog, "how many reverse flyes") == ["fly"]
    assert slugs(catalog, "how many band reverse flyes") == ["apart"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("rest between copenhagen planks", "plank"),
        ("lying butterfly before bed", "butterfly"),
        ("how long is a side plank", None),
        ("nordic curls for beginners", "curl"),
        ("butterfly sit-ups", None),
        ("how long is the butterfly pose", "butterfly"),
        ("reverse nordic curls", None),
    ],
)
def test_a_proper_name_with_its_ending_or_a_name_without_position_means_the_only_page(
    text: str, slug: str | None
) -> None:
    titles = {
        "plank": "Copenhagen side plank (knee supported)",
        "butterfly": "Reclined butterfly with strap",
        "curl": "Nordic hamstring curl",
    }
    named = [Names(slug=s, title=t, aliases=()) for s, t in titles.items()]
    catalog = Catalog(named, speaks=lambda slug, stem: False)
    assert slugs(catalog, text) == ([slug] if slug else [])


def test_a_vague_word_means_no_page_when_the_rest_of_the_name_says_little() -> None:
    page = Names(slug="side", title="Cross-legged side stretch", aliases=("easy pose",))
    catalog = Catalog([page], speaks=lambda slug, stem: False)
    assert slugs(catalog, "what else do people call this pose") == []
    assert slugs(catalog, "how long is the easy pose") == ["side"]


def test_a_means_is_no_name_by_itself() -> None:
    page = Names(slug="up", title="Wall push-up", aliases=("push-up against the wall",))
    catalog = Catalog([page], speaks=lambda slug, stem: False)
    assert slugs(catalog, "the one where you sit against the wall") == []


def test_the_words_before_a_part_of_a_name_that_are_the_pages_own_belong_to_it(
    library: Catalog,
) -> None:
    (found,) = library.mentions("prone leg curl with ankle weights reps")
    assert (found.name, found.slugs) == ("prone leg curl with ankle weights", ("prone",))


def named(*titles: str, alone: bool = True) -> Catalog:
    pages = [Names(slug=title.lower(), title=title, aliases=()) for title in titles]
    return Catalog(pages, lambda slug, stem: False, lambda slug, word: alone)


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Goldfish jaw exercise", "how sore with the goldfish?"),
        ("Pallof press", "how many pallofs"),
        ("Supported headrest neck isometrics", "headrest neck isometrics how long"),
        ("Rice bucket dig", "common mistakes rice bucket"),
    ],
)
def test_the_unusual_words_of_a_name_are_enough(title: str, message: str) -> None:
    assert slugs(named(title, "Plank"), message) == [title.lower()]


@pytest.mark.parametrize("word", ["jaw", "press", "exercise", "seated"])
def test_common_words_of_a_name_are_not(word: str) -> None:
    catalog = named("Goldfish jaw exercise", "Pallof press", "Seated march")
    assert not any(mention.unusual for mention in catalog.mentions(f"is my {word} fine"))


def test_a_word_that_other_pages_have_too_is_not_unusual() -> None:
    mentions = named("Goldfish jaw exercise", alone=False).mentions("how about the goldfish")
    assert not any(mention.unusual for mention in mentions)


def test_a_place_left_out_of_a_title_names_no_other_exercise() -> None:
    assert slugs(named("Door towel row"), "how many towel rows") == ["door towel row"]
    assert slugs(named("Table inverted row"), "how do i do inverted rows") == ["table inverted row"]


@pytest.mark.parametrize(
    ("slug", "title", "message"),
    [
        ("story", "Falling back in love with the kettlebell halo", "is the kettlebell halo ok"),
        ("heron-reach", "Why I do the heron reach at my desk", "how many heron reaches"),
    ],
)
def test_the_name_within_a_title_that_tells_more_means_its_page(
    slug: str, title: str, message: str
) -> None:
    catalog = Catalog([Names(slug=slug, title=title, aliases=())], lambda s, w: False)
    assert slugs(catalog, message) == [slug]


def test_a_listed_name_that_leaves_out_what_says_nothing_means_the_page() -> None:
    catalog = named("Downward-facing dog", "Medicine ball slam")
    assert slugs(catalog, "how long for the downward dog") == ["downward-facing dog"]
    assert slugs(catalog, "ball slams every day") == ["medicine ball slam"]


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("A gentler thing to do instead of the pull up", "how many pull ups"),
        ("Getting strong enough for the bench press", "how heavy the bench press"),
    ],
)
def test_a_title_that_only_leads_up_to_a_name_lends_it_nothing(title: str, message: str) -> None:
    assert slugs(named(title), message) in ([], [None])


def test_a_hint_of_one_page_means_it_where_it_stands_as_a_name() -> None:
    pages = [
        Names("floss", "Sciatic nerve floss", (), ("slump slider", "pull")),
        Names("push", "Sled push", (), ("sled", "pull")),
        Names("slider", "Hamstring slider", (), ("sciatic nerve floss",)),
    ]
    catalog = Catalog(pages, speaks=lambda slug, stem: False)
    (mention,) = catalog.mentions("how many slump sliders?")
    assert (mention.slugs, mention.strength, mention.unusual) == (("floss",), "weak", True)
    assert catalog.mentions("how hard do I pull?") == ()  # two pages speak of it
    (name,) = catalog.mentions("the sciatic nerve floss")
    assert name.slugs == ("floss",)  # another page's hint is no match for a title


def test_a_listed_name_that_a_page_may_call_its_own_means_that_page() -> None:
    crow = Names(slug="crow-pose", title="Crow pose", aliases=(), hints=("lotus",))
    catalog = Catalog([crow], speaks=lambda slug, stem: False)
    assert slugs(catalog, "a breather between lotus poses") == ["crow-pose"]
    assert slugs(catalog, "is camel pose any good") == []
    assert catalog.mentions("is camel pose any good")[0].name == "camel pose"
