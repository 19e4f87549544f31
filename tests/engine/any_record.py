"""Any record at all, for properties of reviews: histories, courses and check-ups as hypothesis draws them."""

from hypothesis import strategies as st

from midcourse.measures import find
from midcourse.reasons import CourseSeen, Situation, every_reason
from midcourse.record import (
    AnswerSheet,
    Calendar,
    Ending,
    GoalAgreement,
    History,
    Homework,
    MedicationNote,
    Preference,
    SafetyAnswers,
)
from midcourse.signals.state import State

QUESTIONS = [one for reason in every_reason() for one in reason.client_questions]
PRIVATE = frozenset(one.id for one in QUESTIONS if one.private)
OPEN = frozenset(one.id for one in QUESTIONS) - PRIVATE
REASONS = tuple(one.id for one in every_reason())
HIDDEN = tuple(one.id for one in every_reason() if one.private)
CONDUCT = ("C-BND-1", "C-BND-2", "C-BND-3", "C-ETH-1", "C-ETH-2", "C-ETH-3", "C-ETH-4")
WORDS = ("yes", "no", "not sure", "rather not say")

ANSWERS = st.dictionaries(st.sampled_from(sorted(OPEN)), st.integers(0, 4), max_size=12)
SECRETS = st.dictionaries(st.sampled_from(sorted(PRIVATE)), st.integers(0, 4), max_size=8)
VIEWS = st.dictionaries(
    st.sampled_from(sorted({one.id for r in every_reason() for one in r.therapist_questions})),
    st.integers(0, 4),
    max_size=8,
)
CONCERNS = st.dictionaries(st.sampled_from(CONDUCT), st.sampled_from(WORDS), max_size=3)
SAFETY = st.builds(
    SafetyAnswers,
    self_harm=st.none() | st.integers(0, 3),
    in_danger=st.none() | st.sampled_from(WORDS),
    harm_to_others=st.none() | st.sampled_from(WORDS),
    somebody_hurt=st.none() | st.sampled_from(WORDS),
    item9=st.none() | st.integers(0, 3),
)

_maybe = st.none() | st.booleans()
_latest = st.lists(
    st.sampled_from(["attended", "client cancelled", "client missed", "therapist cancelled"]), max_size=8
)
CALENDARS = st.integers(0, 30).flatmap(
    lambda booked: st.builds(
        Calendar,
        weeks=st.floats(0, 60),
        booked=st.just(booked),
        attended=st.integers(0, booked),
        latest=_latest.map(tuple),
        longest_gap_days=st.none() | st.floats(0, 90),
        planned_break=st.booleans(),
        gap_by_therapist=st.booleans(),
        leave_covered=st.booleans(),
        therapist_changes=st.integers(0, 4),
    )
)
TASKS = st.integers(0, 10).flatmap(
    lambda given: st.builds(Homework, set=st.just(given), done=st.integers(0, given), wanted=_maybe)
)
SHEETS = st.dictionaries(
    st.sampled_from(["check-in-bond", "check-in-heard", "check-in-voice"]), st.none() | st.integers(0, 4)
).map(lambda answers: AnswerSheet("midcourse-check-in", answers))
HISTORIES = st.builds(
    History,
    calendar=st.none() | CALENDARS,
    alliance=st.lists(st.floats(0, 100), max_size=7).map(tuple),
    check_ins=st.lists(SHEETS, max_size=7).map(tuple),
    goals=st.none()
    | st.builds(
        GoalAgreement,
        client=st.none() | st.integers(0, 10),
        therapist=st.none() | st.integers(0, 10),
        on_record=st.none() | st.integers(0, 3),
        sessions_since_rated=st.none() | st.integers(0, 8),
    ),
    homework=st.none() | TASKS,
    treatment=st.sampled_from(["", "CBT", "counselling", "psychodynamic", "EMDR"]),
    main_concern=st.sampled_from(["", "depression", "OCD", "panic", "anger", "bipolar", "something rare"]),
    therapist_domains=st.none() | st.lists(st.sampled_from(["depression", "anxiety"]), max_size=2).map(tuple),
    preferences=st.lists(
        st.builds(Preference, about=st.just("a woman"), strong=st.booleans(), met=_maybe), max_size=2
    ).map(tuple),
    readiness=st.none() | st.floats(0, 10),
    screens=st.dictionaries(st.sampled_from(["pc-ptsd-5", "pcl-5", "audit-c"]), st.floats(0, 40)),
    woman=_maybe,
    weekly_drug_use=_maybe,
    medication=st.none()
    | st.builds(
        MedicationNote,
        taking=_maybe,
        review_on_record=_maybe,
        weeks_since_review=st.none() | st.floats(0, 40),
        side_effects=st.none() | st.floats(0, 4),
        skipped_or_stopped=_maybe,
        declined=st.booleans(),
    ),
    life_events=st.lists(st.sampled_from(["a loss", "a move"]), max_size=2).map(tuple),
    functioning_fell=_maybe,
    support_lowest=_maybe,
    sleep=st.lists(st.floats(0, 1), max_size=4).map(tuple),
    first_therapy=_maybe,
    bad_past_therapy=_maybe,
    orientation_done=_maybe,
    specialist_supervision=_maybe,
    trauma_work=_maybe,
    ending=st.none() | st.builds(Ending, by_therapist=st.booleans(), referred=_maybe),
)
COURSES = st.lists(
    st.builds(
        CourseSeen,
        measure=st.just("phq-9"),
        scores=st.lists(st.integers(0, 27).map(float), min_size=1, max_size=9).map(tuple),
        scale=st.none() | st.just(find("phq-9").scale),
        states=st.lists(st.sampled_from(list(State)), max_size=2).map(tuple),
    ),
    max_size=1,
).map(tuple)
SITUATIONS = st.builds(Situation, history=HISTORIES, courses=COURSES)
