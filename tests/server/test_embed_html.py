import dataclasses
import html
import re
from pathlib import Path

import httpx
import pytest

from server.embed_html import CHOICES, COLOURS, FOLLOWS, FONTS, SIZES, colour_defaults
from server.embed_html import origin_warning as warning_of
from server.joining import integrity
from server.widget_facts import PROPERTIES, TABLES
from tests.server.fake_assistant import PAGE, FakeAssistant
from tests.server.running import assert_is_problem, running

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "widget.md").read_text("utf-8")
STYLES = (ROOT / "server" / "widget" / "styles.js").read_text("utf-8")


def shown(text, block):
    """Return what a code block of the page shows, as a reader would copy it."""
    return html.unescape(re.search(rf'<pre id="{block}"[^>]*><code>(.*?)</code>', text, re.S)[1])


def embed(url, **query):
    response = httpx.get(url + "/embed", params=query, trust_env=False)
    assert response.status_code == 200
    return response.text


def test_the_snippet_names_this_server_and_the_hash_of_the_script_that_it_serves(server_url):
    script = httpx.get(server_url + "/widget/1/exercise-chat.js").content
    assert shown(embed(server_url), "snippet") == (
        f'<script type="module" src="{server_url}/widget/1/exercise-chat.js"\n'
        f'  integrity="{integrity(script)}" crossorigin></script>\n'
        f'<exercise-chat endpoint="{server_url}"></exercise-chat>'
    )


def test_the_choices_of_the_query_are_attributes_and_stay_chosen(server_url):
    text = embed(server_url, history="local", lang="de", mode="floating", page="wall-sit")
    tag = shown(text, "snippet").split("\n")[-1]
    assert tag == (
        f'<exercise-chat endpoint="{server_url}" page="wall-sit" mode="floating" lang="de" '
        'history="local"></exercise-chat>'
    )
    assert re.findall(r'value="([^"]*)" (?:selected|checked)', text) == [
        "floating",
        "wall-sit",
        "de",
        "local",
    ]


def test_what_is_no_choice_counts_as_none(server_url):
    hostile = '"><script>alert(1)</script>'
    text = embed(server_url, mode=hostile, page="no-such-page", lang="xx", history=hostile)
    assert shown(text, "snippet") == shown(embed(server_url), "snippet")
    assert "alert(1)" not in text


def test_a_slug_with_signs_of_markup_stays_within_its_attribute():
    assistant = FakeAssistant()
    slug = "a\"b<c>'&"
    assistant.pages = lambda: [dataclasses.replace(PAGE, slug=slug)]
    with running(assistant) as url:
        tag = shown(embed(url, page=slug), "snippet").split("\n")[-1]
    assert (
        tag
        == f'<exercise-chat endpoint="{url}" page="a&#34;b&#60;c&#62;&#39;&#38;"></exercise-chat>'
    )
    assert html.unescape(tag).count(slug) == 1


@pytest.mark.parametrize("host", ['x"><script>alert(1)</script>', "a b", "evil.example/path", ""])
def test_a_host_that_is_none_is_not_repeated(server_url, host):
    response = httpx.get(server_url + "/embed", headers={"Host": host}, trust_env=False)
    assert response.status_code == 200
    assert f'endpoint="{server_url}"' in shown(response.text, "snippet")
    assert "alert(1)" not in response.text


def test_the_public_origin_of_the_settings_stands_in_snippet_and_policy():
    origin = "https://chat.example:8443"
    with running(FakeAssistant(), public_origin=origin) as url:
        text = embed(url)
    assert f'src="{origin}/widget/1/' in shown(text, "snippet")
    assert f'endpoint="{origin}"' in shown(text, "snippet")
    assert shown(text, "policy") == (
        f"Content-Security-Policy: script-src 'self' {origin}; connect-src 'self' {origin}"
    )
    assert url not in text
    assert "ASSISTANT_PUBLIC_ORIGIN" not in text


def test_an_address_that_other_sites_cannot_reach_is_said_with_the_setting_that_helps(server_url):
    text = embed(server_url)
    assert "reached from this machine alone" in text
    assert "ASSISTANT_PUBLIC_ORIGIN" in text
    for origin in ("http://localhost:8000", "https://127.1.2.3", "http://[::1]:80"):
        assert "this machine" in warning_of(origin)
    assert "https" in warning_of("http://chat.example")
    assert warning_of("https://chat.example") is None


def test_the_setting_for_sites_is_named_with_what_it_is_now(server_url):
    assert shown(embed(server_url), "setting") == (
        "ASSISTANT_CORS_ORIGINS=https://www.your-site.example"
    )
    assert "every site may" in embed(server_url)
    with running(FakeAssistant(), cors_origins="https://a.example,https://b.example") as url:
        text = embed(url)
    assert "It names 2 now" in text
    assert "every site may" not in text
    assert "a.example" not in text


def test_only_reading_is_allowed_and_no_other_site_reads_it(client):
    assert_is_problem(client.post("/embed"), 405, "method_not_allowed")
    response = client.get("/embed", headers={"Origin": "https://site.example"})
    assert "access-control-allow-origin" not in response.headers
    assert response.headers["cache-control"] == "no-cache"
    assert "/embed" not in client.get("/openapi.json").json()["paths"]


def test_the_first_page_leads_to_it(client):
    assert '<a href="/embed">' in client.get("/").text


def plain(cell):
    """Return a cell of a table of the document in the writing of the facts."""
    return cell.strip().replace("<code>&#124;</code>", "`|`")


def documented():
    """Return every table of docs/widget.md as columns and rows."""
    for table in re.findall(r"(?:^\|.*\n)+", DOCUMENT, re.M):
        columns, _, *rows = (
            tuple(map(plain, line.strip("|").split("|"))) for line in table.splitlines()
        )
        yield columns, tuple(rows)


def test_the_tables_of_the_page_are_those_of_the_document_no_more_and_no_less():
    tables = list(documented())
    assert len(tables) == 6
    assert {(facts.columns, facts.rows) for facts in TABLES} == set(tables)


def test_every_cell_of_the_tables_is_shown(server_url):
    text = embed(server_url).partition('class="facts-of-all"')[2]
    cells = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", text)
    read = [html.unescape(re.sub("</?code>", "`", cell)) for cell in cells]
    assert read == [
        cell for facts in TABLES for row in (facts.columns, *facts.rows) for cell in row
    ]


def test_the_languages_and_memories_to_choose_are_those_of_the_widget():
    strings = (ROOT / "server" / "widget" / "strings.js").read_text("utf-8")
    assert set(CHOICES["lang"]) == {"", *re.findall(r"^  ([a-z]{2}): \{$", strings, re.M)}
    kept = next(rows for columns, rows in documented() if columns[0] == "`history`")
    assert set(CHOICES["history"]) == {cell.strip("`").replace("off", "") for cell, _ in kept}


def test_the_look_begins_with_the_widgets_own_values():
    for name, (light, dark) in colour_defaults().items():
        if name not in FOLLOWS:
            own = re.search(rf"var\(--chat-{name}, light-dark\(#(\w+), #(\w+)\)\)", STYLES)
            shorts = [value.replace("ffffff", "fff") for value in (light[1:], dark[1:])]
            assert list(own.groups()) == shorts
    assert colour_defaults().keys() == COLOURS.keys()
    for size in SIZES:
        own = "min({:g}rem, 88dvh)" if size.name == "height" else "{:g}rem"
        assert f"var(--chat-{size.name}, {own.format(size.default)})" in STYLES
        assert size.least < size.default < size.most
        for value in (size.default, size.most):
            assert ((value - size.least) / size.step).is_integer()


def test_the_look_changes_every_property_but_layer_and_shadow():
    changed = {*COLOURS, *FONTS, *(size.name for size in SIZES)}
    documented = {row[0].strip("`").removeprefix("--chat-") for row in PROPERTIES.rows}
    assert documented - changed == {"layer", "shadow"}
    assert changed <= documented


def test_the_fixed_colours_that_the_contrast_is_checked_with_are_those_of_the_widget():
    script = (ROOT / "server" / "static" / "embed.js").read_text("utf-8")
    fixed = re.findall(r'\["(#\w{6})", "(#\w{6})"\]', script)
    assert len(fixed) == 3
    for light, dark in fixed:
        assert f"light-dark({light}, {dark})" in STYLES


def test_without_javascript_the_css_has_every_value_to_change(server_url):
    css = shown(embed(server_url), "css")
    assert css.startswith("exercise-chat {\n  --chat-accent: light-dark(#0b6650, #7fd1b5);\n")
    assert css.endswith("}")
    assert "  --chat-radius: 1rem;\n" in css
    assert css.count("--chat-") == len(COLOURS) + len(SIZES)
