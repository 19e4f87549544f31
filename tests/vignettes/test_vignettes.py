"""Invented cases, fifteen of the design and fourteen of our own: from the raw record to reasons and steps."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from midcourse.cli.why import _known, _scales
from midcourse.reasons import every_reason
from midcourse.record import AnswerSheet
from midcourse.review.client import review_for_client
from midcourse.review.shared import review_together
from midcourse.review.situation import situation_of
from midcourse.review.therapist import review_for_therapist
from midcourse.tables.answers_file import answers_of

HERE = Path(__file__).parent
VIGNETTES = [
    one
    for name in ("vignettes.json", "more_vignettes.json")
    for one in json.loads((HERE / name).read_text())["vignettes"]
]
WATCHED = ("check-in-bond", "check-in-heard", "check-in-voice")
BANNED = ("resistan", "non-complian", "unmotivated", "try harder", "failing", "your fault", "you must")
each = pytest.mark.parametrize("vignette", VIGNETTES, ids=[one["id"] for one in VIGNETTES])
forms = pytest.mark.parametrize("form", ["a licensed scale", "the shipped check-in"])


def option(percent):
    return 4 if percent >= 85 else 3 if percent >= 70 else 2 if percent >= 60 else 1


def record(vignette, form="a licensed scale"):
    return recorded(vignette["id"], form)


@cache
def recorded(name, form):
    """One case as it is read; reading states from a fit is slow, so each is read once."""
    vignette = next(one for one in VIGNETTES if one["id"] == name)
    found = answers_of(vignette, *_known())
    history = found.history
    if form == "the shipped check-in":
        sheets = tuple(
            AnswerSheet("midcourse-check-in", dict.fromkeys(WATCHED, option(one))) for one in history.alliance
        )
        history = replace(history, alliance=(), check_ins=sheets)
    return found.check_up, situation_of(found.episode, _scales(found.episode), history)


@pytest.mark.need(
    "S0-03",
    "S0-22",
    "S0-27",
    "S1-03",
    "S1-14",
    "S1-26",
    "S1-30",
    "S1-32",
    "S1-39",
    "S1-67",
    "S2-32",
    "S2-46",
    "S2-51",
    "S3-07",
    "S3-08",
    "S3-10",
    "S4-23",
    "S4-35",
    by="midcourse why",
)
@each
@forms
def test_the_first_reasons_are_the_expected_ones(vignette, form):
    expect, shown = vignette["expect"], review_for_client(*record(vignette, form)).explanation
    reasons = [one.id for one in shown.reasons]
    assert expect["top1"] in (None, reasons[0])
    assert set(expect["top3_must"]) <= set(reasons)
    assert set(reasons) <= {*expect["top3_must"], *expect["top3_may"]}
    assert not set(reasons) & set(expect["top3_must_not"])
    assert shown.track == expect["track"] and shown.safety == expect["safety"]


@pytest.mark.need("S2-53", "S3-21", "S4-09", "S4-10", "S4-37", by="midcourse why")
@each
@forms
def test_the_steps_that_must_be_there_are_and_the_others_are_not(vignette, form):
    expect = vignette["expect"]
    steps = {one.id for one in review_for_client(*record(vignette, form)).explanation.steps}
    assert set(expect["actions_must"]) <= steps
    assert not steps & set(expect["actions_must_not"])


@pytest.mark.need("S0-08", "S2-03", by="midcourse why")
@each
def test_no_text_blames_labels_or_orders(vignette):
    texts = repr(
        [make(*record(vignette)) for make in (review_for_client, review_for_therapist, review_together)]
    )
    assert not [word for word in BANNED if word in texts.lower().replace("never your fault", "")]


@each
def test_what_is_not_okay_is_nowhere_but_on_the_clients_own_page(vignette):
    check_up, situation = record(vignette)
    told = replace(check_up, conduct={"C-BND-1": "yes", "C-ETH-3": "yes", "C-ETH-1": "not sure"})
    for make in (review_for_therapist, review_together):
        assert repr(make(told, situation)) == repr(make(replace(check_up, conduct={}), situation))
    client = review_for_client(told, situation).explanation
    steps = {one.id for one in client.steps}
    assert client.track == "conduct"
    assert not steps & {"A-C-TALK", "A-C-REVIEW-SESSION", "A-C-KEEP-GOING", "A-T-INVITE", "A-T-REPAIR"}


@each
def test_an_unshared_private_answer_looks_exactly_like_a_skipped_one(vignette):
    check_up, situation = record(vignette)
    private = {"C-ALL-2": 0, "C-STI-1": 4, "C-CONF-1": 4, "C-PAST-2": 4, "C-SUB-1": 4}
    told = replace(check_up, client={**check_up.client, **private}, picks=("stigma",))
    without = {name: value for name, value in check_up.client.items() if name not in check_up.private}
    silent = replace(check_up, client=without, picks=())
    for make in (review_for_therapist, review_together):
        assert repr(make(told, situation)) == repr(make(silent, situation))


@each
def test_every_name_that_is_not_known_is_said_and_nothing_else_is_left_out(vignette):
    known = ["answer_time_s", "therapist_self_rated_cultural_competence"]
    unused = answers_of(vignette, *_known()).unused
    assert list(unused) == vignette["expect"].get(
        "not_used", [one for one in known if one in vignette["data"]]
    )


def test_the_cases_of_our_own_cover_reasons_that_no_case_of_the_design_leads_with():
    led = {one["expect"]["top1"] for one in VIGNETTES}
    quiet = {"goal-disagreement", "fear-of-painful-material", "treatment-mismatch", "expertise-mismatch"}
    assert {one.id for one in every_reason()} - led <= quiet
