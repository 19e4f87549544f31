"""An invented clinic: the table that a real clinic would have, and the truth beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.drawn import Drawn, draw
from midcourse.simulate.streams import Flags, Floats, Whole, Words

Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What no clinic knows: one entry per client, in the order of the table's clients.

    Effects are in points; `plan_session` is 0 where no plan was made; `plan_steps` are the names of its
    steps with a space between, `plan_effect` what the plan added to the course in points, signed.
    `true_course` is clients x planned sessions: the score without error and before rounding and clipping,
    also for sessions that never took place. A scripted client (`story` is not empty) has no random
    effects: they are NaN.
    """

    client_id: Words
    therapist_id: Words
    problem_domain: Words
    intercept: Floats
    slope: Floats
    therapist_intercept: Floats
    therapist_slope: Floats
    late_responder: Flags
    plan_session: Whole
    plan_effect: Floats
    plan_steps: Words
    sessions_attended: Whole
    reason_for_leaving: Words
    story: Words
    true_course: Floats

    def columns(self) -> dict[str, Column]:
        """Return the truth as a table, the course as true_course_1, true_course_2 and so on."""
        names = [field.name for field in fields(self) if field.name != "true_course"]
        table: dict[str, Column] = {name: getattr(self, name) for name in names}
        for j in range(self.true_course.shape[1]):
            table[f"true_course_{j + 1}"] = self.true_course[:, j]
        return table


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedClinic:
    """An invented clinic: `scores` by column name, one entry per score, and the truth apart from them.

    Columns: client_id, session (attended-session number, the first is 1), day (since the client's
    first score), date (only with a start_date), measure, score, therapist_id, age (years).
    """

    design: ClinicDesign
    seed: int
    scores: Mapping[str, Column]
    truth: Truth


def simulate(design: ClinicDesign, seed: int) -> SimulatedClinic:
    """Return an invented clinic; the same design and seed give the same numbers for ever.

    `seed` runs from 0 to 2**32 - 1. Raises ValueError for a seed outside it.
    """
    return read_out(draw(design, seed))


def read_out(drawn: Drawn) -> SimulatedClinic:
    """Split what was drawn into the table a clinic would have and the truth it would not."""
    design = drawn.design
    client, place = np.nonzero(drawn.seen)
    ids = _ids("C", design.n_clients, 3)
    therapists = _ids("T", design.n_therapists, 2)[drawn.who.therapist]
    score = drawn.scores[client, place]
    table: dict[str, Column] = {"client_id": ids[client]}
    table |= _times(drawn, client, place)
    table["measure"] = np.full(len(client), design.measure)
    table["score"] = score.astype(np.int64) if design.whole_numbers else score
    table["therapist_id"] = therapists[client]
    table["age"] = drawn.who.age[client]
    return SimulatedClinic(design, drawn.seed, table, _truth(drawn, ids, therapists))


def _times(drawn: Drawn, client: Whole, place: Whole) -> dict[str, Column]:
    """Return the columns that say when a score was given, as far as the design gives them away."""
    design, times = drawn.design, dict[str, Column]()
    if design.times_given != "day":
        times["session"] = (place + 1).astype(np.int64)
    if design.times_given != "session":
        times["day"] = drawn.day[client, place]
        if design.start_date is not None:
            times["date"] = np.datetime64(design.start_date, "D") + (
                drawn.who.start_day[client] + times["day"]
            )
    return times


def _truth(drawn: Drawn, ids: Words, therapists: Words) -> Truth:
    design, who = drawn.design, drawn.who
    return Truth(
        client_id=ids,
        therapist_id=therapists,
        problem_domain=np.array(design.domains)[who.domain],
        intercept=who.intercept,
        slope=who.slope,
        therapist_intercept=who.therapist_intercept,
        therapist_slope=who.therapist_slope,
        late_responder=who.late_responder,
        plan_session=drawn.plan.session,
        plan_effect=drawn.plan.points,
        plan_steps=drawn.plan.steps,
        sessions_attended=drawn.sessions_attended,
        reason_for_leaving=drawn.reason,
        story=drawn.story,
        true_course=drawn.courses,
    )


def _ids(letter: str, n: int, digits: int) -> Words:
    """Return ids such as C001, all of one length so that they sort as they count."""
    digits = max(digits, len(str(n)))
    return np.array([f"{letter}{i:0{digits}d}" for i in range(1, n + 1)])
