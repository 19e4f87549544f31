"""One client a line: the state most in need of attention, why, and risk beside it. No queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from midcourse_web.care.beside import RiskBeside
from midcourse_web.care.engine.instruments import title
from midcourse_web.care.models import Episode, RiskTask, Signal
from midcourse_web.pages.parts.course import KINDS

ORDER = (
    "reliably worse", "off course", "drifting", "no recent data", "not computed", "too early",
    "on course", "reached goal",
)  # fmt: skip
NEEDS = frozenset(ORDER[:5])


@dataclass(frozen=True)
class Line:
    """One client on the list: the worst state of her measures, the sentence behind it, risk beside it."""

    episode: Episode
    state: str
    kind: str
    measure: str
    sentence: str
    risk: tuple[RiskTask, ...]
    beside: RiskBeside
    stage: str
    needs: bool


def lines_of(
    episodes: list[Episode],
    signals: dict[tuple[UUID, str], Signal],
    risk: list[RiskTask],
    beside: dict[UUID, RiskBeside],
) -> list[Line]:
    """Return one line for each episode, the most in need first."""
    own: dict[object, list[Signal]] = {}
    for (whose, _measure), signal in signals.items():
        own.setdefault(whose, []).append(signal)
    return sorted((line(one, own.get(one.pk, []), risk, beside[one.pk]) for one in episodes), key=_place)


def line(episode: Episode, own: list[Signal], risk: list[RiskTask], beside: RiskBeside) -> Line:
    """Return one client's line: the state most in need of attention among her measures."""
    worst = min(own, key=lambda one: ORDER.index(one.state), default=None)
    theirs = tuple(task for task in risk if task.episode_id == episode.pk)
    state = worst.state if worst else ""
    snoozed = (
        worst is not None and worst.snoozed_until is not None and worst.snoozed_until > timezone.localdate()
    )
    return Line(
        episode=episode,
        state=state,
        kind=KINDS.get(state, "quiet"),
        measure=title(worst.measure) if worst else "",
        sentence=worst.sentence if worst else "",
        risk=theirs,
        beside=beside,
        stage=worst.get_stage_display() if worst and worst.stage else "",
        needs=bool(theirs) or (state in NEEDS and not snoozed),
    )


def _place(one: Line) -> tuple[bool, int, str]:
    rank = ORDER.index(one.state) if one.state in ORDER else len(ORDER)
    return not one.risk, rank, one.episode.client.name


def pressing(tasks: Iterable[RiskTask], episodes: Iterable[UUID], mine: object) -> list[RiskTask]:
    """Return the alerts of these episodes and those given to this person, the most pressing first."""
    here = set(episodes)
    found = [task for task in tasks if task.episode_id in here or task.for_person_id == mine]
    return sorted(found, key=lambda task: (task.level != RiskTask.Level.NOW, task.due_by))
