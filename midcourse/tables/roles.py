"""The names people give to columns, by role: the first name in a list that a file has is taken."""

from typing import Final

# Compared without case, spaces and punctuation: "Client ID", "client_id" and "ClientId" are one.
# Order matters within a role: the surest name first.
SYNONYMS: Final[dict[str, str]] = {
    "client_id": (
        "client_id client client_no client_number client_code patient_id patient patient_no patient_number"
        " patient_code client_ref client_reference patient_ref patient_reference"
        " participant_id participant participant_no service_user_id service_user subject_id"
        " subject subj_id subj person_id person user_id respondent_id case_id case_no case pid id"
    ),
    "episode_id": (
        "episode_id episode episode_no care_episode referral_id referral_no treatment_id therapy_id course_id"
    ),
    "measure": (
        "measure measure_name measure_id instrument instrument_name questionnaire questionnaire_name"
        " outcome_measure scale scale_name test_name"
    ),
    "score": "score total_score total scale_score sum_score raw_score measure_score sum value result points",
    "session": (
        "session session_no session_number session_num session_nr session_index sess session_count"
        " appointment_no appointment_number"
    ),
    "date": (
        "date visit_date session_date assessment_date score_date measure_date measurement_date"
        " appointment_date completion_date date_completed completed_on completed_at date_time datetime timestamp"
    ),
    "day": "day days study_day day_no day_number days_since_start days_since_intake days_since_baseline",
    "time": "time time_value time_point timepoint elapsed",
    "time_unit": "time_unit unit_of_time unit units",
    "phase": "phase stage treatment_phase study_phase",
    "therapist_id": (
        "therapist_id therapist therapist_no therapist_code therapist_name"
        " clinician_id clinician counsellor_id counsellor"
        " counselor_id counselor practitioner_id practitioner psychologist_id psychologist"
    ),
    "age": "age age_years age_in_years age_at_intake age_at_start age_at_referral",
    "ended": (
        "ended ended_on end_date end_of_therapy therapy_end therapy_ended treatment_end treatment_end_date"
        " discharge_date discharged_on end_day"
    ),
}

# A column that names the unit in its own name: role time, unit as said.
TIMES_WITH_UNIT: Final[dict[str, str]] = {
    "week": "week weeks week_no week_number weeks_since_start weeks_since_intake weeks_since_baseline",
    "month": "month months month_no month_number months_since_start months_since_intake",
}

# Counts of occasions stand in for session numbers only where a file has no other time.
LAST_RESORT_SESSIONS: Final = "occasion visit visit_no visit_number wave assessment assessment_no"

# Without one of these a row cannot be placed in time.
TIME_ROLES: Final = ("session", "date", "day", "time")
