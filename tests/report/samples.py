"""Invented caseload reviews that look like real ones: BDI by weeks, PHQ-9 by sessions, every state."""

from math import log
from random import Random

from midcourse.review.result import BandPoint, CaseloadReview, CourseReview, MeasureReview, Outlook
from midcourse.signals.state import State

BDI = MeasureReview(
    measure="bdi",
    title="BDI",
    minimum=0,
    maximum=63,
    higher_is_better=False,
    axis="week",
    reliable_change=9,
    caseness=14,
    horizon=26,
    course={
        "basis": "ln(1 + weeks)",
        "method": "REML",
        "clients": 557,
        "clients_with_one_score": 12,
        "scores": 6560,
        "converged": True,
        "singular": False,
        "borrowed": None,
        "criterion": 40312.118273645,
        "coefficients": {"intercept": 0.5132, "intake": 0.8123, "ln_weeks": -2.871},
        "covariance": [[31.2, -6.1], [-6.1, 4.4]],
        "versions": {"midcourse": "0.1.0", "numpy": "2.4.1"},
        "fingerprint": "9b1f0c6d" * 8,
    },
    sources=(
        "Reliable change 9: Jacobson and Truax (1991) at 1.96, SD 7.5 and reliability .81.",
        "Cut-off 14: the upper end of the minimal band in the manual.",
    ),
)
PHQ9 = MeasureReview(
    "phq9", "PHQ-9", 0, 27, False, "session", 6, 10, 16, {"basis": "sqrt(session)"}, ("Cut-off 10.",)
)
WELLBEING = MeasureReview("wellbeing", "Wellbeing 0-10", 0, 10, True, "session", None, None, None)

SENTENCES = {
    State.RELIABLY_WORSE: "The last score, {last:g}, is more than {rc:g} points worse than the first, {first:g}.",
    State.OFF_COURSE: "The last two scores ({last:g} now) lie above the 90 % bound expected from {first:g}.",
    State.DRIFTING: "The last score, {last:g}, lies above the 80 % bound of the course expected from {first:g}.",
    State.NO_RECENT_DATA: "The last score, {last:g}, is 63 days old; one was due every 14 days.",
    State.TOO_EARLY: "There is one score so far, {first:g}; a state needs at least two.",
    State.ON_COURSE: "The last score, {last:g}, lies inside the 80 % bounds of the course expected from {first:g}.",
    State.REACHED_GOAL: "The last score, {last:g}, is below the cut-off and {rc:g} or more better than {first:g}.",
    State.NOT_COMPUTED: "No state was computed: no course fits this client's age.",
}
# How far the course goes from first to last score, as a share of the first.
ENDS = {
    State.RELIABLY_WORSE: 1.55,
    State.OFF_COURSE: 1.1,
    State.DRIFTING: 0.95,
    State.NO_RECENT_DATA: 0.8,
    State.TOO_EARLY: 1.0,
    State.ON_COURSE: 0.6,
    State.REACHED_GOAL: 0.3,
    State.NOT_COMPUTED: 0.9,
}


def band(
    measure: MeasureReview, first: float, start: float, end: float, slope: float, spread: float
) -> tuple[BandPoint, ...]:
    """A course falling with the logarithm of time, with a band that widens."""
    points = []
    steps = max(round(end - start), 1)
    for step in range(steps + 1):
        time = start + (end - start) * step / steps
        gone = log(1 + time - start)
        mean = min(max(first - slope * gone, measure.minimum + 1), measure.maximum - 1)
        half = spread * (0.5 + 0.35 * gone)
        low, high = max(round(mean - half), measure.minimum), min(round(mean + half), measure.maximum)
        points.append(BandPoint(time, mean, low, high))
    return tuple(points)


def course(
    client: str, measure: MeasureReview, state: State, seed: int = 1, episode: str = "1"
) -> CourseReview:
    """One invented course in a given state."""
    chance = Random(seed)
    start = 1.0 if measure.axis == "session" else 0.0
    end = measure.horizon or start + 11
    reach = measure.maximum - measure.minimum
    first = round(measure.minimum + reach * chance.uniform(0.3, 0.55))
    count = 1 if state is State.TOO_EARLY else chance.randint(4, 13)
    now = start + (end - start) * chance.uniform(0.3, 0.9)
    scores: list[tuple[float | None, float]] = [(start, float(first))]
    for i in range(1, count):
        at = start + i if measure.axis == "session" else round((now - start) * i / (count - 1) * 7) / 7
        aim = first * (1 + (ENDS[state] - 1) * (i / (count - 1)) ** 0.7)
        value = round(min(max(aim + chance.gauss(0, reach / 28), measure.minimum), measure.maximum))
        scores.append((at, float(value)))
    last_time, last = scores[-1]
    known = measure.horizon is not None and state is not State.NOT_COMPUTED
    expected = band(measure, first, start, end, reach / 24, reach / 7) if known else ()
    ahead = band(measure, last, last_time or 0, end, reach / 50, reach / 9) if known else ()
    gone = last / first
    outlook = None
    if known:
        end_point = ahead[-1]
        likely = min(max(1.15 - gone, 0.002), 0.998)
        outlook = Outlook(
            time=end, mean=end_point.mean, low80=end_point.low80, high80=end_point.high80,
            low95=max(end_point.low80 - 4, measure.minimum), high95=min(end_point.high80 + 4, measure.maximum),
            p_improvement=likely, p_caseness_left=0.7 * likely, p_deterioration=0.3 * (1 - likely),
            borrowed_share=0.41, own_share=0.63,
        )  # fmt: skip
    return CourseReview(
        client_id=client, episode_id=episode, measure=measure.measure, state=state,
        sentence=SENTENCES[state].format(first=first, last=last, rc=measure.reliable_change or 2),
        scores=tuple(scores), expected=expected, ahead=ahead, outlook=outlook,
        notes=() if known else ("There is no band: no course was fitted for this measure and age.",),
    )  # fmt: skip


def caseload(clients: int, seed: int = 7) -> CaseloadReview:
    """A caseload of so many clients, one course each, in the proportions of a usual service."""
    chance = Random(seed)
    weights = (4, 9, 12, 8, 10, 38, 17, 2)
    states = [*State, *chance.choices(list(State), weights, k=clients)][:clients]
    if clients >= 8:
        chance.shuffle(states)
    states.sort(key=list(State).index)
    measures = [BDI if i % 3 else PHQ9 for i in range(clients)]
    courses = [course(str(1001 + i), measures[i], states[i], seed=i) for i in range(clients)]
    return CaseloadReview(
        courses=tuple(courses),
        measures=(BDI, PHQ9, WELLBEING),
        rule_version="course-bounds 1",
        as_of="2025-03-14",
        problems=(
            "scores.csv line 14, column score: 71 is above the highest score of the BDI, 63. Correct it or remove it.",
            "scores.csv line 208: two scores on one day (12 and 19) for client 1040. Keep the right one.",
        ),
    )
