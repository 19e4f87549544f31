"""A table of many people, beside the same people one by one."""

import ast
import inspect
import typing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow.parquet import write_table

import midcourse.cohorts
from midcourse.cohorts import NotTidy, Whole, review, review_table, states, whole
from midcourse.course.basis import Basis
from midcourse.course.borrow import borrowed_course
from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.observed import Observed
from midcourse.course.reference import read_reference
from midcourse.measures import find
from midcourse.review import review_caseload
from midcourse.signals import State
from midcourse.tables import Refused, read_table
from tests.clinics import clinic
from tests.engine.known_course import COURSE, HIGH, LOW

PHQ_9 = find("phq-9").scale


def written(people: list[Observed], path: Path, *, by_day: bool = False) -> Path:
    """Write people as a tidy Parquet table, by session or with a session a week by day."""
    rows = [
        (person.client_id, "phq-9", 7.0 * time if by_day else time, score)
        for person in people
        for time, score in zip(person.times, person.scores, strict=True)
    ]
    names = ("client_id", "measure", "day" if by_day else "session", "score")
    write_table(pa.table(dict(zip(names, zip(*rows, strict=True), strict=True))), path)
    return path


@pytest.fixture(scope="module")
def people() -> list[Observed]:
    """The 900 people of a simulated clinic; some have one score only."""
    found = clinic(900, seed=11, planned_sessions=5, clip_to_scale=True, whole_numbers=True)
    return [person if i % 10 else person.up_to(1) for i, person in enumerate(found)]


@pytest.fixture(scope="module")
def table(people, tmp_path_factory) -> Path:
    return written(people, tmp_path_factory.mktemp("cohorts") / "scores.parquet")


# What is public.


def names_in(annotation: object) -> str:
    return inspect.formatannotation(annotation).lower()


def test_no_public_function_takes_or_returns_an_ibis_type():
    for name in midcourse.cohorts.__all__:
        public = getattr(midcourse.cohorts, name)
        functions = [public]
        if inspect.isclass(public):
            functions = [
                f for n, f in vars(public).items() if inspect.isfunction(f) and not n.startswith("_")
            ]
            hints = typing.get_type_hints(public)
            assert not [h for h in hints.values() if "ibis" in names_in(h)], name
        for function in functions:
            hints = typing.get_type_hints(function)
            assert not [h for h in hints.values() if "ibis" in names_in(h)], function


def test_cohorts_reads_no_more_of_the_command_than_it_gives(root):
    """Every other room can name cohorts' results without loading Ibis."""
    for path in (root / "midcourse").rglob("*.py"):
        if "cohorts" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        named = [n for n in tree.body if isinstance(n, ast.ImportFrom) and "cohorts" in (n.module or "")]
        assert not named, path


# Fits.


def course_of(table: Path, **options) -> Course:
    course = review_table(table, **options).measures[0].course
    assert course is not None
    return course


def parameters(course: Course) -> np.ndarray:
    (_, one), *more = course.parts
    assert not more
    parts = (one.beta, one.beta_cov, one.random_cov, [[one.residual]])
    return np.concatenate([np.ravel(part) for part in parts])


def test_a_refit_to_everyone_is_the_fit_of_the_one_person_path(table, people, monkeypatch):
    monkeypatch.setattr(review, "SAMPLE", 400)
    found = course_of(table, references=False)
    whole_fit = expected_course(people, "phq-9", "session", basis=found.basis)
    np.testing.assert_allclose(parameters(found), parameters(whole_fit), rtol=1e-9)
    assert found.centre == pytest.approx(whole_fit.centre, rel=1e-12)
    assert found.horizon == whole_fit.horizon
    for name in ("clients", "clients_with_one_score", "outcome_scores"):
        assert found.history[name] == whole_fit.history[name]
    assert found.history["criterion"] == pytest.approx(whole_fit.history["criterion"], rel=1e-12)


def test_a_refit_says_on_how_many_the_correction_was_learned(table, people, monkeypatch):
    monkeypatch.setattr(review, "SAMPLE", 400)
    cohort = review_table(table, references=False).measures[0]
    outcomes = sum(len(person.scores) > 1 for person in people)
    assert cohort.course is not None
    assert cohort.course.recalibration is not None
    learned = cohort.course.recalibration.clients
    assert 330 < learned < 470
    assert cohort.course.history["basis_and_correction_from"] == f"{learned} of {outcomes} clients"
    assert cohort.why == (f"Fitted to {outcomes} clients; basis and correction learned on {learned} of them.")


def test_what_a_reference_lends_to_the_sample_it_lends_to_everyone(tmp_path, people, monkeypatch):
    reference = read_reference("phq-9-reframed")
    table = written(people, tmp_path / "days.parquet", by_day=True)
    people = [replace(person, times=tuple(time - 1.0 for time in person.times)) for person in people]
    monkeypatch.setattr(review, "SAMPLE", 400)
    monkeypatch.setattr(
        review,
        "course_for",
        lambda some, scale, axis, references: review.Chosen(borrowed_course(some, reference, 50), ""),
    )
    cohort = review_table(table).measures[0]
    assert cohort.course is not None
    beside = borrowed_course(people, reference, 50)
    np.testing.assert_allclose(parameters(cohort.course), parameters(beside), rtol=1e-9)
    lent, again = (c.parts[0][1].borrowed_cov for c in (cohort.course, beside))
    np.testing.assert_allclose(lent, again, rtol=1e-9)
    assert cohort.why.endswith("50 pseudo-clients of the reference phq-9-reframed join.")


def test_where_no_course_can_be_expected_of_the_sample_there_is_none(table, monkeypatch):
    monkeypatch.setattr(review, "SAMPLE", 400)
    monkeypatch.setattr(review, "course_for", lambda *_, **__: review.Chosen(None, "no"))
    cohort = review_table(table).measures[0]
    assert (cohort.course, cohort.why, cohort.odds) == (None, "no", None)
    assert set(cohort.states()) <= {
        State.NOT_COMPUTED,
        State.TOO_EARLY,
        State.RELIABLY_WORSE,
        State.REACHED_GOAL,
    }
    assert (cohort.chance() == 1.0).all()


def test_up_to_the_sample_size_the_course_is_the_one_person_paths(table, people):
    reading = read_table(table)
    one = review_caseload(reading.episodes, {"phq-9": PHQ_9}, bands=False)
    many = review_table(table).measures[0]
    assert many.course is not None
    beside = {**one.measures[0].course}
    assert many.course.history["fingerprint"] == beside["fingerprint"]
    assert many.course.history["criterion"] == pytest.approx(beside["criterion"], rel=1e-12)
    states = dict(zip(many.clients.client_id, many.states(), strict=True))
    assert states == {course.client_id: course.state for course in one.courses}
    assert many.counts() == {state: n for state in State if (n := list(states.values()).count(state))}


# Whole reviews.


def test_whole_reviews_come_in_the_order_of_the_one_person_review(table, monkeypatch):
    monkeypatch.setattr(states, "AT_ONCE", 250)
    monkeypatch.setattr(whole, "CHUNK", 100)
    monkeypatch.setattr(review, "SAMPLE", 10_000)
    given = []
    course = replace(COURSE, measure="phq-9")
    review_table(table, courses={"phq-9": course}, whole=Whole(given.append))
    reading = read_table(table)
    one = review_caseload(reading.episodes, {"phq-9": PHQ_9}, courses={"phq-9": course}, bands=False)
    assert len(given) == 900
    assert [r.client_id for r in given] == [r.client_id for r in one.courses]
    assert [r.sentence for r in given] == [r.sentence for r in one.courses]
    assert not given[0].expected


def test_only_as_many_whole_reviews_as_asked_for_are_made(table):
    given = []
    course = replace(COURSE, measure="phq-9")
    found = review_table(table, courses={"phq-9": course}, whole=Whole(given.append, limit=7, bands=True))
    assert len(given) == 7
    assert len(found.measures[0].clients.client_id) == 900
    assert all(review.expected for review in given)
    worst = found.measures[0]
    assert given[0].state is State(min(worst.states(), key=list(State).index))


def test_no_more_than_a_chunk_of_people_is_fetched_at_once(table, monkeypatch):
    monkeypatch.setattr(whole, "CHUNK", 50)
    sizes = []
    fetched = whole.people_of

    def counted(rows):
        found = fetched(rows)
        sizes.append(len(found))
        return found

    monkeypatch.setattr(whole, "people_of", counted)
    review_table(table, courses={"phq-9": replace(COURSE, measure="phq-9")}, whole=Whole(lambda _: None, 120))
    assert sizes == [50, 50, 20]


def test_measures_that_share_a_chunk_are_fetched_each_from_its_own_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "CHUNK", 2)
    rows = "".join(
        f"{c},{m},{s},{v}\n" for c in "abc" for m, v in (("low", 15), ("gad-7", 9)) for s in (1, 2)
    )
    path = tmp_path / "two.csv"
    path.write_text(f"client_id,measure,session,score\n{rows}", "utf-8")
    given = []
    review_table(path, scale=LOW, courses={"low": COURSE}, references=False, whole=Whole(given.append))
    assert [(r.client_id, r.measure, r.state) for r in given] == [
        (client, measure, state)
        for client in "abc"
        for measure, state in (("low", State.DRIFTING), ("gad-7", State.NOT_COMPUTED))
    ]


def test_nobody_is_reviewed_before_the_first_day(tmp_path):
    path = tmp_path / "later.csv"
    path.write_text("client_id,day,score\na,10,15\n", "utf-8")
    given = []
    found = review_table(path, scale=LOW, as_of=9.0, whole=Whole(given.append))
    assert (found.measures, given, found.counted.used) == ((), [], 1)


# What is said on the way.


def test_progress_rises_to_one(table):
    told: list[float] = []
    review_table(table, courses={"phq-9": replace(COURSE, measure="phq-9")}, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_counts_are_said_in_the_words_of_the_one_person_path(tmp_path):
    path = tmp_path / "odd.csv"
    rows = [
        "a,phq-9,1,12.5,old",
        "a,phq-9,2,,",
        "a,phq-9,3,30,",
        "a,phq-9,4,9,",
        "a,phq-9,4,8,",
        "a,gad-7,1,4,",
    ]
    path.write_text("\n".join(["client_id,measure,session,score,age", *rows, "a,phq-9,1,12.5,"]), "utf-8")
    found = review_table(path, measures=("phq-9",), allow=True)
    assert set(found.counted.notes()) <= set(read_table(path, measure="phq-9", allow=True).notes)
    assert len(found.counted.notes()) == 7


def test_columns_are_shown_as_they_were_guessed(tmp_path):
    path = tmp_path / "named.csv"
    path.write_text("PatientNo,instrument,Visit No,total\na,phq-9,1,9\n", "utf-8")
    one = read_table(path)
    many = review_table(path)
    assert many.columns == one.columns
    assert many.notes == one.notes


# What is refused.


def problems(path: Path, **options) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(Refused) as caught:
        review_table(path, **options)
    return [(p.kind, p.line, p.column) for p in caught.value.problems]


def test_everything_that_must_be_mended_is_named_at_once_with_its_line(tmp_path):
    path = tmp_path / "unclear.csv"
    rows = ["a,phq-9,03/04/2024,9", ",phq-9,04/04/2024,9", "b,height,04/04/2024,180", "c,phq-9,05/04/2024,99"]
    rows += [",gad-7,05/04/2024,5", "d,height,,3"]
    path.write_text("\n".join(["client_id,measure,date,score", *rows]), "utf-8")
    assert problems(path) == [
        ("ambiguous-dates", 2, None),
        ("missing-id", 3, "client_id"),
        ("unknown-measure", 4, "measure"),
        ("missing-id", 6, "client_id"),
        ("out-of-range", 5, "score"),
    ]
    with pytest.raises(Refused) as one:
        read_table(path)
    assert [(p.kind, p.line, p.column) for p in one.value.problems] == problems(path)


def test_wide_tables_and_item_answers_are_left_to_the_one_person_path(tmp_path):
    wide = tmp_path / "wide.csv"
    wide.write_text("client_id,phq9_s1,phq9_s2\na,9,8\n", "utf-8")
    one_wide = tmp_path / "one.csv"
    one_wide.write_text("client_id,phq9_s1\na,9\n", "utf-8")
    items = tmp_path / "items.csv"
    answers = ",".join(f"phq9_q{i}" for i in range(1, 10))
    items.write_text(f"client_id,session,{answers}\na,1,{',1' * 9}\n".replace(",,", ","), "utf-8")
    for path in (wide, one_wide, items):
        with pytest.raises(NotTidy, match="not tidy"):
            review_table(path)


def test_a_workbook_is_left_to_the_one_person_path(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04 and more")
    with pytest.raises(NotTidy, match="workbook"):
        review_table(path)


def test_a_measure_of_the_callers_own_is_read_with_its_direction(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("client_id,session,score\na,1,17\na,2,11\n", "utf-8")
    found = review_table(path, scale=HIGH)
    assert found.measures[0].states() == [State.RELIABLY_WORSE]


def test_a_course_of_another_basis_width_is_used_too(tmp_path):
    """A quadratic course has three time columns, all of them random here."""
    ones = tuple(tuple(float(i == j) for j in range(3)) for i in range(3))
    nothing = ((0.0,) * 6,) * 6
    part = replace(
        COURSE.parts[0][1], beta=((12.0, -2.0, 1.0), (0.5, 0.0, 0.0)), beta_cov=nothing, random_cov=ones
    )
    course = replace(COURSE, basis=Basis("quadratic", "session", 3), parts=((1.0, part),))
    path = tmp_path / "low.csv"
    path.write_text("client_id,session,score\na,1,15\na,2,13\na,4,16\nb,1,20\n", "utf-8")
    given = []
    found = review_table(path, scale=LOW, courses={"low": course}, whole=Whole(given.append)).measures[0]
    assert found.odds is not None
    for review_ in given:
        i = found.clients.client_id.index(review_.client_id)
        assert review_.outlook is not None
        assert found.odds.improvement[i] == pytest.approx(review_.outlook.p_improvement, abs=1e-12)
