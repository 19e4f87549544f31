"""The time of an evaluation is held only against that of the same question."""

import pytest

from bench.evaluation_measures import against_line, same_question, whole_line
from bench.process import Cost, Failed


def cost(inside: float = 1.0, **said: object) -> Cost:
    return Cost(inside, 2 * inside, inside, 50.0, {"clients": 9, "methods": 7, "auc": {"change": 0.7}} | said)


@pytest.mark.parametrize("other", [{"clients": 8}, {"methods": 6}, {"auc": {"change": 0.71}}])
def test_times_of_different_questions_are_not_compared(other):
    same_question(cost(), cost())
    with pytest.raises(Failed, match="different questions"):
        same_question(cost(), cost(**other))


def test_an_evaluation_is_told_in_minutes_and_beside_the_plain_script():
    assert whole_line("nine", [cost(90.0)]).measure == "1.5 CPU minutes"
    assert against_line("nine", [cost(10.0)], [cost(35.0)]).measure == "3.5 times faster"
