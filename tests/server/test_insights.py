import base64
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import httpx
import pytest

from assistant.asked import Asked, Feedback, Note
from assistant.bootstrap import build
from assistant.conversations import days_ago
from assistant.domain import Turn
from assistant.errors import SettingError
from assistant.settings import read_settings
from server.insights_figures import HIDDEN, figures_of
from server.insights_key import WINDOW, WRONG, Guesses
from server.insights_plots import HEIGHT, nice_top, questions_plot, seconds_plot
from server.settings import read_server_settings
from tests.server.fake_assistant import FakeAssistant
from tests.server.running import assert_is_problem, running

KEY = "correct horse battery staple ü"
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></svg><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;\u202e\u2028<!-- -->",
]


def basic(key, user="owner"):
    return "Basic " + base64.b64encode(f"{user}:{key}".encode()).decode()


def get(url, authorization=None, **query):
    headers = {"Authorization": authorization.encode()} if authorization else {}
    return httpx.get(url + "/insights", params=query, headers=headers, trust_env=False)


@pytest.fixture(scope="module")
def owned(data_folder, tmp_path_factory):
    """The real assistant over a store of its own, with questions of several days and votes."""
    folder = tmp_path_factory.mktemp("insights") / "data"
    ignored = shutil.ignore_patterns("conversations*", "open")
    assistant = build(read_settings(data=shutil.copytree(data_folder, folder, ignore=ignored)))
    for message in (
        "how long should I hold a plank?",
        "how do I do a kettlebell swing?",
        "kettlebell swings reps?",
        "what is the weather today?",
        "I have crushing chest pain going down my left arm",
    ):
        reply = assistant.ask(message)
    assistant.rate(reply.id, Feedback("down", "false alarm"))
    _ask_earlier(assistant)
    yield assistant
    assistant.close()


def _ask_earlier(assistant):
    """Put a refused and voted-down question of hostile words into the store, 20 days old."""
    for number, payload in enumerate(PAYLOADS):
        reply = {"id": f"msg_{number}", "kind": "abstain", "exercises": [], "citations": []}
        turn = Turn(f"who said {payload}", None, reply, days_ago(20))
        store = assistant._conversations
        store.append(f"cnv_{number}", turn, {}, Note(2.5, "unknown_exercise", payload))
        store.rate(f"msg_{number}", Feedback("down", payload))


@pytest.fixture(scope="module")
def url(owned):
    with running(owned, insights_key=KEY) as url:
        yield url


def test_without_a_key_in_the_settings_there_is_nothing_at_this_path(client):
    nothing = client.get("/no-such-page")
    for headers in ({}, {"Authorization": basic("x" * 20)}, {"Authorization": "Bearer x"}):
        response = client.get("/insights", headers=headers)
        assert_is_problem(response, 404, "not_found")
        assert response.content == nothing.content


@pytest.mark.parametrize("key", ["", "short", "x" * 15])
def test_a_short_key_stops_the_start_and_is_not_shown(key):
    with pytest.raises(SettingError, match=r"ASSISTANT_INSIGHTS_KEY.*16 characters") as caught:
        read_server_settings(insights_key=key)
    assert not key or repr(key) not in str(caught.value)
    assert "x" * 15 not in f"{caught.value!r} {caught.value.__cause__}"
    assert KEY not in repr(read_server_settings(insights_key=KEY))


def test_without_the_key_a_browser_is_asked_for_it(url):
    response = get(url)
    assert_is_problem(response, 401, "unauthorized")
    assert response.headers["www-authenticate"].startswith("Basic realm=")
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("authorization", [basic(KEY), basic(KEY, ""), f"Bearer {KEY}"])
def test_the_key_opens_the_page_which_nobody_keeps(url, authorization):
    response = get(url, authorization)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    assert "noindex" in response.headers["x-robots-tag"]
    assert response.headers["referrer-policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in response.text
    assert KEY not in response.text


@pytest.mark.parametrize(
    "authorization",
    [
        basic(KEY + "x"),
        basic(KEY[:-1]),
        basic(""),
        "Bearer",
        "Bearer wrong",
        "Basic !!!",
        "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(),
        "Digest x",
    ],
)
def test_a_wrong_key_is_refused(owned, authorization):
    with running(owned, insights_key=KEY) as url:
        response = get(url, authorization)
        assert_is_problem(response, 401, "unauthorized")
        assert "www-authenticate" in response.headers


def test_a_key_in_the_address_opens_nothing(url):
    assert get(url, key=KEY).status_code == 401


def test_many_wrong_keys_are_refused_for_a_while_and_then_the_right_one_too(owned):
    with running(owned, insights_key=KEY) as url:
        for number in range(WRONG):
            assert get(url, basic(f"guess number {number}")).status_code == 401
        for key in ("another", KEY):
            response = get(url, basic(key))
            assert_is_problem(response, 429, "rate_limited")
            assert 1 <= int(response.headers["retry-after"]) <= WINDOW + 1
            assert "ratelimit" in response.headers
        assert get(url).status_code == 401


def test_guesses_are_counted_by_address_and_forgotten_after_the_window():
    clock = [0.0]
    guesses = Guesses(lambda: clock[0])
    for _ in range(WRONG):
        assert guesses.wait("a") == 0
        guesses.note("a")
        clock[0] += 1
    assert guesses.wait("a") == pytest.approx(WINDOW - WRONG)
    assert guesses.wait("b") == 0
    clock[0] += WINDOW - WRONG
    assert guesses.wait("a") == 0


def test_a_flood_of_addresses_does_not_fill_the_memory():
    guesses = Guesses()
    for number in range(6_000):
        guesses.note(str(number))
    assert len(guesses._wrong) <= 4_096


def test_the_page_shows_what_was_asked_refused_and_voted(url):
    text = get(url, basic(KEY)).text
    assert "2</span> times" in text
    assert "No page for kettlebell swing" in text
    assert re.search(r'href="/exercises/[a-z-]+\?start=\d+&amp;end=\d+"', text)
    assert text.index("kettlebell") < text.index("what is the weather today?")
    assert "false alarm" in text


def test_words_about_a_warning_sign_are_counted_but_not_shown(url):
    text = get(url, basic(KEY)).text
    assert "chest pain" not in text
    assert "a message about a warning sign" in text
    assert re.search(r'<th scope="row">Told to get help</th>\s*<td>1</td>', text)


class Tags(HTMLParser):
    """Collects tags and the names of attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value for name, value in attrs if name in ("href", "src")}


def test_hostile_words_stay_words(url):
    text = get(url, basic(KEY), days="30").text
    found = Tags(text)
    assert not found.tags & {"script", "img", "iframe", "style"}
    assert not [name for name in found.attributes if name.startswith("on") or name == "style"]
    assert all(link.startswith(("/", "#")) for link in found.links)
    assert "49" not in re.findall(r"who said [^<]*", text.partition("{{")[0])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7 * 7 }}" in text


def test_the_period_is_chosen_by_links(url):
    week, month = (get(url, basic(KEY), days=days).text for days in ("7", "30"))
    assert "who said" in month
    assert "who said" not in week
    assert '<a href="/insights?days=7" aria-current="page">7 days</a>' in week
    assert '<a href="/insights?days=90">90 days</a>' in week
    assert get(url, basic(KEY)).text.count('aria-current="page"') == 1


@pytest.mark.parametrize("days", ["", "8", "-7", "07", "x" * 500, "<b>"])
def test_another_period_is_refused(url, days):
    assert_is_problem(get(url, basic(KEY), days=days), 422, "invalid_request")


def test_only_reading_is_allowed(url):
    response = httpx.post(url + "/insights", headers={"Authorization": "Bearer x"})
    assert_is_problem(response, 405, "method_not_allowed")


def test_a_deleted_conversation_leaves_the_page(url, owned):
    reply = owned.ask("is the jefferson curl on this site?")
    owned.rate(reply.id, Feedback("down", "my words about the curl"))
    assert "jefferson" in get(url, basic(KEY)).text
    httpx.delete(f"{url}/v1/conversations/{reply.conversation_id}").raise_for_status()
    text = get(url, basic(KEY)).text
    assert "jefferson" not in text
    assert "my words" not in text


def test_an_empty_store_is_said_in_words(data_folder, tmp_path):
    ignored = shutil.ignore_patterns("conversations*", "open")
    folder = shutil.copytree(data_folder, tmp_path / "data", ignore=ignored)
    assistant = build(read_settings(data=folder))
    with running(assistant, insights_key=KEY) as url:
        text = get(url, basic(KEY), days="90").text
    assistant.close()
    assert "Nobody has asked anything in the last 90 days." in text
    assert "<svg" not in text


def test_the_page_is_no_part_of_the_api(url):
    assert "/insights" not in httpx.get(url + "/openapi.json").json()["paths"]
    with running(FakeAssistant(), insights_key=KEY) as other:
        origin = {"Origin": "https://site.example"}
        response = httpx.get(other + "/insights", headers=origin)
        assert "access-control-allow-origin" not in response.headers


def question(kind="answer", at="2026-05-10T10:00:00+00:00", seconds=None, **more):
    note = None if seconds is None else Note(seconds)
    return Asked("how?", None, at, kind, more.pop("level", "none"), (), note, **more)


def test_figures_count_days_kinds_times_and_votes():
    votes = (Feedback("down", "no", None, "2026-05-10"), Feedback("up"))
    found = figures_of(
        [
            question(at="2026-05-03T23:59:59+00:00"),
            question(at="2026-05-04T00:00:00+00:00", seconds=0.1),
            question("abstain", seconds=0.3, feedback=votes),
            question("urgent", seconds=4.0, level="emergency", feedback=votes[:1]),
        ],
        date(2026, 5, 10),
        7,
    )
    assert [day.total for day in found.days] == [1, 0, 0, 0, 0, 0, 2]
    assert (found.total, found.up, found.down, found.share("abstain")) == (3, 1, 2, 33)
    assert (found.p50, found.p95, found.slowest_p95) == (0.3, 4.0, 4.0)
    assert [slow.question for slow in found.slow] == [HIDDEN, "how?", "how?"]
    assert {vote.question for vote in found.votes} == {HIDDEN, "how?"}
    assert found.busiest.name == "10 May"


def test_a_question_of_this_moment_is_in_the_last_column():
    now = datetime.now(UTC)
    found = figures_of([question(at=now.isoformat())], now.date(), 7)
    assert found.days[-1].total == 1
    assert found.days[0].date == now.date() - timedelta(days=6)


def test_bars_stack_to_the_total_and_never_leave_the_plot():
    asked = [question()] * 30 + [question("abstain")] * 7 + [question("smalltalk", seconds=0.5)]
    figures = figures_of(asked, date(2026, 5, 10), 30)
    plot = questions_plot(figures.days)
    bars = plot.columns[-1].bars
    assert plot.top == 50
    assert sum(bar.height for bar in bars) == pytest.approx(HEIGHT * 38 / 50)
    for lower, upper in pairwise(bars):
        assert upper.y + upper.height == pytest.approx(lower.y)
    assert all(bar.y >= 0 and bar.x + bar.width <= plot.width for bar in bars)
    assert plot.columns[-1].title == "10 May: 30 answered, 7 not in the pages, 1 small talk"
    (timed,) = seconds_plot(figures.days).columns
    assert timed.title == "10 May: half within 500 ms, 95 of 100 within 500 ms"


@pytest.mark.parametrize("value", [0.00042, 0.006, 0.5, 1, 2, 9.99, 10, 11, 499, 501, 12345])
def test_the_top_of_a_plot_holds_every_value_and_wastes_little(value):
    assert value <= nice_top(value) <= 2.5 * value + 1e-9
