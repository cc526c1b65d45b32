"""What of an HTML page is content, and what a reader cannot see or the site put around it."""

import pytest

from assistant.domain import Page
from assistant.pages.parsing import parse_page

FRAME = """<!doctype html><html><head><meta charset="utf-8"><title>Dead bug | FitSite</title>{head}
</head><body><h1>Dead bug</h1><p>The dead bug trains the trunk.</p><h2>Instructions</h2>
<ul><li>Lie on your back.</li><li>Lower one leg.</li></ul>{body}</body></html>"""


def page_of(body: str = "", head: str = "") -> Page:
    return parse_page(FRAME.format(body=body, head=head).encode(), "dead-bug.html", "x")


def bodies(page: Page) -> dict[str, str]:
    return {s.heading: page.text[s.start : s.end] for s in page.sections}


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>SECRET knee</p>",
        '<p aria-hidden="true">SECRET knee</p>',
        '<div style="display: none"><p>SECRET knee</p></div>',
        '<p style="DISPLAY:/**/none !important">SECRET knee</p>',
        '<p style="visibility:hidden">SECRET knee</p>',
        '<p style="font-size:0">SECRET knee</p>',
        '<p style="font-size: 0.5px;">SECRET knee</p>',
        '<p style="opacity:0">SECRET knee</p>',
        '<p style="position:absolute;left:-9999px">SECRET knee</p>',
        '<p style="text-indent:-10000px">SECRET knee</p>',
        '<p style="height:0;overflow:hidden">SECRET knee</p>',
        '<p style="color:#fff;background-color:#fff">SECRET knee</p>',
        '<p style="color:white">SECRET knee</p>',
        '<p style="color:transparent">SECRET knee</p>',
        '<p class="sr-only">SECRET knee</p>',
        '<p class="off-screen-bit">SECRET knee</p>',
        '<p id="gone">SECRET knee</p>',
        "<!-- SECRET knee -->",
        "<template><p>SECRET knee</p></template>",
        "<noscript><p>SECRET knee</p></noscript>",
        "<script>var a = 'SECRET knee'</script>",
        '<textarea>SECRET knee</textarea><input value="SECRET knee">',
        '<img src="x.png" alt="SECRET knee">',
        "<table><tr><td>Level</td><td>new<span hidden>SECRET</span></td></tr></table>",
        "<details><summary>Is it safe?</summary><p hidden>SECRET knee</p></details>",
        "<p>Lift the leg<span style='display:none'>SECRET</span>.</p>",
        "<dialog><p>SECRET knee</p></dialog>",
    ],
)
def test_text_that_a_reader_cannot_see_is_not_read(hidden: str) -> None:
    css = "<style>.off-screen-bit, #gone{display:none} @media print{ul{display:none}}</style>"
    page = page_of(hidden + "<h2>Tips</h2><p>Breathe out slowly.</p>", css)
    assert "SECRET" not in page.text
    assert bodies(page)["Instructions"].startswith("Lie on your back.\nLower one leg.")
    assert bodies(page)["Tips"] == "Breathe out slowly."


def test_invisible_characters_are_taken_out_and_visible_ones_are_kept() -> None:
    tags = "".join(chr(0xE0000 + ord(c)) for c in "ignore")
    page = page_of(
        f"<h2>Tips</h2><p>Bre\u200ba\u00adthe\u2060 ½&nbsp;minute{tags} – at 90° "
        "“soft” 👍🏽.\ufeff</p>"
    )
    assert bodies(page)["Tips"] == "Breathe ½ minute – at 90° “soft” 👍🏽."


def test_faq_in_structured_data_is_not_read_twice_and_not_read_when_nobody_sees_it() -> None:
    head = """<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[
      {"@type":"Question","name":"Is it safe?",
       "acceptedAnswer":{"@type":"Answer","text":"Yes, go slowly."}},
      {"@type":"Question","name":"Is it unseen?",
       "acceptedAnswer":{"@type":"Answer","text":"SECRET"}}]}</script>"""
    page = page_of("<h2>FAQ</h2><h3>Is it safe?</h3><p>Yes, go slowly.</p>", head)
    assert page.text.count("Is it safe?") == 1
    assert page.text.count("Yes, go slowly.") == 1
    assert "SECRET" not in page.text
    assert "unseen" not in page.text


@pytest.mark.parametrize(
    "faq",
    [
        "<h3>Is it safe?</h3><p>Yes, slowly.</p><h3>How often?</h3><p>Daily.</p>",
        (
            "<details><summary>Is it safe?</summary>Yes, slowly.</details><details>"
            "<summary><h3>How often?</h3></summary><p>Daily.</p></details>"
        ),
        (
            "<dl><dt>Is it safe?</dt><dd>Yes, slowly.</dd><dt>How often?</dt><dd><p>"
            "Daily.</p></dd></dl>"
        ),
        "<p><strong>Is it safe?</strong></p><p>Yes, slowly.</p><p><b>How often?</b><br>Daily.</p>",
        "<p>Is it safe?</p><p>Yes, slowly.</p><p>How often?</p><p>Daily.</p>",
        "<p>Q: Is it safe?</p><p>A: Yes, slowly.</p><p>Q: How often? A: Daily.</p>",
        (
            "<ul><li><strong>Is it safe?</strong> Yes, slowly.</li><li><strong>How often?"
            "</strong> Daily.</li></ul>"
        ),
        (
            "<ul><li><h4>Is it safe?</h4><p>Yes, slowly.</p></li><li><h4>How often?</h4>"
            "<p>Daily.</p></li></ul>"
        ),
        (
            '<div itemscope itemprop="mainEntity"><span itemprop="name">Is it safe?'
            '</span><div itemprop="acceptedAnswer">'
            '<p itemprop="text">Yes, slowly.</p></div></div><div><div class="q">How '
            'often?</div><div class="a">Daily.</div></div>'
        ),
        (
            '<h3><button aria-expanded="false" aria-controls="a">Is it safe?</button>'
            '</h3><div id="a" hidden>Yes, slowly.</div>'
            '<button class="accordion">How often?</button>'
            '<div class="panel" style="display:none">Daily.</div>'
        ),
    ],
)
def test_questions_are_found_however_they_are_marked_up(faq: str) -> None:
    page = page_of("<h2>FAQ</h2>" + faq)
    found = [(s.heading, page.text[s.start : s.end]) for s in page.sections if s.kind == "faq"]
    assert found == [("Is it safe?", "Yes, slowly."), ("How often?", "Daily.")]


@pytest.mark.parametrize(
    "part",
    [
        "<nav><a href='/plank'>Plank</a></nav>",
        "<header><a href='/'>FitSite</a><p>Plank and squat plans</p></header>",
        "<footer><p>Plank. © 2024 FitSite</p></footer>",
        "<aside><h3>Plank</h3><p>Try the plank for your core.</p><a href='/plank'>Go</a></aside>",
        "<aside class='sidebar'><p>The plank trains the core.</p></aside>",
        "<div class='cookie-banner'><p>We use cookies. Plank ok?</p><button>Accept</button></div>",
        (
            "<div>We use cookies to give you the best experience. Accept all cookies or "
            "manage consent.</div>"
        ),
        (
            "<section class='related-exercises'><h3>Plank</h3><p>The plank trains the "
            "core.</p></section>"
        ),
        (
            "<h2>Related exercises</h2><ul><li><a href='/plank'>Plank</a></li></ul><h3>"
            "Plank</h3><p>For the core.</p>"
        ),
        "<h2>You might also like</h2><p>Plank for the core.</p>",
        "<div role='complementary'><p>Plank for the core.</p></div>",
        "<ul><li><a href='/plank'>Plank</a></li><li><a href='/squat'>Plank squat</a></li></ul>",
        "<form><label>Plank newsletter</label><input><button>Send</button></form>",
        "<div class='promo'><h2>Plank like a pro</h2><p>Our AI coach plans your plank.</p></div>",
        (
            "<h2>Get your personalized program! 🎯</h2><p>Our AI creates a custom "
            "training program for you, plank included, designed just for you.</p>"
        ),
        "<div id='comments'><h2>3 comments</h2><p>I love the plank.</p></div>",
        "<h2>3 comments</h2><p>I love the plank for my core.</p>",
        "<p><a href='/plank'>Plank</a> | <a href='/squat'>Squat</a></p>",
        "<div class='breadcrumbs'>Home / Plank</div>",
        "<p>Found errors? Tell us!</p><div class='ad'>Plank ad</div>",
    ],
)
def test_parts_of_the_site_are_left_out(part: str) -> None:
    page = page_of("<h2>Tips</h2><p>Breathe out slowly.</p>" + part)
    assert "plank" not in page.text.lower()
    assert "cookie" not in page.text.lower()
    assert "Found errors" not in page.text
    assert bodies(page)["Tips"] == "Breathe out slowly."


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        (
            "<aside class='warning'><h3>Precautions</h3><p>Skip it with a hernia.</p></aside>",
            "Skip it with a hernia.",
        ),
        ("<form id='aspnet'><h2>Tips</h2><p>Share the weight.</p></form>", "Share the weight."),
        (
            (
                "<div class='content-with-sidebar'><h2>Tips</h2><p>Loading the spine is "
                "wrong.</p></div>"
            ),
            "Loading the spine is wrong.",
        ),
        (
            (
                "<h2>Tips</h2><ul><li>Share the weight between both legs</li><li>Back to "
                "start</li></ul>"
            ),
            "Share the weight between both legs\nBack to start",
        ),
        ("<h2>Equipment</h2><ul><li><a href='/mat'>Mat</a></li><li>Band</li></ul>", "Mat\nBand"),
        (
            "<h2>Tips</h2><p>Line one ends.<br>Line two ends.</p>",
            "Line one ends.\n\nLine two ends.",
        ),
        (
            "<h2>Tips</h2><table><tr><th>Level<th>Reps<tr><td>New<td>8–10</table>",
            "Level: New | Reps: 8–10",
        ),
        (
            (
                "<h2>Tips</h2><p>m<sup>2</sup> and H<sub>2</sub>O<sup><a href='#n'>[1]</a>"
                "</sup> for your knees.</p>"
            ),
            "m2 and H2O for your knees.",
        ),
        ("<h2>Tips</h2><p>It is <del>10</del> <ins>8</ins> reps.</p>", "It is 8 reps."),
        (
            "<h2>Tips</h2><ul><li>One <b>knee</b><ul><li>Two knees</li></ul></li></ul>",
            "One knee\nTwo knees",
        ),
    ],
)
def test_content_stays_even_where_it_looks_like_a_part_of_the_site(part: str, kept: str) -> None:
    assert kept in bodies(page_of(part)).values()


def test_main_wins_over_what_stands_around_it() -> None:
    html = """<body><div class="top"><p>The plank of the week trains your core.</p></div>
    <main><h1>Wall sit</h1><h2>Instructions</h2><p>Slide down the wall.</p>
    <h2>Tips</h2><p>Press your back flat.</p></main>
    <div><h3>Deadlift</h3><p>Lift the bar with a flat back.</p></div>
    <section><h2>Contraindications</h2><p>Knee pain.</p></section></body>"""
    page = parse_page(html.encode(), "wall-sit.html", "x")
    assert page.title == "Wall sit"
    assert list(bodies(page)) == ["Instructions", "Tips", "Contraindications"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Wall sit | FitSite</title>", "Wall sit"),
        ("<title>FitSite – Wall sit</title>", "Wall sit"),
        ("<title>Wall sit - Exercises - FitSite</title>", "Wall sit"),
        ("<title>FitSite</title><meta property='og:title' content='Wall sit'>", "FitSite"),
        ("", "Wall sit"),
    ],
)
def test_without_a_heading_the_title_comes_from_the_head_or_the_file(head: str, title: str) -> None:
    html = f"<head>{head}</head><body><h2>Instructions</h2><p>Slide down the wall.</p></body>"
    assert parse_page(html.encode(), "wall-sit.html", "x").title == title


def test_the_pages_own_address_is_its_canonical_link_if_that_is_an_address() -> None:
    assert (
        page_of(head='<link rel="canonical" href="https://a.example/dead-bug">').url
        == "https://a.example/dead-bug"
    )
    assert (
        page_of(head='<meta property="og:url" content="http://a.example/x">').url
        == "http://a.example/x"
    )
    assert page_of(head='<link rel="canonical" href="javascript:alert(1)">').url is None
    assert page_of(head='<link rel="canonical" href="/dead-bug">').url is None


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1", "utf-16", "utf-8-sig"])
def test_the_charset_is_told_by_mark_bytes_or_declaration(charset: str) -> None:
    html = (
        f'<meta charset="{charset.replace("-sig", "")}"><h1>Étirement</h1><h2>Tips'
        f"</h2><p>½ squat at 90° for café knees.</p>"
    )
    page = parse_page(html.encode(charset), "x.html", "x")
    assert page.title == "Étirement"
    assert bodies(page)["Tips"] == "½ squat at 90° for café knees."
