"""The record refuses what cannot be, and keeps the rest as it was given."""

import math

import pytest

from midcourse.record import Episode, Score


@pytest.mark.parametrize("field", ["value", "session", "day"])
@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_score_refuses_a_number_that_is_not_finite(field, number):
    with pytest.raises(ValueError, match="finite"):
        Score(**{"measure": "phq-9", "value": 12.0, field: number})


def test_an_episode_needs_a_client():
    with pytest.raises(ValueError, match="client"):
        Episode(client_id="", scores=())


def test_an_episode_gives_each_measure_its_scores_in_order():
    scores = (Score("phq-9", 12), Score("gad-7", 9), Score("phq-9", 10))
    episode = Episode("A", scores)
    assert episode.measures() == ("phq-9", "gad-7")
    assert episode.of("phq-9") == (scores[0], scores[2])
