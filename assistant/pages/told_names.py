"""Names within a sentence that speaks of names, whatever its grammar: "coaches list it as …".

Left out is what stands before the words that speak of names, and all of a sentence that speaks of
another exercise before them ("a harder version known as …").
"""

from __future__ import annotations

import re

from assistant.pages.naming_policy import naming
from assistant.pages.repeated_names import names_in

# Where a sentence goes on with something else: "also known as the river reach, it is a …".
GOES_ON = re.compile(r"[,;:–—] (?:(?:but|and|while|yet) )?(?:it|this|they|you|we|here|there)\b")


def pose_names(text: str) -> list[str]:
    """Return the Sanskrit names of the pose in a sentence that speaks of names or of yoga.

    >>> pose_names("In the old texts it is written as uttanasana.")
    ['uttanasana']
    >>> pose_names("Unlike salamba bhujangasana it is held on the hands.")
    []
    >>> pose_names("Happy baby pose (Ananda balasana)"), pose_names("Rest in savasana afterwards.")
    (['Ananda balasana'], [])
    """
    policy = naming()
    return [
        match[0]
        for match in policy.pose.finditer(text)
        for before in (text[: match.start()],)
        if policy.of_poses.search(before) and not policy.another.search(before)
    ]


def told_names(sentence: str) -> list[str]:
    """Return the names that a sentence of a description gives the exercise.

    >>> told_names("Trainers list it as the standing wall drive or simply the wall knee drive.")
    ['standing wall drive', 'wall knee drive']
    >>> told_names("A harder version is called the archer push-up.")
    []
    """
    policy = naming()
    telling = policy.telling.search(sentence)
    if not telling or policy.another.search(sentence[: telling.start()]):
        return []
    found: list[str] = []
    said = GOES_ON.split(sentence[telling.end() :])[0]
    for name in names_in(said, policy, policy.apart):
        if found and name.endswith(found[-1]):
            found.pop()  # of the runs that end at one word the longest is the name
        found.append(name)
    return found
