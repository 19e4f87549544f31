"""Questions are answered from a person's own course, with odds said as they are, or not at all."""

from dataclasses import replace

import pytest

from midcourse import content
from midcourse.plans.guidance import find_card
from midcourse.review import review_caseload
from midcourse.review.answered import answer, answers
from midcourse.review.own_course import own_course, shares_over_time
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED, episode, scores_of

# From 15: mean 12, SD 3, and 6 points of improvement need 9 or less: P(score <= 9.5) = 0.2023.
ONE_IN_FIVE = pytest.approx(0.2023, abs=1e-4)
ODDS, LONG, WORKING, SCORE = (
    find_card(f"faq-{name}") for name in ("my-odds", "how-long", "is-it-working", "score")
)


def own(*values, course=COURSE, scale=LOW, shares=(), **more):
    found = review_caseload(
        [episode("c", *values, measure=scale.measure)],
        {scale.measure: scale},
        courses={scale.measure: course},
    )
    return own_course(found.courses[0], found.measures[0], shares, **more)


def test_shares_are_those_of_the_first_score_alone_up_to_the_horizon():
    shares = shares_over_time(scores_of(15, 9, 8), COURSE, LOW)
    assert [time for time, _ in shares] == [4.0, 8.0, 12.0]
    assert all(share == ONE_IN_FIVE for _, share in shares)


def test_shares_are_the_same_where_higher_is_better():
    assert shares_over_time(scores_of(15, mirrored=True), MIRRORED, HIGH)[0][1] == ONE_IN_FIVE


def test_no_share_is_said_where_numbers_are_assumed_or_there_is_no_room():
    assert shares_over_time(scores_of(15), ASSUMED, LOW) == ()
    assert shares_over_time(scores_of(4), COURSE, LOW) == ()
    assert shares_over_time(scores_of(15), COURSE, replace(LOW, reliable_change=None)) == ()


def test_how_long_is_answered_with_the_shares_of_this_first_score():
    said = answer(LONG, own(15, 14, shares=shares_over_time(scores_of(15, 14), COURSE, LOW)))
    assert said.own
    assert (
        "clearly better: about 20 at session 4; about 20 at session 8; about 20 at session 12." in said.text
    )


def test_the_odds_name_how_many_check_ins_and_when():
    numbers = own(15, 14, 13)
    said = answer(ODDS, numbers)
    assert said.own and "After 3 check-ins" in said.text and "at session 12" in said.text
    assert f"about {100 * numbers.chance:.0f} are clearly better" in said.text


def test_weeks_are_called_weeks():
    assert "at week 12" in answer(ODDS, replace(own(15, 14), axis="week")).text


def test_odds_never_say_nobody_or_everybody():
    low, high = (answer(ODDS, replace(own(15, 14), chance=chance)).text for chance in (0.001, 0.999))
    assert "fewer than 1 are" in low and "more than 99 are" in high


@pytest.mark.parametrize(
    "numbers",
    [
        None,
        own(15),  # one score
        own(15, 14, odds=False),  # right after a risk answer
        own(15, 14, course=ASSUMED),
        own(4, 3),  # a first score that leaves no room
    ],
)
def test_without_the_numbers_the_answer_says_so_and_leaves_no_gap(numbers):
    said = answer(ODDS, numbers)
    assert said.text == ODDS.without and not said.own
    assert answer(LONG, numbers).text == LONG.without


def test_odds_are_kept_back_and_scores_are_not():
    numbers = own(15, 9, shares=((4.0, 0.2),), odds=False)
    assert numbers.chance is None and numbers.shares == ()
    said = answer(WORKING, numbers).text
    assert "Your first score on Low was 15, and your latest is 9. A change of 6 points" in said


def test_a_measure_without_a_reliable_change_gets_the_general_answer():
    numbers = own(15, 14, scale=replace(LOW, reliable_change=None))
    assert answer(WORKING, numbers).text == WORKING.without and answer(SCORE, numbers).text == SCORE.without


def test_borrowed_odds_say_whose_they_are_and_scores_alone_do_not():
    numbers = replace(own(15, 14), borrowed_from="phq-9-reframed")
    assert "lean on other people: 98 adults in three places in the UK" in answer(ODDS, numbers).note
    assert "98 personas" in answer(find_card("faq-my-odds", "es"), numbers, "es").note
    assert answer(ODDS, own(15, 14)).note == answer(WORKING, numbers).note == ""
    assert answer(ODDS, replace(numbers, chance=None)).note == ""


def test_every_reference_says_in_plain_words_whose_it_is():
    for name in content.names("references"):
        for language in ("en", "es"):
            people = content.read_in("references", name, language)["plain"]
            assert people and "resistant" not in people and content.FALLBACK not in people


def test_every_question_has_an_answer_without_a_gap_whatever_is_known():
    for numbers in (None, own(15), own(15, 14, shares=((4.0, 0.2),))):
        found = answers(numbers)
        assert len(found) == 24 and all(one.text and "{" not in one.text for one in found)
        assert all(one.question and one.grade for one in found)
    assert sum(one.own for one in found) == 4
