"""Every citation resolves: the exact words, whole sentences or bullets, at their place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Reply
from assistant.errors import InvalidQuestion
from assistant.index import OpenIndex
from assistant.passages import passages_of
from assistant.pipeline import Assistant
from assistant.wording import suggestions
from tests.asking import CORPUS_SLUGS, ROOT, SLUGS, broken_promises

ASKED_OF_ANY_PAGE = [
    "how many reps of the {}, and how often?",
    "is the {} safe with high blood pressure?",
    "I am 20 weeks pregnant, can I do the {}?",
    "my knee was replaced, is the {} ok?",
    "what is the {} good for",
    "which muscles does the {} work and what equipment do I need?",
    "{}: what should I feel, and what are the mistakes?",
    "tell me everything about the {}",
    "is the {} better than the plank?",
    "who must not do the {}?",
    "make the {} easier pls",
]


def dataset_talks() -> Iterator[list[dict[str, str | None]]]:
    """The turns of the datasets' cases on pages that are indexed here, and some on others."""
    for path in sorted((ROOT / "evals" / "datasets").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            case = json.loads(line)
            if "turns" not in case:
                break  # questions of another kind
            here = case["exercises"] and set(case["exercises"]) <= set(CORPUS_SLUGS)
            if here or number % 8 == 0:
                yield case["turns"]


def faults(assistant: Assistant, question: str, reply: Reply) -> list[str]:
    return [f"{question!r}: {fault}" for fault in broken_promises(reply, assistant.page)]


def faults_of_talk(assistant: Assistant, talk: list[dict[str, str | None]]) -> list[str]:
    found, conversation = [], None
    for turn in talk:
        page = turn["page"] if turn["page"] in SLUGS else None
        reply = assistant.ask(str(turn["message"]), conversation_id=conversation, page=page)
        conversation = reply.conversation_id
        found += faults(assistant, str(turn["message"]), reply)
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_each_question_of_a_page_itself_is_answered_with_citations_that_hold(
    assistant: Assistant, slug: str
) -> None:
    page = assistant.page(slug)
    for heading in [section.heading for section in page.sections if section.kind == "faq"]:
        reply = assistant.ask(heading, page=slug)
        assert faults(assistant, heading, reply) == []
        assert reply.citations or reply.kind == "urgent", heading


@pytest.mark.parametrize("slug", SLUGS)
def test_each_suggestion_about_a_page_gets_a_reply_whose_citations_hold(
    assistant: Assistant, slug: str
) -> None:
    title = assistant.page(slug).title
    for suggestion in suggestions():
        question = suggestion.text.format(title=title)
        reply = assistant.ask(question)
        assert faults(assistant, question, reply) == []
        assert reply.exercises == (slug,), question
        assert {citation.page for citation in reply.citations} <= {slug}, question


@pytest.mark.parametrize("question", ASKED_OF_ANY_PAGE)
def test_a_question_asked_of_every_page_gets_citations_that_hold(
    assistant: Assistant, question: str
) -> None:
    for slug in SLUGS:
        asked = question.format(assistant.page(slug).title)
        assert faults(assistant, asked, assistant.ask(asked)) == []


def test_what_a_reply_suggests_can_be_asked_in_turn(assistant: Assistant) -> None:
    for slug in SLUGS[::3]:
        first = assistant.ask("how do I do it?", page=slug)
        for question in first.suggestions:
            reply = assistant.ask(question, conversation_id=first.conversation_id, page=slug)
            assert reply.exercises == (slug,), question
            assert faults(assistant, question, reply) == []


def test_the_talks_of_the_datasets_get_citations_that_hold(assistant: Assistant) -> None:
    assert [fault for talk in dataset_talks() for fault in faults_of_talk(assistant, talk)] == []


def test_these_are_at_least_two_hundred_questions_of_their_own(assistant: Assistant) -> None:
    headings = [s.heading for slug in SLUGS for s in assistant.page(slug).sections]
    own = len(headings) + len(SLUGS) * (len(ASKED_OF_ANY_PAGE) + len(suggestions()))
    assert own >= 200


def test_the_index_has_the_passages_that_the_promise_is_checked_against(
    assistant: Assistant, index: OpenIndex
) -> None:
    for slug in SLUGS:
        assert tuple(index.passages(index.rows(slug))) == passages_of(assistant.page(slug))


FRAGMENTS = [
    "plank",
    "lantern squat",
    "zercher squat",
    "how many reps",
    "is it safe",
    "and how often?",
    "I am pregnant",
    "same for",
    "which exercise helps with",
    "no, I meant the side one",
    "\u200b",
    "½ 🎯 “”",
    "<script>",
    "{title}",
    "' OR 1=1 --",
    "\n\n",
]
messages = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), max_size=6).map(" ".join)


@settings(max_examples=60)
@given(st.lists(st.tuples(messages, st.sampled_from([None, *SLUGS])), min_size=1, max_size=2))
def test_any_text_gets_a_verified_reply_or_is_no_question(
    assistant: Assistant, turns: list[tuple[str, str | None]]
) -> None:
    conversation = None
    for message, page in turns:
        try:
            reply = assistant.ask(message, conversation_id=conversation, page=page)
        except InvalidQuestion:
            continue
        conversation = reply.conversation_id
        assert faults(assistant, message, reply) == []


def test_a_broken_promise_would_be_noticed(assistant: Assistant) -> None:
    reply = assistant.ask("who should not do the lantern squat?")
    (citation,) = reply.citations
    quoted = next(segment for segment in reply.segments if segment.citations)
    shorter = citation.quote.removeprefix("Do not ")
    cut = replace(citation, start=citation.start + 7, quote=shorter)
    faulty = [
        replace(reply, citations=(replace(citation, quote=shorter),)),
        replace(reply, citations=(cut,), segments=(replace(quoted, text=shorter),)),
        replace(reply, citations=(replace(citation, end=citation.end - 5),)),
        replace(reply, citations=(replace(citation, heading="Tips"),)),
        replace(reply, citations=(replace(citation, content_hash="sha256:0"),)),
        replace(reply, citations=(citation, replace(citation, number=2))),
        replace(reply, citations=()),
        replace(reply, segments=(*reply.segments, replace(quoted, role="frame"))),
        replace(reply, segments=(replace(quoted, text="[1]"), *reply.segments)),
    ]
    assert broken_promises(reply, assistant.page) == []
    assert all(broken_promises(each, assistant.page) for each in faulty)
