"""Invented sites' pages as scraped text: what is content, and what the site put around it."""

from __future__ import annotations

import pytest

from assistant.domain import Page
from assistant.pages.furniture import furniture
from assistant.pages.parsing import parse_page

SITES: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {}
"""By file name: the scraped text, its title, its sections as (kind, heading, body)."""

SITES["dead-bug.txt"] = (
    """FitLab
Home | Workouts | Exercises | Log in

Exercises > Core > Dead bug

Dead Bug
Level: Beginner
Equipment: none
Last updated: 3 May 2024
5 min read

The dead bug is a core drill that teaches your trunk to stay still while
your arms and legs move. It suits almost everyone, and it needs
nothing but a floor.

Save to my plan
Join 40,000 athletes training smarter with FitLab Pro. Cancel anytime.

HOW TO DO IT:
1. Lie on your back with arms straight up and
   knees bent at 90°.
2) Press your low back gently into the floor.
3. Lower one arm and the opposite leg – slowly –
until they hover above the floor.

[Advertisement]
Common mistakes
- Arching the lower back. Stop before it lifts.
- Rushing.
- Share the load between both sides

Safety
Do not do this exercise if you have:
   * a hernia that has not been repaired
   * severe pain when lying flat
Check with your doctor first after surgery.

You might also like
Bird dog
Plank
Hollow hold

Breathing: Exhale as you lower; inhale as you return.

Q: How many reps should I do?
A: Do 6–10 reps per side for 2½ sets, e.g. on
three days a week.

Q: Is it safe in pregnancy? A: Ask your midwife first. Do not lie flat for long.

Was this page helpful?
Yes
No
Share on Facebook
Subscribe to our newsletter and get weekly tips straight to your inbox.
© 2024 FitLab. All rights reserved.
Privacy policy
""",
    "Dead Bug",
    [
        ("other", "Level", "Level: Beginner"),
        ("equipment", "Equipment", "Equipment: none"),
        (
            "description",
            "Dead Bug",
            "The dead bug is a core drill that teaches your trunk to stay still while "
            "your arms and legs move. It suits almost everyone, and it needs nothing but a floor.",
        ),
        (
            "instructions",
            "HOW TO DO IT",
            "Lie on your back with arms straight up and knees bent at 90°.\n"
            "Press your low back gently into the floor.\n"
            "Lower one arm and the opposite leg – slowly – until they hover above the floor.",
        ),
        (
            "tips",
            "Common mistakes",
            "Arching the lower back. Stop before it lifts.\nRushing.\n"
            "Share the load between both sides",
        ),
        (
            "restrictions",
            "Safety",
            "Do not do this exercise if you have:\na hernia that has not been repaired\n"
            "severe pain when lying flat\n\nCheck with your doctor first after surgery.",
        ),
        ("breathing", "Breathing", "Exhale as you lower; inhale as you return."),
        (
            "faq",
            "How many reps should I do?",
            "Do 6–10 reps per side for 2½ sets, e.g. on three days a week.",
        ),
        (
            "faq",
            "Is it safe in pregnancy?",
            "Ask your midwife first. Do not lie flat for long.",
        ),
    ],
)

SITES["calf.txt"] = (
    """Toggle menu

Search exercises

STANDING CALF RAISE

Share
Print
Save

★★★★☆ 4.2 (128 reviews)

Overview

Calf raises strengthen the muscles at the back of the lower leg. They help you walk and climb.

Ready to build your best body? Download our app and get a personalised plan in 60 seconds.

Get started

Equipment needed

None, a step is optional

What to do

Stand tall with feet hip-width apart.

Rise onto the balls of your feet.

Tips from the coach

Keep your ankles in line
Don't roll outwards

Be careful if

• you have a recent Achilles tendon injury
• you have a hot, swollen calf

Need motivation? Meet other people in the community.

Questions & Answers

How many calf raises should I do?

Two or three sets of 12–15 raises.

Rest a minute between sets.

Do calf raises make calves bigger

Yes, slowly.

Newsletter

Sign up and never miss a workout.

Your email

Subscribe

About the company

We were founded in 2012 by two friends who love what they do.
""",
    "STANDING CALF RAISE",
    [
        (
            "description",
            "Overview",
            "Calf raises strengthen the muscles at the back of the lower leg. "
            "They help you walk and climb.",
        ),
        ("equipment", "Equipment needed", "None, a step is optional"),
        (
            "instructions",
            "What to do",
            "Stand tall with feet hip-width apart.\n\nRise onto the balls of your feet.",
        ),
        ("tips", "Tips from the coach", "Keep your ankles in line\n\nDon't roll outwards"),
        (
            "restrictions",
            "Be careful if",
            "Be careful if\nyou have a recent Achilles tendon injury\nyou have a hot, swollen calf",
        ),
        (
            "faq",
            "How many calf raises should I do?",
            "Two or three sets of 12–15 raises.\n\nRest a minute between sets.",
        ),
        ("faq", "Do calf raises make calves bigger", "Yes, slowly."),
    ],
)

SITES["003.txt"] = (
    """\ufeffPhysioHaus\r
\r
Cookie settings\r
We use cookies to analyse our traffic and to personalise content.\r
Accept all\r
Reject all\r
\r
Pelvic tilt\r
\r
About this exercise\r
The pelvic tilt is a small movement of the pelvis. Lie down and rock it.\r
\r
Watch video\r
0:42\r
\r
Step-by-step guide\r
Step 1: Lie on your back.\r
Step 2: Flatten your low back.\r
Step 3: Let go.\r
\r
Advertisement\r
\r
Precautions\r
–\u00a0Fresh fracture of the pelvis\r
–\u00a0Loading the spine is forbidden by your surgeon\r
\r
Breathe like this\r
Breathe out while you tilt. Breathe in while you let go.\r
\r
People also ask\r
Can I do pelvic tilts in bed?\r
Yes, if the mattress is firm. A soft one gives way.\r
\r
Book an appointment\r
Imprint\r
Loading…\r
""",
    "Pelvic tilt",
    [
        (
            "description",
            "About this exercise",
            "The pelvic tilt is a small movement of the pelvis. Lie down and rock it.",
        ),
        (
            "instructions",
            "Step-by-step guide",
            "Lie on your back.\nFlatten your low back.\nLet go.",
        ),
        (
            "restrictions",
            "Precautions",
            "Fresh fracture of the pelvis\nLoading the spine is forbidden by your surgeon",
        ),
        (
            "breathing",
            "Breathe like this",
            "Breathe out while you tilt. Breathe in while you let go.",
        ),
        (
            "faq",
            "Can I do pelvic tilts in bed?",
            "Yes, if the mattress is firm. A soft one gives way.",
        ),
    ],
)

SITES["wall-angel.txt"] = (
    """Wall angel | MoveMore

MoveMore
Exercises
Programs
Pricing

Unlock 500+ workouts with MoveMore Premium. Start your free trial now.

Description

The wall angel is a posture exercise done against a wall. It trains the
muscles between the shoulder blades.

Try MoveMore free

Our coaches build a tailored plan around you. No credit card required.

Start your free trial

It is often used at the desk, because it takes a minute only.

How to do a wall angel

1.
Stand with your back against a wall.
2.
Slide your arms up and down.

Form cues

✓ Keep the ribs down
✓ Keep wrists on the wall
if you can

✗ Do not shrug

Who should be careful

Anyone with a frozen shoulder should ask a physiotherapist first. After
shoulder surgery, wait for clearance.

Related exercises

Chin tuck
Band pull-apart
Learn how to do the band pull-apart for better posture.

FAQ

What if my wrists do not touch the wall?

That is fine. Go as far as you can.

How often should I do wall angels?

Daily, 8 to 10 slow repetitions.

Comments (2)

Anna
Love this one for my shoulders, thanks!

Ben
My back feels better.

MoveMore
Made with love in Leeds
Terms & Conditions
""",
    "Wall angel",
    [
        (
            "description",
            "Description",
            "The wall angel is a posture exercise done against a wall. It trains the "
            "muscles between the shoulder blades.\n\n"
            "It is often used at the desk, because it takes a minute only.",
        ),
        (
            "instructions",
            "How to do a wall angel",
            "Stand with your back against a wall.\nSlide your arms up and down.",
        ),
        (
            "tips",
            "Form cues",
            "Keep the ribs down\nKeep wrists on the wall if you can\nDo not shrug",
        ),
        (
            "restrictions",
            "Who should be careful",
            "Anyone with a frozen shoulder should ask a physiotherapist first. "
            "After shoulder surgery, wait for clearance.",
        ),
        (
            "faq",
            "What if my wrists do not touch the wall?",
            "That is fine. Go as far as you can.",
        ),
        (
            "faq",
            "How often should I do wall angels?",
            "Daily, 8 to 10 slow repetitions.",
        ),
    ],
)

SITES["neck-roll.txt"] = (
    """Skip to content
Sign in
Cart (0)

Neck half circles

A gentle way to loosen the neck at your desk.

INSTRUCTIONS
------------
Sit tall. Drop your chin to your chest. Roll your right ear towards your
right shoulder, then back through the middle to the left.

TIPS
----
* Move slowly.
* Never roll the head
  backwards.

CONTRAINDICATIONS
-----------------
* Dizziness when you turn your head
* Neck injury in the last
  three months

FREQUENTLY ASKED QUESTIONS
--------------------------
Q1. Why does my neck crack?
Gas in the joints makes the sound. It is harmless without pain.

Q2. How long should I do it?
One minute is plenty.

================
Recommended for you: The 30-day posture plan
Buy now
* Facebook
* Instagram
All rights reserved
""",
    "Neck half circles",
    [
        (
            "description",
            "Neck half circles",
            "A gentle way to loosen the neck at your desk.",
        ),
        (
            "instructions",
            "INSTRUCTIONS",
            "Sit tall. Drop your chin to your chest. Roll your right ear towards your right "
            "shoulder, then back through the middle to the left.",
        ),
        ("tips", "TIPS", "Move slowly.\nNever roll the head backwards."),
        (
            "restrictions",
            "CONTRAINDICATIONS",
            "Dizziness when you turn your head\nNeck injury in the last three months",
        ),
        (
            "faq",
            "Why does my neck crack?",
            "Gas in the joints makes the sound. It is harmless without pain.",
        ),
        ("faq", "How long should I do it?", "One minute is plenty."),
    ],
)

SITES["hip-circle.txt"] = (
    """Hip circles

Muscles worked
Hip flexors, glutes

Difficulty
Easy

How to perform hip circles

• Stand on one leg and hold a chair.
• Draw circles with the other knee.

Start your journey today

Train with real coaches, anywhere. Over 2 million members trust our app.

Download the app

Coach's notes

• Start small
• Get your balance first

When to stop

• Sharp pain in the groin
• Clicking that hurts

Why do it

Circles keep the hip moving. That helps when you put on socks.

Are hip circles good for arthritis?

Often, yes. Ask your doctor if it hurts.

Can children do hip circles?

Yes.

Latest articles

10 habits of strong runners

Why sleep matters for recovery

Read more
""",
    "Hip circles",
    [
        ("other", "Muscles worked", "Hip flexors, glutes"),
        ("other", "Difficulty", "Easy"),
        (
            "instructions",
            "How to perform hip circles",
            "Stand on one leg and hold a chair.\nDraw circles with the other knee.",
        ),
        ("tips", "Coach's notes", "Start small\nGet your balance first"),
        ("restrictions", "When to stop", "Sharp pain in the groin\nClicking that hurts"),
        (
            "description",
            "Why do it",
            "Circles keep the hip moving. That helps when you put on socks.",
        ),
        (
            "faq",
            "Are hip circles good for arthritis?",
            "Often, yes. Ask your doctor if it hurts.",
        ),
        ("faq", "Can children do hip circles?", "Yes."),
    ],
)


def sections_of(page: Page) -> list[tuple[str, str, str]]:
    return [(s.kind, s.heading, page.text[s.start : s.end]) for s in page.sections]


@pytest.mark.parametrize("name", SITES)
def test_scraped_pages_keep_their_content_and_lose_their_furniture(name: str) -> None:
    text, title, sections = SITES[name]
    page = parse_page(text.encode(), name, name)
    assert page.title == title
    assert sections_of(page) == sections


@pytest.mark.parametrize(
    "line",
    [
        "Share the weight between both legs",
        "Loading the spine",
        "Back to start",
        "Get your knees in line",
        "Next, lift the hips",
        "Start with the left leg",
        "Search for a neutral spine",
        "Save your back: bend the knees",
        "Follow the line of your spine",
        "Video yourself from the side",
        "Home exercise mat",
        "Contact with the floor stays",
        "Rest",
        "Breathe",
        "Tag your partner and switch",
    ],
)
def test_bullets_that_begin_like_furniture_are_content(line: str) -> None:
    assert not furniture().is_line(line, item=True)
    text = f"Plank\n\nTechnical tips\n\n• Keep still.\n• {line}\n"
    page = parse_page(text.encode(), "plank.txt", "x")
    assert sections_of(page) == [("tips", "Technical tips", f"Keep still.\n{line}")]


@pytest.mark.parametrize(
    "line",
    [
        "Get your personalized program! 🎯",
        "LOADING...",
        "Loading…",
        "Found errors? Tell us!",
        "→ Learn more",
        "Let’s go",
        "Log In",
        "Accept all cookies",
        "Share on Pinterest",
        "© 2026 Example Ltd",
        "Next exercise: Side plank",
        "12 min read",
        "Was this article helpful?",
        "Photo: A. Person",
        "Last updated on 2 May 2025",
        "Skip to main content",
    ],
)
def test_known_lines_of_furniture_are_told_in_any_spelling(line: str) -> None:
    assert furniture().is_line(line)


@pytest.mark.parametrize(
    "text",
    [
        "Our AI creates a custom training program adapted to your goals, level, and available "
        "equipment. Get results faster with a structured plan designed just for you.",
        "Tell our AI coach what you want, and it builds a plan designed just for you.",
        "Sign up for our newsletter and get a free guide straight to your inbox.",
        "We use cookies to improve your browsing experience. See our privacy policy.",
        "Join thousands of members and unlock unlimited workouts with Premium.",
    ],
)
def test_advertising_is_told_by_its_words(text: str) -> None:
    assert furniture().is_promotion(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lower trunk rotation fits well into a training program because it needs no equipment.",
        "Yes, after about a month of daily practice your back will move more freely.",
        "You can do it for free at home, with a mat on the floor.",
        "Members of a running club use it to warm up their hips and ankles.",
        "Do not hold your breath; let the weight of the knees do the work.",
    ],
)
def test_sentences_about_exercise_are_no_advertising(text: str) -> None:
    assert not furniture().is_promotion(text)


def test_a_list_of_conditions_is_kept_even_below_a_heading_like_furniture() -> None:
    conditions = "- Hernia: ask your surgeon before you load the trunk.\n- Pregnancy: stay upright."
    text = (
        f"# Row\n\n## Instructions\n\n- Sit tall.\n- Pull.\n\n## Contact us first\n\n{conditions}\n"
    )
    page = parse_page(text.encode(), "row.md", "x")
    assert [section.kind for section in page.sections] == ["instructions", "restrictions"]
    links = "## Related exercises\n\n- Knee injury rehab\n- Back pain plan\n"
    page = parse_page(
        text.replace("## Contact us first\n\n" + conditions, links).encode(), "x.md", "x"
    )
    assert [section.kind for section in page.sections] == ["instructions"]


@pytest.mark.parametrize(
    "line",
    [
        "You may also like: Heel drop, Pond hop, Stair dip, Kerb lower and forty more of these",
        "Readers also viewed: Heel drop, Pond hop",
        "Reviewed by our clinical team.",
        "Spotted a typo? Write to us",
        "Home > Exercises > Core",
        "Legs | Core | Arms | Back",
        "Our lantern challenge starts on Monday. Reserve your spot!",
    ],
)
def test_furniture_below_the_last_answer_is_no_part_of_it(line: str) -> None:
    answer = "Five are enough for most people, with a rest between them."
    text = f"Heel drop\n\nTips\n\n- Keep the knee soft.\n\nHow many reps?\n\n{answer}\n\n{line}\n"
    for source in (text, text.replace(f"\n\n{line}", f"\n\n{line}\nBack to top")):
        page = parse_page(source.encode(), "heel-drop.txt", "x")
        faq = page.sections[-1]
        assert page.text[faq.start : faq.end] == answer
        assert line not in page.text


def test_an_unknown_line_above_a_long_paragraph_ends_a_list_of_restrictions() -> None:
    prose = "This drill loosens the hip and the back of the thigh on a chair. " * 5
    text = f"Heel drop\n\nRestrictions\n\n- A sore knee\n- A torn calf\n\nThe machine\n\n{prose}\n"
    page = parse_page(text.encode(), "heel-drop.txt", "x")
    restrictions = next(s for s in page.sections if s.kind == "restrictions")
    assert "loosens" not in page.text[restrictions.start : restrictions.end]
    assert "loosens" in page.text


def test_a_list_below_an_unknown_heading_is_kept_whole() -> None:
    items = ["your knee is swollen", "you fell twice or more this year", "your back aches"]
    bullets = "".join(f"- {item}\n" for item in items)
    text = f"Heel drop\n\nTips\n\n- Keep the knee soft.\n\nAnother day, perhaps\n\n{bullets}"
    page = parse_page(text.encode(), "heel-drop.txt", "x")
    assert all(item in page.text for item in items)
