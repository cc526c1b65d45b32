"""Triage before anything else: how urgent is this message, and which conditions hold?

``SafetyLayer`` is the whole layer: rules, then a learned judge that may only raise their level.
It never raises an error. ``assess`` is the rules alone, without that guard.
Wording comes by region.
"""

from assistant.safety.assessing import assess
from assistant.safety.raising import SafetyLayer
from assistant.safety.records import RANK, Assessment, Condition
from assistant.safety.wording import (
    DEFAULT_REGION,
    categories,
    conditional_line,
    regions,
    relieved_line,
    standing_line,
    support_lines,
    urgent_reply,
)

__all__ = [
    "DEFAULT_REGION",
    "RANK",
    "Assessment",
    "Condition",
    "SafetyLayer",
    "assess",
    "categories",
    "conditional_line",
    "regions",
    "relieved_line",
    "standing_line",
    "support_lines",
    "urgent_reply",
]
