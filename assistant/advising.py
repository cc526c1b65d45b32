"""What the safety layer says in a reply: instead of an answer, or before one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.drafts import Draft
from assistant.safety import (
    Assessment,
    conditional_line,
    relieved_line,
    standing_line,
    support_lines,
    urgent_reply,
)


@dataclass(frozen=True, slots=True)
class Advice:
    """``instead`` is the whole reply and no page is asked; ``lead`` stands before an answer.

    ``enough`` tells that the lead says all where the pages have no answer.
    """

    instead: Draft | None = None
    lead: tuple[str, ...] = ()
    enough: bool = False

    def before(self, draft: Draft) -> Draft:
        """Return a draft that opens with the lead; an answer with one is a caution."""
        if not self.lead:
            return draft
        if self.enough and draft.kind in ("abstain", "clarify"):
            return Draft("smalltalk", self.lead)
        kind = "caution" if draft.kind == "answer" else draft.kind
        space = ("\n\n",) if draft.pieces else ()
        return replace(draft, kind=kind, pieces=(*self.lead, *space, *draft.pieces))


def advise(assessment: Assessment, region: str) -> Advice:
    """Return what an assessment asks to be said, in the words of a region."""
    urgent = urgent_reply(assessment, region)
    if urgent:
        return Advice(Draft("urgent", urgent))
    if "medication" in assessment.categories:
        return Advice(Draft("abstain", support_lines(assessment, region)))
    lead: tuple[str, ...] = ()
    if assessment.relieved:
        return Advice(lead=relieved_line(region), enough=True)
    if assessment.level == "support":
        lead = support_lines(assessment, region)
    elif assessment.standing:
        lead = standing_line(region)
    elif assessment.conditional:
        lead = conditional_line(region)
    return Advice(lead=lead)
