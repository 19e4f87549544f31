"""Ready designs: the plain model, and a clinic that is as awkward as a real one."""

from midcourse.simulate.design import ClinicDesign

PLAIN = ClinicDesign()
"""Every switch off: the plain linear mixed model, everyone measured at every session."""

AWKWARD = ClinicDesign(
    n_clients=400,
    n_therapists=20,
    planned_sessions=20,
    gap_jitter_days=2,
    leave_after_good=0.20,
    leave_after_bad=0.05,
    leave_by_unseen_score=0.10,
    leave_for_other_reasons=0.04,
    missed_session_rate=0.10,
    missing_score_rate=0.10,
    late_responder_share=0.15,
    error_correlation=0.30,
    clip_to_scale=True,
    whole_numbers=True,
    therapist_intercept_sd=0.5,
    therapist_slope_sd=0.5,
    therapist_correlation=0.3,
    domains=("depression", "anxiety", "trauma"),
    domain_share_of_skill=0.5,
    plan_share=0.5,
)
"""Every switch on but the plan's effect, which stays nothing; the rates are assumed, not measured."""
