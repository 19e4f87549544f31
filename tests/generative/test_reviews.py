"""What must hold of a review for any record at all. Non-interference and risk first: tests/rules/test_sp1, test_sr6."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse import content
from midcourse.plans.step import every_step
from midcourse.reasons import CourseSeen, Situation, every_reason, evidence_of, rank
from midcourse.reasons.weigh import weigh
from midcourse.record import Calendar, CheckUp, Ending, History, MedicationNote, SafetyAnswers
from midcourse.review.client import review_for_client
from midcourse.review.shared import review_together
from midcourse.review.therapist import review_for_therapist
from tests.engine.any_record import ANSWERS, CONCERNS, CONDUCT, REASONS, SECRETS, SITUATIONS, VIEWS

some = settings(max_examples=60, deadline=None)
HER_WORD = {
    "readiness-ambivalence", "fear-of-painful-material", "stigma", "confidentiality-worry", "cultural-mismatch",
}  # fmt: skip
PICKS = st.lists(st.sampled_from(REASONS), max_size=3, unique=True).map(tuple)


@some
@given(VIEWS, SITUATIONS)
def test_data_and_the_therapist_alone_never_yield_what_only_she_can_say(views, situation):
    check_up = CheckUp(therapist=views)
    for make in (review_for_client, review_for_therapist, review_together):
        assert not {one.id for one in make(check_up, situation).explanation.reasons} & HER_WORD
    for one in rank(evidence_of(check_up, situation)).weighed:
        assert one.reason.id not in HER_WORD or one.points == 0


@some
@given(ANSWERS, SECRETS, VIEWS, PICKS, SITUATIONS, st.data())
def test_taking_away_what_supports_a_reason_never_raises_it(said, secret, views, picks, situation, data):
    """An answer of hers, one of the therapist, something on record, or her pick: whichever is taken."""
    whole = evidence_of(CheckUp({**said, **secret}, views, picks), situation)
    reason = data.draw(st.sampled_from(every_reason()))
    before = weigh(reason, whole, {})
    parts = [one for one in before.parts if one.points > 0]
    if not parts:
        return
    part = data.draw(st.sampled_from(parts))
    check_up = whole.check_up
    if part.source == "client":
        less = {name: value for name, value in check_up.client.items() if name != part.id}
        now = replace(whole, check_up=replace(check_up, client=less))
    elif part.source == "therapist":
        less = {name: value for name, value in check_up.therapist.items() if name != part.id}
        now = replace(whole, check_up=replace(check_up, therapist=less))
    elif part.source == "pick":
        now = replace(whole, check_up=replace(check_up, picks=tuple(p for p in picks if p != reason.id)))
    elif part.source == "record":
        now = replace(whole, found=tuple(one for one in whole.found if one.id != part.id))
    else:
        return
    assert weigh(reason, now, {}).points <= before.points + 1e-9


@some
@given(ANSWERS, SECRETS, VIEWS, CONCERNS, PICKS, SITUATIONS, st.randoms(use_true_random=False))
def test_the_order_of_answers_never_matters(said, secret, views, concerns, picks, situation, shuffle):
    def in_any_order(answers):
        return dict(shuffle.sample(list(answers.items()), len(answers)))

    given_so = CheckUp({**said, **secret}, views, picks, conduct=concerns)
    other_way = CheckUp(
        in_any_order({**said, **secret}),
        in_any_order(views),
        tuple(shuffle.sample(picks, len(picks))),
        conduct=in_any_order(concerns),
    )
    for make in (review_for_client, review_for_therapist, review_together):
        assert repr(make(given_so, situation)) == repr(make(other_way, situation))


@some
@given(ANSWERS, SECRETS, VIEWS, SITUATIONS)
def test_every_reason_that_is_shown_has_a_step_on_offer_for_both_sides(said, secret, views, situation):
    found = review_for_client(CheckUp({**said, **secret}, views), situation).explanation
    offered = {one.id for one in found.steps}
    reasons = {one.id: one for one in every_reason()}
    for shown in found.reasons:
        assert offered & set(reasons[shown.id].client_steps), shown.id
        assert offered & set(reasons[shown.id].therapist_steps), shown.id


@some
@given(ANSWERS, SECRETS, VIEWS, CONCERNS, PICKS, SITUATIONS)
def test_points_add_up_and_at_most_three_reasons_are_shown(said, secret, views, concerns, picks, situation):
    check_up = CheckUp({**said, **secret}, views, picks, conduct=concerns)
    for make in (review_for_therapist, review_together):
        found = make(check_up, situation).explanation
        assert len(found.reasons) <= 3
        for one in found.reasons:
            assert abs(sum(part.points for part in one.parts) - one.points) < 1e-9


def asked_most(reason):
    """A check-up in which a client says as much for one reason as its questions allow."""
    return CheckUp({one.id: 0 if one.reverse else 4 for one in reason.client_questions}, picks=(reason.id,))


def offered(check_up, history=None, *courses):
    situation = Situation(history or History(), courses)
    return {one.id for one in review_for_client(check_up, situation).explanation.steps}


def test_every_step_is_reached_by_somebody_but_the_conduct_leads():
    """Not in a list only: each is on the page of at least one person."""
    found = set()
    for reason in every_reason():
        found |= offered(asked_most(reason))
    early = History(calendar=Calendar(1, 2, 2))
    found |= offered(CheckUp({"C-EXP-3": 4}, {"T-WAIT": 4}), early)
    for name in CONDUCT:
        found |= offered(CheckUp(conduct={name: "yes"}))
    for safety in (
        SafetyAnswers(self_harm=2), SafetyAnswers(in_danger="yes"), SafetyAnswers(harm_to_others="yes"),
    ):  # fmt: skip
        found |= offered(CheckUp(safety=safety))
    found |= offered(CheckUp(asks_to_switch=True))
    found |= offered(CheckUp(), History(ending=Ending(True, False)))
    found |= offered(CheckUp(), History(calendar=Calendar(9, 8, 4, ("therapist cancelled",) * 4)))
    found |= offered(CheckUp({"C-SUB-1": 4}), History(screens={"audit-c": 12}))
    found |= offered(CheckUp({"C-MED-2": 4}), History(medication=MedicationNote(taking=True)))
    found |= offered(CheckUp(), None, CourseSeen("phq-9", (9.0,) * 7))
    therapists_own = {
        step for name in content.names("conduct") for step in content.read("conduct", name)["therapist_steps"]
    }
    # Steps of the conduct track for clinic and therapist are taken in the application, once she has sent it.
    assert set(every_step()) - found <= {"A-S-CONDUCT", *therapists_own}
