"""A pattern's few sums are as good as its clients' rows."""

import numpy as np
import pytest

from midcourse.course.basis import Basis
from midcourse.course.design import columns, outcome_rows, sums_of
from midcourse.course.fit import fit_sums
from midcourse.course.likelihood import evaluate
from midcourse.course.observed import Observed
from midcourse.course.pattern_sums import PatternSums, sums_of_patterns

BASES = [
    Basis("ln", "session"),
    Basis("ln", "session", 1),
    Basis("sqrt", "week"),
    Basis("quadratic", "session", 3),
    Basis("quadratic", "session", 2),
]
CENTRE = 15.0


def clinic(seed: int, clients: int = 60) -> list[Observed]:
    random = np.random.RandomState(seed)
    patterns = [(1.0, 2.0, 3.0), (1.0, 2.0, 4.0, 7.0), (1.0, 3.0), (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    people = []
    for i in range(clients):
        times = patterns[i % 4]
        start, slope = random.normal(15, 4), random.normal(-1.5, 0.8)
        scores = [start + slope * np.log(t) + random.normal(0, 2) for t in times]
        people.append(Observed(str(i), times, tuple(float(round(s, 3)) for s in scores)))
    return people


def pattern_sums(people: list[Observed], basis: Basis, copies: float = 1.0) -> list[PatternSums]:
    """Return the sums by their definition, one client after the other (intake once)."""
    found = []
    for times in dict.fromkeys(person.times[1:] for person in people):
        own = [person for person in people if person.times[1:] == times]
        f = columns(basis, np.array(times))
        w = [np.array([1.0, person.intake - CENTRE]) for person in own]
        y = [np.array(person.scores[1:]) for person in own]
        s = [part @ f for part in y]
        found.append(
            PatternSums(
                times=times,
                n=copies * len(own),
                ww=copies * sum(np.outer(a, a) for a in w),
                wb=copies * sum(np.outer(a, b) for a, b in zip(w, s, strict=True)),
                yy=copies * sum(np.outer(b[: basis.q], b[: basis.q]) for b in s),
                y2=copies * float(sum(part @ part for part in y)),
            )
        )
    return found


@pytest.mark.parametrize("basis", BASES, ids=[basis.name for basis in BASES])
def test_pattern_sums_and_rows_give_the_same_criterion_and_gradient(basis):
    people = clinic(1)
    rows = sums_of(outcome_rows(people, basis, "intake once", CENTRE), basis)
    ours = sums_of_patterns(pattern_sums(people, basis), basis)
    assert (ours.n, ours.clients, ours.p, ours.q) == (rows.n, rows.clients, rows.p, rows.q)
    for theta in (
        np.zeros(len(np.triu_indices(basis.q)[0])),
        np.linspace(1.0, 0.1, basis.q * (basis.q + 1) // 2),
    ):
        for method in ("REML", "ML"):
            one, other = evaluate(ours, theta, method), evaluate(rows, theta, method)
            assert one.criterion == pytest.approx(other.criterion, rel=1e-11)
            assert one.gradient == pytest.approx(other.gradient, rel=1e-7, abs=1e-7)
            assert one.beta == pytest.approx(other.beta, rel=1e-8)


def test_fits_from_pattern_sums_and_rows_agree():
    people, basis = clinic(2), Basis("ln", "session")
    rows = fit_sums(sums_of(outcome_rows(people, basis, "intake once", CENTRE), basis))
    ours = fit_sums(sums_of_patterns(pattern_sums(people, basis), basis))
    assert ours.theta == pytest.approx(rows.theta, rel=1e-6, abs=1e-8)
    assert ours.beta == pytest.approx(rows.beta, rel=1e-8)
    assert ours.criterion == pytest.approx(rows.criterion, rel=1e-12)


def test_pattern_sums_add_and_whole_weights_are_copies():
    people, basis = clinic(3), Basis("ln", "session")
    half = sums_of_patterns(pattern_sums(people[:30], basis) + pattern_sums(people[30:], basis), basis)
    whole = sums_of_patterns(pattern_sums(people, basis), basis)
    theta = np.array([1.0, -0.2, 0.4])
    assert evaluate(half, theta).criterion == pytest.approx(evaluate(whole, theta).criterion, rel=1e-12)
    thrice = sums_of_patterns(pattern_sums(people, basis, copies=3.0), basis)
    copied = sums_of_patterns(pattern_sums(people * 3, basis), basis)
    assert evaluate(thrice, theta).criterion == pytest.approx(evaluate(copied, theta).criterion, rel=1e-12)


def test_no_pattern_is_refused():
    with pytest.raises(ValueError, match="no clients with an outcome score"):
        sums_of_patterns([], Basis("ln", "session"))
