"""The expected courses, the landmark lines and the averages do what their formulas say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import expit, logit
from scipy.stats import norm

from midcourse.course.basis import Axis, Basis
from midcourse.course.expect import expected_course
from midcourse.course.forecast import forecast, intake_only
from midcourse.course.observed import Observed
from midcourse.evaluation.method import Asked, Predictions, values_of
from midcourse.evaluation.methods.average import Average
from midcourse.evaluation.methods.finch import Finch
from midcourse.evaluation.methods.landmark import Landmark
from midcourse.evaluation.methods.pcoms_cubic import PcomsCubic
from midcourse.measures.scale import ReliableChange, Scale
from tests.clinics import PHQ_9
from tests.evaluation.method_parts import asked_of, people

MANY = people(300, 3)
WIDE = Scale("wide", "Wide", -1000, 1000, reliable_change=ReliableChange(6, "test"), step=0.5)


def test_the_log_time_deviation_is_measured_from_what_intake_alone_leads_one_to_expect() -> None:
    course = expected_course(MANY[:200], "phq-9", "session", basis=Basis("ln", "session", 2))
    asked = asked_of(MANY[200:230])
    said = Finch().learn(MANY[:200], PHQ_9, "session").predict(asked)
    for one, risk in zip(asked, said.risk, strict=True):
        expected = forecast(course, PHQ_9, intake_only(one.seen, course), one.seen.times[-1])
        assert risk == pytest.approx((one.seen.scores[-1] - expected.mean) / expected.sd, abs=1e-6)


@pytest.mark.parametrize(("bound", "limit"), [(68, 0.9945), (80, 1.2816), (90, 1.6449)])
def test_the_bounds_are_two_sided(bound: int, limit: float) -> None:
    learned = Finch(bound).learn(MANY[:200], PHQ_9, "session")
    said = learned.predict(asked_of(MANY[200:]))
    assert learned.limit == pytest.approx(limit, abs=1e-4)
    assert_array_equal(said.alert, said.risk > limit)
    assert str(bound) in Finch(bound).name


def test_a_small_clinic_s_bounds_are_wider_than_one_set_of_parameters_says() -> None:
    learned = Finch().learn(MANY[:40], PHQ_9, "session")
    assert len(learned.course.parts) > 1
    assert np.isfinite(learned.predict(asked_of(MANY[200:])).risk).all()


def cubic(intake: float, meeting: float, flat: float) -> float:
    m = min(meeting, flat)
    return 15 + 0.7 * (intake - 18) - (0.9 + 0.02 * (intake - 18)) * m + 0.05 * m**2 - 0.001 * m**3


@pytest.mark.parametrize("flat", [9.0, 22.0])
def test_the_cubic_finds_the_curve_that_made_the_scores_and_where_it_flattens(flat: float) -> None:
    random, some = np.random.RandomState(0), []
    for number in range(200):
        intake, count = float(random.randint(8, 27)), random.randint(4, 30)
        later = tuple(cubic(intake, m, flat) + random.normal(0, 0.1) for m in range(1, count))
        some.append(Observed(str(number), tuple(map(float, range(1, count + 1))), (intake, *later)))
    learned = PcomsCubic().learn(some, WIDE, "session")
    asked = [Asked(Observed("a", (1.0, 5.0), (20.0, 12.0)), 9.0, 26.0)]
    said = learned.predict(asked)
    assert learned.flat == flat
    assert said.risk[0] == pytest.approx(12.0 - cubic(20.0, 4.0, flat), abs=0.2)
    assert said.last_cdf is not None
    mean = values_of(WIDE)[-1] - 0.5 * said.last_cdf[0, :-1].sum()
    assert mean == pytest.approx(cubic(20.0, 25.0, flat), abs=0.4)


def test_the_cubic_alerts_whoever_is_worse_than_the_curve() -> None:
    said = PcomsCubic().learn(MANY[:200], PHQ_9, "session").predict(asked_of(MANY[200:]))
    assert_array_equal(said.alert, said.risk > 0)
    assert 0.2 < said.alert.mean() < 0.8


def test_landmark_lines_find_a_line_and_its_spread() -> None:
    random, some = np.random.RandomState(1), []
    for number in range(1500):
        first, second = random.normal(20, 5), random.normal(18, 5)
        third = 2.0 + 0.3 * first + 0.5 * second + random.normal(0, 2)
        some.append(Observed(str(number), (1.0, 2.0, 3.0), (first, second, third)))
    said = (
        Landmark()
        .learn(some, WIDE, "session")
        .predict([Asked(Observed("a", (1.0, 2.0), (22.0, 10.0)), 3.0, 3.0)])
    )
    assert said.next_cdf is not None and said.last_cdf is not None
    expected = norm(2.0 + 0.3 * 22 + 0.5 * 10, 2.0).cdf(values_of(WIDE) + 0.25)
    assert_allclose(said.next_cdf[0], expected, atol=0.04)
    assert_allclose(said.last_cdf[0], said.next_cdf[0], atol=1e-9)


def test_landmark_forecasts_hold_as_many_scores_as_they_promise() -> None:
    some = MANY[150:]
    said = Landmark().learn(MANY[:150], PHQ_9, "session").predict(asked_of(some))
    last = np.array([p.scores[-1] for p in some for k in (1, 2, 3) if len(p.scores) > k + 1]).astype(int)
    assert said.last_cdf is not None
    row = np.arange(len(last))
    above = said.last_cdf[row, last]
    below = np.where(last > 0, said.last_cdf[row, np.maximum(last - 1, 0)], 0.0)
    assert np.mean((above > 0.1) & (below < 0.9)) == pytest.approx(0.83, abs=0.07)


@dataclass(frozen=True)
class Fixed:
    """A method that always says the same."""

    chance: float
    cdf: tuple[float, ...] | None = None
    refuses: bool = False
    name: str = "fixed"
    source: str = "invented"

    def learn(self, people: Sequence[Observed], scale: Scale, axis: Axis) -> "Fixed":
        if self.refuses:
            raise ValueError("it never learns")
        return self

    def predict(self, asked: Sequence[Asked]) -> Predictions:
        p = np.full(len(asked), self.chance)
        cdf = None if self.cdf is None else np.tile(self.cdf, (len(asked), 1))
        return Predictions(p, p / 2, p, p > 0.5, cdf, cdf)


ONE = asked_of(MANY[:1], (1,))


def test_a_linear_pool_is_the_mean_of_chances_and_of_distributions() -> None:
    methods = (Fixed(0.2, (0.1, 0.5, 1.0)), Fixed(0.8, (0.3, 0.9, 1.0)), Fixed(0.8))
    said = Average(methods).learn(MANY, PHQ_9, "session").predict(ONE)
    assert said.p_no_improvement[0] == pytest.approx(0.6)
    assert said.p_deterioration[0] == pytest.approx(0.3)
    assert said.risk[0] == said.p_no_improvement[0] and said.alert[0]
    assert said.next_cdf is not None
    assert_allclose(said.next_cdf[0], [0.2, 0.7, 1.0])


def test_a_pool_of_log_odds_is_surer_than_a_linear_one() -> None:
    methods = (Fixed(0.01, (0.1, 0.5, 1.0)), Fixed(0.2, (0.3, 0.9, 1.0)))
    said = Average(methods, "log odds").learn(MANY, PHQ_9, "session").predict(ONE)
    assert said.p_no_improvement[0] == pytest.approx(expit((logit(0.01) + logit(0.2)) / 2))
    assert said.last_cdf is not None and said.last_cdf[0, -1] == 1.0
    assert said.last_cdf[0, 0] == pytest.approx(expit((logit(0.1) + logit(0.3)) / 2))


def test_a_method_that_says_nothing_or_cannot_learn_is_left_out() -> None:
    methods = (Fixed(np.nan), Fixed(0.3), Fixed(0.9, refuses=True))
    said = Average(methods).learn(MANY, PHQ_9, "session").predict(ONE)
    assert said.p_no_improvement[0] == pytest.approx(0.3)
    assert said.next_cdf is None and said.last_cdf is None


def test_where_none_can_learn_every_reason_is_given() -> None:
    with pytest.raises(ValueError, match="None of the methods.*fixed: it never learns.*other: it never"):
        Average((Fixed(0.1, refuses=True), replace(Fixed(0.1, refuses=True), name="other"))).learn(
            MANY, PHQ_9, "session"
        )
