"""Every kind of mistake in a content file is named with its file, its field and its mend."""

import datetime

import pytest

from midcourse.cli.content import _known
from midcourse.content.check import check_content

ALLIANCE = "reasons/alliance-rupture.toml"
LATER = datetime.date(2030, 1, 1)


def test_what_is_shipped_has_no_problem():
    assert [str(one) for one in check_content(datetime.date(2026, 11, 30), _known()).problems] == []


def test_a_whole_copy_has_no_problem(copied):
    assert copied.problems() == []


BROKEN = [
    (ALLIANCE, 'title = "Feeling heard, safe and able to trust"\n', "", "title: the field is missing. Add title"),
    (ALLIANCE, "order = 2", 'order = "second"', "order: 'second' will not do. Write a number."),
    (ALLIANCE, "order = 2", "order = true", "order: True will not do. Write a number."),
    (ALLIANCE, "weight = 2", "weight = -1", "client_questions[C-ALL-1].weight: -1 will not do. Write a number of 0"),
    (ALLIANCE, "weight = 2", 'weight = "much"', "weight: 'much' will not do. Write a number of 0 or more."),
    (ALLIANCE, 'evidence = "B"', 'evidence = "good"', "evidence: 'good' will not do. Write a grade from"),
    (ALLIANCE, "validated = false", 'validated = "no"', "validated: 'no' will not do. Write true or false"),
    (ALLIANCE, "check_again_on = 2027-11-24", 'check_again_on = "2027"', "Write a date like 2027-11-24"),
    (ALLIANCE, 'reviewed_by = ""', "reviewed_by = 3", 'reviewed_by: 3 will not do. Write words in quotes, or ""'),
    (ALLIANCE, 'definition = "', 'defintion = "', "defintion: there is no such field. The fields are: check_again_on"),
    (ALLIANCE, 'family = "relationship"', 'family = "other"', 'family: \'other\' will not do. Write one of "early"'),
    (ALLIANCE, "limits = []", 'limits = "none"', 'limits: \'none\' will not do. Write a list like ["one", "two"]'),
    (ALLIANCE, "limits = []", 'limits = ["made-up"]', "limits: 'made-up' is not there. Name a limit that code knows."),
    (ALLIANCE, '"A-C-TALK"', '"A-C-SING"', "client_steps: 'A-C-SING' is not there. Name the id of a step."),
    (ALLIANCE, '"A-C-TALK"', '"A-T-INVITE"', "client_steps: 'A-T-INVITE' is a step of the therapist. Name a step of"),
    (ALLIANCE, '"flu2018"', '"nobody1900"', "sources: 'nobody1900' is not there. Name an id of literature.toml."),
    (ALLIANCE, 'id = "D-ALL-LOW"', 'id = "D-STARS"', "findings: 'D-STARS' is not there. Name an id that code knows."),
    (ALLIANCE, 'id = "alliance-high-and-said-so"', 'id = "x"', "counter: 'x' is not there. Name an id that code"),
    (ALLIANCE, 'id = "alliance-rupture"', 'id = "alliance"', "id: 'alliance' is not the name of the file. Write id"),
    (ALLIANCE, 'id = "C-ALL-2"', 'id = "C-ALL-1"', "client_questions[C-ALL-1]: 'C-ALL-1' stands there twice."),
    (ALLIANCE, 'id = "C-ALL-2"', 'id = "C-STI-1"', "client_questions[C-STI-1]: 'C-STI-1' is already in reasons/all"),
    (ALLIANCE, 'title = "Feeling heard', "title = Feeling heard", "it cannot be read: Invalid value"),
    (ALLIANCE, "[[counter]]", "[counter]", "counter: it is no list of entries. Write entries, each under [["),
    ("steps/early.toml", 'id = "A-C-TRACK"', 'id = "A-C-CRISIS"', "'A-C-CRISIS' is already in steps/early.toml."),
    ("steps/early.toml", 'who = "client"', 'who = "friend"', 'steps[A-C-TALK].who: \'friend\' will not do. Write'),
    ("guidance/step-rules.toml", 'id = "worse"', 'id = "bored"', "rules[bored]: 'bored' is not there. Name a trigger"),
    ("guidance/step-rules.toml", '"A-T-SAFETY"', '"A-T-SING"', "rules[risk].add: 'A-T-SING' is not there."),
    ("literature/literature.toml", '"10.1037/pst0000172"', '"doi pst"', "sources[flu2018].doi: 'doi pst' is no DOI."),
    ("literature/literature.toml", "year = 2018", "year = 20118", "sources[flu2018].year: 20118 is no year."),
    ("literature/literature.toml", 'seen = "seen"', 'seen = "yes"', 'seen: \'yes\' will not do. Write one of "seen"'),
    ("check_ins/therapist-mirror.toml", 'holder = "the midcourse project"\n', "", "licence.holder: the field is miss"),
    ("check_ins/therapist-mirror.toml", "[licence]", "[licences]", "licence: the field is missing."),
    ("check_ins/therapist-mirror.toml", "[licence]", "licence = 1\n[other]", "licence: 1 will not do. Write a table"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN, ids=[said for *_, said in BROKEN])
def test_a_mistake_is_named_with_file_field_and_mend(copied, file, old, new, said):
    copied.change(file, old, new)
    found = [one for one in copied.problems() if said in one]
    assert found, copied.problems()
    assert found[0].startswith(("steps/", "reasons/") if "already in" in said else file)


def test_a_file_that_cannot_be_read_does_not_hide_other_mistakes(copied):
    copied.write("reasons/broken.toml", "id = ")
    copied.change("steps/early.toml", 'who = "client"', 'who = "friend"')
    found = copied.problems()
    assert any("broken.toml: it cannot be read" in one for one in found)
    assert any("friend" in one for one in found)


def test_a_list_that_is_no_list_is_named_and_nothing_breaks(copied):
    copied.change(
        ALLIANCE, 'client_steps = ["A-C-TALK"', 'client_steps = "A-C-TALK"\nneeds_more = ["A-C-TALK"'
    )
    assert any("client_steps: 'A-C-TALK' will not do." in one for one in copied.problems())


HARD = (
    "The longitudinal investigation of interpersonal difficulties necessitates considerable deliberation "
    "regarding therapeutic methodologies."
)


def test_a_client_text_that_is_too_hard_is_named_with_its_grade(copied):
    copied.change("steps/early.toml", "Keep filling in your check-ins.", HARD)
    assert any("steps[A-C-TRACK].text: Flesch-Kincaid grade" in one for one in copied.problems())


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("You seem resistant.", "N-LABEL-RESISTANT"),
        ("You are not trying.", "N-BLAME-CLIENT"),
        ("You have depression.", "N-DIAGNOSE"),
        ("You will get better.", "N-PROMISE"),
        ("Stop your medicine.", "N-ADVISE-MED"),
        ("Just try harder.", "N-TRY-HARDER"),
        ("Your score is alarming.", "N-ALARM"),
        ("Stop drinking now.", "N-STOP-ALCOHOL"),
        ("This is the only cause.", "N-SINGLE"),
        ("Leave your therapist today.", "N-QUIT"),
    ],
)
def test_words_we_never_use_are_found_in_every_client_text(copied, words, rule):
    copied.change("steps/early.toml", "Keep filling in your check-ins.", words)
    assert any(f"is never said ({rule})" in one for one in copied.problems())


def test_asking_not_to_stop_a_medicine_alone_is_no_advice(copied):
    copied.change(
        "steps/early.toml", "Keep filling in your check-ins.", "Please do not stop or change medicine alone."
    )
    assert copied.problems() == []


def test_words_that_only_clinicians_read_may_be_hard(copied):
    copied.change(ALLIANCE, 'definition = "', f'definition = "{HARD} ')
    assert copied.problems() == []


def test_what_is_due_has_no_reviewer_or_no_source_is_listed(copied):
    found = copied.check(LATER)
    assert {one.file for one in found.noticed("due")} >= {ALLIANCE, "steps/early.toml"}
    assert ALLIANCE in {one.file for one in found.noticed("no reviewer")}
    assert "steps/clinic.toml" in {one.file for one in found.noticed("no source")}
    copied.change(ALLIANCE, 'reviewed_by = ""', 'reviewed_by = "Dr A. Example, clinical psychologist"')
    copied.change(ALLIANCE, 'sources = ["flu2018"', 'sources = []\nneeds_not = ["flu2018"')
    now = copied.check()
    assert ALLIANCE not in {one.file for one in now.noticed("no reviewer")}
    assert ALLIANCE in {one.file for one in now.noticed("no source")} and not now.noticed("due")


OWN_RULES = [
    ("places/ie.toml", 'purposes = ["crisis"]', 'purposes = ["gossip"]', "samaritans"),
    (
        "places/ie.toml",
        'how = "seen: merrionstreet.ie (2020); safetymatters.ie"',
        'how = "heard"',
        "how is 'seen: '",
    ),
    (
        "references/phq-9-reframed.toml",
        "centre = 19.261261",
        "middle = 19.261261",
        "centre: it is missing or unknown.",
    ),
    ("instruments/phq-9.toml", "missing_share = ", "missing_share = 0.9 # ", "at most a fifth of the items"),
    (
        "check_ins/therapist-mirror.toml",
        'direction = "higher is better"\n',
        "",
        "direction: it is missing or unknown.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), OWN_RULES, ids=[said for *_, said in OWN_RULES])
def test_places_references_and_instruments_are_held_to_their_own_rules(all_copied, file, old, new, said):
    all_copied.change(file, old, new)
    found = [one for one in all_copied.problems() if said in one]
    assert found and found[0].startswith(file), all_copied.problems()


def test_what_nobody_has_looked_up_is_listed(all_copied):
    recalled = {one.file: one.what for one in all_copied.check().noticed("from memory")}
    assert (
        "cg185" in recalled["literature/literature.toml"]
        and "eub2018" in recalled["literature/literature.toml"]
    )
    assert "book-feeling-good" in recalled["guidance/library.toml"]
    assert "places/ie.toml" in recalled and ALLIANCE not in recalled
