"""Every way in which an invented clinic can be awkward, each turned on alone and strongly enough to show."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from midcourse.simulate import AWKWARD, PLAIN, ClinicDesign


@dataclass(frozen=True)
class Switch:
    """One awkwardness: what it is called, and the fields of ClinicDesign that turn it on."""

    title: str
    changes: Mapping[str, Any]

    def design(self, clients: int) -> ClinicDesign:
        """Return the plain clinic of so many clients with this switch on."""
        return replace(PLAIN, n_clients=clients, **self.changes)


# What describes the people, the measure or the plain course, and breaks nothing by itself.
SETTINGS = {
    "n_clients": "the size of the clinic, given by --clients",
    "n_therapists": "how many therapists share the clients",
    "age_low": "no method looks at age",
    "age_high": "no method looks at age",
    "measure": "a name",
    "minimum": "where the scale ends, felt only with clip_to_scale",
    "maximum": "where the scale ends, felt only with clip_to_scale",
    "higher_is_better": "a mirrored scale; tests hold every method to the same answers on it",
    "intake_mean": "a number of the plain course",
    "intake_sd": "a number of the plain course",
    "slope_mean": "a number of the plain course",
    "slope_sd": "a number of the plain course",
    "intercept_slope_correlation": "a number of the plain course",
    "residual_sd": "a number of the plain course",
    "basis": "the shape of the plain course",
    "planned_sessions": "the length of a therapy",
    "days_between_sessions": "the unit of a gap",
    "start_date": "adds a column that no method looks at",
    "start_spread_days": "adds a column that no method looks at",
    "good_score": "what leave_after_good calls good",
    "bad_score": "what leave_after_bad and leave_by_unseen_score call bad",
    "late_onset_session": "when late_responder_share's clients begin to change",
    "plan_from_session": "when plan_share's clients can make a plan",
    "plan_steps": "which steps plan_share's plans hold; only learning from plans looks at them",
    "plan_alarm_points": "when plan_share's clients make a plan",
}

NOTHING = Switch("every switch off", {})
ALONE = (
    Switch("leaving after good scores", {"leave_after_good": 0.3}),
    Switch("leaving after bad scores", {"leave_after_bad": 0.3}),
    Switch("leaving by the unseen score", {"leave_by_unseen_score": 0.3}),
    Switch("leaving for other reasons", {"leave_for_other_reasons": 0.1}),
    Switch("missed sessions, sessions known", {"missed_session_rate": 0.3}),
    Switch("missed sessions, only days known", {"missed_session_rate": 0.3, "times_given": "day"}),
    Switch("missing scores", {"missing_score_rate": 0.3}),
    Switch("late responders", {"late_responder_share": 0.3}),
    Switch("AR(1) errors", {"error_correlation": 0.6}),
    Switch("clipping at the scale's ends", {"clip_to_scale": True}),
    Switch("whole numbers", {"whole_numbers": True}),
    Switch(
        "days instead of sessions",
        {"axis": "week", "gap_jitter_days": 3, "times_given": "day"},
    ),
    Switch(
        "therapists with skill",
        {
            "therapist_intercept_sd": 1.0,
            "therapist_slope_sd": 1.0,
            "therapist_correlation": 0.3,
            "domains": ("depression", "anxiety", "trauma"),
            "domain_share_of_skill": 0.5,
        },
    ),
    Switch("plans that help", {"plan_share": 0.5, "plan_effect": 4.0}),
)
TOGETHER = Switch(
    "AWKWARD, all at once",
    {
        field.name: getattr(AWKWARD, field.name)
        for field in fields(ClinicDesign)
        if field.name != "n_clients" and getattr(AWKWARD, field.name) != getattr(PLAIN, field.name)
    },
)
SWITCHES = (NOTHING, *ALONE, TOGETHER)


def unplaced() -> set[str]:
    """Return the fields of ClinicDesign that no switch turns on and that are not said to be settings."""
    placed = set(SETTINGS).union(*(switch.changes for switch in ALONE))
    return {field.name for field in fields(ClinicDesign)} - placed
