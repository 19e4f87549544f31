"""What holds for every record: a signal knows nothing later, and its sentence neither promises nor judges."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse.record import Episode
from midcourse.review import review_caseload
from midcourse.signals import State, decide, sentence
from midcourse.signals.silence import Silence
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED, episode, scores_of

VALUES = st.lists(st.integers(0, 27), min_size=1, max_size=12)
COURSES = st.sampled_from([None, COURSE, ASSUMED])
SILENCES = st.one_of(st.none(), st.builds(Silence, st.floats(0, 200), st.none() | st.floats(1, 60)))

NEVER_SAID = re.compile(
    r"\b(will|shall|should|must|certain\w*|surely|guarantee\w*|promis\w*|cur(e|ed)|recover\w*|heal\w*|fail\w*|"
    r"diagnos\w*|disorder\w*|ill(ness)?|patholog\w*|resistant|non-?complian\w*|refus\w*|hopeless|fault|blame|"
    r"severe|suicid\w*|risk|stop|relaps\w*|never|always)\b",
    re.IGNORECASE,
)


@given(VALUES, COURSES, SILENCES)
def test_every_sentence_states_its_numbers_and_neither_promises_nor_diagnoses(values, course, silence):
    seen = scores_of(*values)
    text = sentence(decide(seen, course, LOW, silence), seen, LOW, "session")
    assert NEVER_SAID.search(text) is None
    assert str(values[-1]) in text
    assert len(values) == 1 or f"first {values[0]}" in text
    assert text.endswith(".")


@given(VALUES, SILENCES)
def test_both_directions_of_a_scale_are_judged_alike(values, silence):
    plain = decide(scores_of(*values), COURSE, LOW, silence)
    mirrored = decide(scores_of(*values, mirrored=True), MIRRORED, HIGH, silence)
    assert plain.state is mirrored.state


@given(VALUES)
def test_a_worse_last_score_never_gives_a_better_state(values):
    worse = [*values[:-1], min(values[-1] + 1, 27)]
    rank = [
        State.REACHED_GOAL,
        State.ON_COURSE,
        State.NOT_COMPUTED,
        State.DRIFTING,
        State.OFF_COURSE,
        State.RELIABLY_WORSE,
    ]
    before, after = (decide(scores_of(*some), COURSE, LOW).state for some in (values, worse))
    assert before is State.TOO_EARLY or rank.index(after) >= rank.index(before)


@given(VALUES)
def test_an_assumed_reference_never_says_off_course(values):
    assert decide(scores_of(*values), ASSUMED, LOW).state is not State.OFF_COURSE


@settings(max_examples=40)
@given(VALUES, VALUES, st.integers(0, 6))
def test_scores_given_later_never_change_what_was_said_on_a_day(values, later, days_since_the_last):
    as_of = 7 * (len(values) - 1) + days_since_the_last

    def said_then(*given):
        return review_caseload([episode("c", *given)], {"low": LOW}, courses={"low": COURSE}, as_of=as_of)

    assert said_then(*values, *later) == said_then(*values)


@settings(max_examples=40)
@given(VALUES, VALUES, st.randoms(use_true_random=False))
def test_the_order_in_which_measures_stand_is_irrelevant(low, high, random):
    first, second = episode("c", *low), episode("c", *high, measure="high")
    queues = [list(first.scores), list(second.scores)]
    mixed = []
    while any(queues):
        mixed.append(random.choice([queue for queue in queues if queue]).pop(0))
    scales, courses = {"low": LOW, "high": HIGH}, {"low": COURSE, "high": MIRRORED}
    plain = review_caseload([Episode("c", first.scores + second.scores)], scales, courses=courses)
    shuffled = review_caseload([Episode("c", tuple(mixed))], scales, courses=courses)
    assert shuffled.courses == plain.courses
