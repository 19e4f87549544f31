"""Who is asked about, after how many scores, and in which fold."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcourse.course.observed import Observed
from midcourse.evaluation.folds import balanced_folds, random_folds, therapist_folds, total_change
from midcourse.evaluation.tasks import FIXED, default_tasks
from midcourse.evaluation.tasks_given import read_folds, read_tasks
from midcourse.evaluation.tasks_placed import tasks_from
from midcourse.evaluation.truth import truth_of
from tests.evaluation.judge_parts import SCALE, course, wandering


def test_methods_are_asked_after_two_three_four_six_and_eight_scores() -> None:
    tasks = default_tasks([course("a", *range(10)), course("b", 5, 5, 5, 5)], {"a": "1", "b": "2"})
    fixed = [(task.client_id, task.k) for task in tasks.tasks if task.fixed]
    assert fixed == [("a", 1), ("a", 2), ("a", 3), ("a", 5), ("a", 7), ("b", 1), ("b", 2)]
    assert [task.k + 1 for task in tasks.tasks if task.client_id == "a"] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert (tasks.tasks[0].next_time, tasks.tasks[0].horizon) == (3.0, 10.0)
    assert [k + 1 for k in FIXED] == [2, 3, 4, 6, 8]


def test_clients_with_fewer_than_four_scores_and_second_courses_are_left_out_and_counted() -> None:
    people = [course("a", 1, 2, 3, 4), course("b", 1, 2, 3), course("a", 4, 4, 4, 4, 4), course("c", 1)]
    tasks = default_tasks(people, {"a": "1"})
    assert (tasks.too_short, tasks.repeated) == (2, 1)
    assert {task.client_id for task in tasks.tasks} == {"a"}
    assert len(tasks.tasks) == 2  # of the first course


def test_a_client_without_a_fold_is_named_and_an_empty_clinic_refused() -> None:
    with pytest.raises(ValueError, match=r"1 clients have no fold, the first is 'b'"):
        default_tasks([course("a", 1, 2, 3, 4), course("b", 1, 2, 3, 4)], {"a": "1"})
    with pytest.raises(ValueError, match="No client has 4 scores"):
        default_tasks([course("a", 1, 2)], {"a": "1"})


def test_what_came_is_read_from_the_whole_record() -> None:
    people = [course("a", 12, 10, 8, 6), course("b", 10, 12, 14, 15)]
    truth = truth_of(default_tasks(people, {"a": "1", "b": "2"}).tasks, people, SCALE)
    assert truth.next_score.tolist() == [8, 6, 14, 15]
    assert truth.last_score.tolist() == [6, 6, 15, 15]
    assert truth.no_improvement.tolist() == [0, 0, 1, 1]
    assert truth.deterioration.tolist() == [0, 0, 1, 1]
    assert truth.later.tolist() == [2, 1, 2, 1]
    assert truth.clients == ("a", "b")


def test_balanced_folds_share_out_change_and_random_ones_do_not() -> None:
    people = wandering(200, seed=3)
    spread = {}
    for deal in (balanced_folds, random_folds):
        fold = deal(people, 10, seed=1)
        means = [
            np.mean([total_change(p) for p in people if fold[p.client_id] == f]) for f in set(fold.values())
        ]
        spread[deal] = np.std(means)
    assert spread[balanced_folds] < spread[random_folds] / 3


@given(clients=st.integers(4, 60), folds=st.integers(2, 4), seed=st.integers(0, 5))
def test_every_client_who_can_be_judged_is_in_one_of_equally_large_folds(
    clients: int, folds: int, seed: int
) -> None:
    people = [*wandering(clients, seed), course("short", 1, 2)]
    for deal in (balanced_folds, random_folds):
        found = deal(people, folds, seed)
        assert set(found) == {p.client_id for p in people[:-1]}
        sizes = [list(found.values()).count(str(number + 1)) for number in range(folds)]
        assert max(sizes) - min(sizes) <= 1
        assert found == deal(people, folds, seed)


def test_folds_need_two_and_enough_clients() -> None:
    for deal in (balanced_folds, random_folds):
        with pytest.raises(ValueError, match="cannot be split into 1 folds"):
            deal(wandering(9), 1)
        with pytest.raises(ValueError, match="9 clients with enough scores cannot be split into 10"):
            deal(wandering(9), 10)


def test_all_clients_of_a_therapist_are_left_out_together() -> None:
    people = [course(f"c{i}", 9, 8, 7, i % 5, therapist=f"t{i % 7}") for i in range(40)]
    people += [course("alone", 1, 2, 3, 4), course("short", 1, therapist="t0")]
    found = therapist_folds(people, 3)
    for number in range(7):
        assert len({found[p.client_id] for p in people if p.therapist_id == f"t{number}"}) == 1
    assert set(found) == {p.client_id for p in people}
    assert sorted(list(found.values()).count(fold) for fold in "123") == [12, 13, 17]
    with pytest.raises(ValueError, match="7 therapists are named; they cannot be split into 8"):
        therapist_folds(people, 8)


# From outside


def file(tmp_path: Path, text: str, name: str = "tasks.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


HEAD = "client_id,k,fold,time_k,next_time,horizon\n"


def test_folds_are_read_from_a_file_with_any_words_for_them(tmp_path: Path) -> None:
    path = file(tmp_path, "\ufefffold,client_id,note\nNorth, 7 ,x\nSouth,8,\nNorth,7,\n", "folds.csv")
    assert read_folds(path) == {"7": "North", "8": "South"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("client,fold\n1,1\n", "folds.csv, line 1: no column client_id. Name the columns client_id, fold"),
        ("client_id,fold\n1,1\n2,\n", "folds.csv, line 3, column fold: nothing stands there. Fill it in"),
        ("client_id,fold\n1,1\n1\n", "folds.csv, line 3, column fold: nothing stands there"),
        (
            "client_id,fold\n1,1\n1,2\n",
            "line 3, column fold: client '1' is in fold '2' here and in '1' above",
        ),
        ("client_id,fold\n", "folds.csv: no line below the column names"),
        ("", "folds.csv, line 1: no column client_id, fold"),
    ],
)
def test_a_table_of_folds_that_is_wrong_is_refused_with_line_and_mend(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(ValueError) as refused:
        read_folds(file(tmp_path, text, "folds.csv"))
    assert said in str(refused.value)


def test_a_missing_file_and_one_that_is_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"none.csv: No such file.*Give the path"):
        read_folds(tmp_path / "none.csv")
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"x.csv: this is not text in UTF-8"):
        read_folds(tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,x,1,1,2,3", "line 2, column k: 'x' is not a number. Write it with a point"),
        ("a,inf,1,1,2,3", "line 2, column k: 'inf' is not a number"),
        ("a,1.5,1,1,2,3", "line 2, column k: '1.5' is not a number of scores"),
        ("a,-1,1,1,2,3", "line 2, column k: '-1' is not a number of scores"),
        ("a,1,1,1,3,2", "line 2: time_k, next_time and horizon must not run backwards"),
        ("a,1,1,-1,3,4", "line 2: time_k, next_time and horizon must not run backwards or start before 0"),
        ("a,1,1,1,2,3\na,1,1,1,2,3", "line 3: client 'a' with k = 1 stands on line 2 already"),
        ("a,1,1,1,2,3\na,2,2,2,3,3", "line 3, column fold: client 'a' is in fold '2' here"),
    ],
)
def test_a_table_of_tasks_that_is_wrong_is_refused_with_line_and_mend(
    tmp_path: Path, row: str, said: str
) -> None:
    with pytest.raises(ValueError) as refused:
        read_tasks(file(tmp_path, HEAD + row + "\n"))
    assert str(refused.value).startswith("tasks.csv, " + said)


WEEKLY = Observed("a", (0.0, 3.0, 5.0, 9.0, 12.0), (10, 9, 8, 7, 6))


@pytest.mark.parametrize(
    ("unit", "per_week"), [("weeks", 1.0), ("days", 7.0), ("months", 7 / 30.4375), ("years", 7 / 365.25)]
)
def test_times_from_outside_are_read_in_the_unit_in_which_they_fit_the_record(
    tmp_path: Path, unit: str, per_week: float
) -> None:
    row = ",".join(f"{time * per_week:.4f}" for time in (3, 5, 12))
    found = tasks_from(file(tmp_path, f"{HEAD}a,1,x,{row}\n"), [WEEKLY], "week")
    assert found.unit == unit
    assert [(t.k, t.next_time, t.horizon, t.fixed) for t in found.tasks] == [
        (1, 5.0, 12.0, True),
        (2, 9.0, 12.0, False),
        (3, 12.0, 12.0, False),
    ]
    assert found.folds == {"a": "x"}


@pytest.mark.parametrize(("unit", "start"), [("sessions since intake", 0), ("session numbers from 1", 1)])
def test_sessions_are_counted_from_intake_or_numbered(tmp_path: Path, unit: str, start: int) -> None:
    people = [course("a", 5, 6, 7, 8, 9)]
    rows = f"a,0,x,{start},{start + 1},{start + 4}\na,2,x,{start + 2},{start + 3},{start + 4}\n"
    found = tasks_from(file(tmp_path, HEAD + rows), people, "session")
    assert found.unit == unit
    assert [(t.k, t.next_time, t.fixed) for t in found.tasks] == [
        (0, 2.0, True),
        (1, 3.0, False),
        (2, 4.0, True),
        (3, 5.0, False),
    ]


def test_a_time_the_record_does_not_have_is_forecast_but_not_judged(tmp_path: Path) -> None:
    tasks = tasks_from(file(tmp_path, HEAD + "a,1,x,3,5,20\n"), [WEEKLY], "week")
    assert [(t.k, t.horizon) for t in tasks.tasks] == [(1, 20.0)]
    truth = truth_of(tasks.tasks, [WEEKLY], SCALE)
    assert truth.next_score.tolist() == [8.0]
    assert np.isnan(truth.last_score).all() and np.isnan(truth.no_improvement).all()


def test_tasks_that_do_not_fit_the_record_are_refused_line_by_line(tmp_path: Path) -> None:
    def refusal(rows: str, folds: dict[str, str] | None = None) -> str:
        with pytest.raises(ValueError) as refused:
            tasks_from(file(tmp_path, HEAD + rows), [WEEKLY], "week", folds)
        return str(refused.value)

    assert "tasks.csv, line 2: the table of scores has no client 'z'. Mend" in refusal("z,1,x,3,5,12\n")
    said = refusal("a,1,x,3,5,12\na,2,x,4,9,12\n")
    assert "line 3, column time_k: 4 (read as weeks), but the record of client 'a' has scores at" in said
    assert "at 0, 3, 5, 9, 12." in said
    assert "line 2, column fold: 'x', but the folds given put 'a' in 'y'" in refusal(
        "a,1,x,3,5,12\n", {"a": "y"}
    )
    padded = [replace(WEEKLY, client_id="007")]
    with pytest.raises(
        ValueError, match="no client '7'. It has '007': ids are text, and zeros in front count"
    ):
        tasks_from(file(tmp_path, HEAD + "7,1,x,3,5,12\n"), padded, "week", None)
    many = "".join(f"z{i},1,x,3,5,12\n" for i in range(7))
    assert "And 2 more lines." in refusal(many)


def test_folds_given_beside_tasks_keep_their_other_clients(tmp_path: Path) -> None:
    found = tasks_from(file(tmp_path, HEAD + "a,1,x,3,5,12\n"), [WEEKLY, WEEKLY], "week", {"b": "y"})
    assert found.folds == {"a": "x", "b": "y"}
    assert found.repeated == 1


def test_where_scores_were_set_aside_time_decides_and_nothing_later_is_shown(tmp_path: Path) -> None:
    long = Observed("b", tuple(map(float, range(12))), tuple(range(12)))
    rows = "".join(f"b,{k},x,{k},{k + 1},11\n" for k in range(9))
    # For client a the file counts a score at week 4 that was set aside here, and the one at week 3 twice.
    rows += "a,1,x,3,3,12\na,2,x,3,4,12\na,3,x,4,5,12\na,6,x,9,12,12\n"
    tasks = tasks_from(file(tmp_path, HEAD + rows), [WEEKLY, long], "week")
    mine = [task for task in tasks.tasks if task.client_id == "a"]
    assert [(t.k, t.seen, t.next_time, t.fixed) for t in mine] == [
        (1, 2, 3.0, True),
        (2, 2, 4.0, True),
        (3, 2, 5.0, True),
        (2, 3, 9.0, False),
        (6, 4, 12.0, True),
    ]
    said = "scores up to time_k were shown."
    assert tasks.notes == (
        f"3 of 13 tasks: k counts scores that are set aside or repeated here; {said}",
        f"1 of 13 tasks: the record has no score at time_k; {said}",
    )
    truth = truth_of(mine, [WEEKLY], SCALE)
    # The record has no score at week 3 or 4 after what was seen, so nothing is judged there.
    np.testing.assert_array_equal(truth.next_score, [np.nan, np.nan, 8, 7, 6])
    assert truth.later.tolist() == [3, 3, 3, 2, 1]


def test_a_record_that_begins_later_than_the_tasks_do_shows_its_first_score(tmp_path: Path) -> None:
    long = course("b", *range(15))
    rows = "".join(f"b,{k},x,{k + 1},{k + 2},15\n" for k in range(12))
    tasks = tasks_from(
        file(tmp_path, HEAD + rows + "a,0,x,0,2,5\n"), [course("a", *range(5)), long], "session"
    )
    assert tasks.unit == "session numbers from 1"
    assert [task.seen for task in tasks.tasks if task.client_id == "a" and task.fixed] == [1]


def test_a_long_record_is_named_by_its_first_scores(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"has scores at 0, 1, 2, 3, 4, \.\.\.\. Mend"):
        tasks_from(file(tmp_path, HEAD + "a,1,x,1.5,2.5,9.5\n"), [course("a", *range(9))], "session")
