"""What is on record of one episode beside its scores. Everything may be unknown; unknown is never evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from midcourse.record.answer_sheet import AnswerSheet
from midcourse.record.calendar import Calendar


@dataclass(frozen=True, slots=True)
class GoalAgreement:
    """How much client and therapist agree with the goals, 0 to 10 each; `on_record` counts the goals.

    `sessions_since_rated` counts sessions since any goal was rated. Raises ValueError outside 0 to 10.
    """

    client: float | None = None
    therapist: float | None = None
    on_record: int | None = None
    sessions_since_rated: int | None = None

    def __post_init__(self) -> None:
        for rating in (self.client, self.therapist):
            if rating is not None and not 0 <= rating <= 10:
                raise ValueError(f"Goal agreement is rated from 0 to 10, not {rating:g}.")


@dataclass(frozen=True, slots=True)
class Homework:
    """Tasks set and done over the sessions looked at; `wanted` says whether the client wants tasks at all.

    Raises ValueError where more tasks were done than set.
    """

    set: int
    done: int
    wanted: bool | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.done <= self.set:
            raise ValueError(f"{self.done} of {self.set} tasks done cannot be; check homework.")


@dataclass(frozen=True, slots=True)
class MedicationNote:
    """What the client noted on medicine. Never what to take: only what a prescriber may want to hear.

    `side_effects` runs 0 (none) to 4; `weeks_since_review` since a prescriber looked at it last.
    """

    taking: bool | None = None
    review_on_record: bool | None = None
    weeks_since_review: float | None = None
    side_effects: float | None = None
    skipped_or_stopped: bool | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Preference:
    """Something the client wants of therapy or therapist, how strongly, and whether it is met."""

    about: str
    strong: bool = True
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A therapist's ending of the work, and whether the client was referred on."""

    by_therapist: bool
    referred: bool | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What is on record of one episode beside its scores, up to the day of the review.

    `alliance` holds ratings of a licensed alliance scale in percent of its range (0 to 100), oldest
    first; `check_ins` the shipped session check-in. `readiness` is the client's ruler, 0 to 10;
    `support_lowest` says that support was rated in its lowest band; `sleep` holds the latest ratings
    of a sleep item as a share of its highest option (0 to 1). `screens` holds totals of screening
    measures by instrument id (pc-ptsd-5, pcl-5, audit-c). `private` names the parts that the client
    has not shared: they are cut for everybody else.
    """

    calendar: Calendar | None = None
    alliance: tuple[float, ...] = ()
    check_ins: tuple[AnswerSheet, ...] = ()
    goals: GoalAgreement | None = None
    homework: Homework | None = None
    treatment: str = ""
    main_concern: str = ""
    therapist_domains: tuple[str, ...] | None = None
    preferences: tuple[Preference, ...] = ()
    readiness: float | None = None
    screens: Mapping[str, float] = field(default_factory=dict)
    woman: bool | None = None
    weekly_drug_use: bool | None = None
    medication: MedicationNote | None = None
    life_events: tuple[str, ...] = ()
    functioning_fell: bool | None = None
    support_lowest: bool | None = None
    sleep: tuple[float, ...] = ()
    first_therapy: bool | None = None
    bad_past_therapy: bool | None = None
    orientation_done: bool | None = None
    specialist_supervision: bool | None = None
    trauma_work: bool | None = None
    ending: Ending | None = None
    private: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        known = {one.name for one in fields(self)}
        if unknown := sorted(part for part in self.private if part.split(":")[0] not in known):
            raise ValueError(f"There is no part {', '.join(unknown)} of a history to keep private.")

    def as_seen_by_others(self) -> "History":
        """Return the history without what the client keeps private; "screens:audit-c" cuts one screen."""
        blank = History()
        whole = {part: getattr(blank, part) for part in self.private if ":" not in part}
        hidden = {part.split(":")[1] for part in self.private if part.startswith("screens:")}
        if hidden and "screens" not in whole:
            whole["screens"] = {name: total for name, total in self.screens.items() if name not in hidden}
        return replace(self, **whole, private=frozenset())
