"""Canned documents in the contract's shapes, for states that a healthy server does not show."""

from __future__ import annotations

from typing import Any

from assistant.domain import Page, Section

Document = dict[str, Any]

LINES = {
    "Instructions": (
        "instructions",
        [
            "Lie on your back 🧘 with your knees bent and your feet flat.",
            "Let both knees sink to one side until you feel a mild stretch.",
            "Pause for ½ a breath, then bring the knees back to the middle.",
        ],
    ),
    "Medical restrictions": (
        "restrictions",
        [
            "Recent spinal surgery: ask your surgical team before you start.",
            "Osteoporosis of the spine: do not twist without medical advice.",
        ],
    ),
    "How many reps should I do?": (
        "faq",
        ["Start with 6–12 slow reps per side. One or two sets are plenty for most people."],
    ),
}


def page_document(slug: str = "knee-rolls", title: str = "Lying knee rolls") -> Document:
    """Return a page whose text holds an emoji, so that code points and UTF-16 units differ."""
    text, sections = title + "\n", []
    for heading, (kind, lines) in LINES.items():
        text += heading + "\n"
        body = "\n".join(lines)
        span = {"start": len(text), "end": len(text) + len(body)}
        sections.append({"kind": kind, "heading": heading, **span})
        text += body + "\n"
    names = {"slug": slug, "title": title, "aliases": ["lower trunk rotation"], "url": None}
    return {**names, "text": text, "content_hash": "sha256:00", "sections": sections}


def record(document: Document) -> Page:
    """Return the record of a page document, for the templates."""
    return Page(
        slug=document["slug"],
        title=document["title"],
        text=document["text"],
        sections=tuple(Section(**section) for section in document["sections"]),
        aliases=tuple(document["aliases"]),
        url=document["url"],
        level="beginner",
        equipment=("mat",),
        muscles=("trunk", "hips"),
    )


def citation(number: int, quote: str, **changes: object) -> Document:
    """Return the citation of words that stand on the page."""
    page = page_document()
    start = page["text"].index(quote)
    end = start + len(quote)
    section = next(one for one in page["sections"] if one["start"] <= start and end <= one["end"])
    return {
        "number": number,
        "page": page["slug"],
        "title": page["title"],
        "section": section["kind"],
        "heading": section["heading"],
        "quote": quote,
        "start": start,
        "end": end,
        "prefix": "",
        "suffix": "",
        "content_hash": page["content_hash"],
        "url": f"/exercises/{page['slug']}?start={start}&end={end}",
        "source_url": "https://example.org/knee-rolls#:~:text=Start",
        **changes,
    }


def reply(
    kind: str, segments: list[Document], citations: list[Document], **more: object
) -> Document:
    """Return a whole reply; a segment is text, role and the numbers of its citations."""
    return {
        "id": "msg_1",
        "conversation_id": "cnv_1",
        "kind": kind,
        "text": "".join(segment["text"] for segment in segments),
        "segments": segments,
        "citations": citations,
        "safety": {"level": "none", "reasons": []},
        "exercises": ["knee-rolls"],
        "suggestions": [],
        "mode": "extractive",
        "index": {"generation": 1, "corpus": "sha256:00"},
        **more,
    }


def segment(text: str, *numbers: int, role: str | None = None) -> Document:
    """Return a segment: a quote when it cites, else frame words."""
    role = role or ("quote" if numbers else "frame")
    return {"text": text, "role": role, "citations": list(numbers)}


_REPS = "Start with 6–12 slow reps per side."
_SETS = "One or two sets are plenty for most people."
_STEPS = LINES["Instructions"][1]
_SURGERY = LINES["Medical restrictions"][1][0]


def answer() -> Document:
    """Return an answer of two quotes with one source each."""
    said = [segment(_REPS, 1), segment(" "), segment(_SETS, 2)]
    sources = [citation(1, _REPS), citation(2, _SETS)]
    return reply(
        "answer", said, sources, suggestions=["How do I breathe?", "Is it safe for my back?"]
    )


def steps() -> Document:
    """Return an answer of numbered steps that quotes words behind an emoji."""
    said = [segment("Here is how:\n")]
    for number, line in enumerate(_STEPS, 1):
        said += [segment(f"{number}. "), segment(line + "\n", number)]
    return reply("answer", said, [citation(n, line) for n, line in enumerate(_STEPS, 1)])


def caution() -> Document:
    """Return an answer that a restriction leads."""
    said = [
        segment("You mentioned surgery. The page says about that:\n"),
        segment(_SURGERY + "\n", 1),
        segment(_REPS, 2),
    ]
    return reply("caution", said, [citation(1, _SURGERY), citation(2, _REPS)])


def urgent() -> Document:
    """Return a reply to a red flag: what to do now, no citations."""
    said = [
        segment("Stop exercising and call 112 or your local emergency number now. "),
        segment("Chest pressure that spreads to the arm can be an emergency."),
    ]
    return reply("urgent", said, [], safety={"level": "emergency", "reasons": ["heart"]})


def abstain() -> Document:
    """Return a reply that says what the pages lack."""
    said = [segment("The page does not say how heavy a weight to use. It covers reps and safety.")]
    return reply("abstain", said, [], suggestions=["How many reps should I do?"])


def moved() -> Document:
    """Return an answer whose quote is not at its place on the page any more."""
    return reply("answer", [segment(_REPS, 1)], [citation(1, _REPS, start=3, end=9)])


ANSWERS = {
    "reps": answer,
    "how": steps,
    "surgery": caution,
    "chest": urgent,
    "heavy": abstain,
    "moved": moved,
}
