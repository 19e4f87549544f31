"""The clinic of the demonstration: eight clients whose stories anyone can check by eye."""

import numpy as np
import pytest

from midcourse.simulate import AS_OF, STORIES, stories


def scores_of(clinic, client):
    return clinic.scores["score"][clinic.scores["client_id"] == client].tolist()


def last_date_of(clinic, client):
    return clinic.scores["date"][clinic.scores["client_id"] == client].max()


@pytest.fixture(scope="module")
def clinic():
    return stories(1)


def test_the_stories_are_those_promised_and_the_truth_names_them(clinic):
    promised = [
        "on course",
        "drifting",
        "off course after a good start",
        "reliably worse",
        "reached her goal",
        "silent for five weeks",
        "late responder",
        "one score only",
    ]
    assert [story.title for story in STORIES] == promised
    assert clinic.truth.story.tolist() == promised + [""] * 52
    assert clinic.truth.client_id[:8].tolist() == [f"C00{i}" for i in range(1, 9)]


def test_scripted_clients_have_the_scores_of_their_script_as_their_true_course(clinic):
    for i, story in enumerate(STORIES):
        assert scores_of(clinic, f"C00{i + 1}") == list(story.scores)
        told = len(story.scores)
        assert clinic.truth.true_course[i, :told].tolist() == list(story.scores)
        assert clinic.truth.sessions_attended[i] == told


def test_scripted_clients_have_no_random_effects_and_only_the_late_responder_is_one(clinic):
    assert np.isnan(clinic.truth.intercept).tolist() == [True] * 8 + [False] * 52
    assert np.flatnonzero(clinic.truth.late_responder).tolist() == [6]


def test_the_worse_one_is_six_points_worse_and_the_goal_is_below_ten(clinic):
    worse, goal = scores_of(clinic, "C004"), scores_of(clinic, "C005")
    assert worse[-1] - worse[0] >= 6
    assert goal[0] - goal[-1] >= 6
    assert goal[-1] < 10


def test_the_newest_score_is_of_the_day_of_the_demonstration(clinic):
    assert clinic.scores["date"].max() == np.datetime64(AS_OF)


def test_only_the_silent_one_has_been_silent_for_five_weeks(clinic):
    silent = {
        client: (np.datetime64(AS_OF) - last_date_of(clinic, client)).astype(int)
        for client in clinic.truth.client_id.tolist()
    }
    assert [client for client, days in silent.items() if days >= 35] == ["C006"]
    assert max(days for client, days in silent.items() if client != "C006") < 7


def test_the_other_clients_are_somewhere_in_therapy_with_scores_a_form_could_show(clinic):
    attended = clinic.truth.sessions_attended
    assert set(clinic.truth.reason_for_leaving) == {"still in therapy", "planned end"}
    assert attended[8:].min() >= 2
    assert attended.max() == 12
    assert clinic.scores["score"].min() >= 0
    assert clinic.scores["score"].max() <= 27


def test_another_seed_tells_the_same_stories_among_other_clients(clinic):
    other = stories(2)
    assert scores_of(other, "C003") == scores_of(clinic, "C003")
    assert scores_of(other, "C020") != scores_of(clinic, "C020")
