"""Names within a sentence that speaks of names, whatever its grammar: "coaches list it as …".

Left out is a sentence that speaks of another exercise ("a harder version known as …"), and what
stands before the words that speak of names.
"""

from __future__ import annotations

from assistant.pages.naming_policy import naming
from assistant.pages.repeated_names import names_in


def told_names(sentence: str) -> list[str]:
    """Return the names that a sentence of a description gives the exercise.

    >>> told_names("Trainers list it as the standing wall drive or simply the wall knee drive.")
    ['standing wall drive', 'wall knee drive']
    >>> told_names("A harder version is called the archer push-up.")
    []
    """
    policy = naming()
    telling = policy.telling.search(sentence)
    if not telling or policy.another.search(sentence):
        return []
    found: list[str] = []
    for name in names_in(sentence[telling.end() :], policy, policy.apart):
        if found and name.endswith(found[-1]):
            found.pop()  # of the runs that end at one word the longest is the name
        found.append(name)
    return found
