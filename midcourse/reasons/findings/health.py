"""Findings about health: screens, medicine notes, alcohol and drugs, sleep. They open a talk, they name no illness."""

from midcourse.content.say import Said, said
from midcourse.reasons.finding import Rule
from midcourse.reasons.situation import Situation

PC_PTSD_5, PC_PTSD_5_WOMEN, PCL_5 = 4.0, 3.0, 31.0
AUDIT_C, AUDIT_C_WOMEN = 5.0, 3.0
SIDE_EFFECTS = 3.0  # of 4
USUALLY_WITH_MEDICINE = ("bipolar", "psychosis", "schizophrenia")
SLEEP_HIGH, SLEEP_RUN = 1.0, 3  # the item's highest option; in so many sessions, or the one on record


def trauma_screen(now: Situation) -> Said | None:
    """A brief measure of what follows painful events is at its screening level."""
    screens, history = now.history.screens, now.history
    brief, long = screens.get("pc-ptsd-5"), screens.get("pcl-5")
    cut = PC_PTSD_5_WOMEN if history.woman else PC_PTSD_5
    if (brief is not None and brief >= cut) or (long is not None and long >= PCL_5):
        return said("found-past-events")
    return None


def no_medicine_review(now: Situation) -> Said | None:
    """No medicine, and no talk about it on record."""
    note = now.history.medication
    if note is None or note.taking is not False or note.review_on_record is not False:
        return None
    return said("found-no-prescriber")


def medicine_trouble(now: Situation) -> Said | None:
    """Side effects, or doses skipped or stopped."""
    note = now.history.medication
    if note is None:
        return None
    bothers = note.side_effects is not None and note.side_effects >= SIDE_EFFECTS
    return said("found-medicine-trouble") if bothers or note.skipped_or_stopped else None


def medicine_usual(now: Situation) -> Said | None:
    """A condition on record where medicine is usually part of care."""
    concern = now.history.main_concern.lower()
    if any(word in concern for word in USUALLY_WITH_MEDICINE):
        return said("found-medicine-usual")
    return None


def substance_high(now: Situation) -> Said | None:
    """A raised alcohol screen, or weekly drug use."""
    audit = now.history.screens.get("audit-c")
    cut = AUDIT_C_WOMEN if now.history.woman else AUDIT_C
    if (audit is not None and audit >= cut) or now.history.weekly_drug_use:
        return said("found-substance")
    return None


def sleep_poor(now: Situation) -> Said | None:
    """Sleep rated at its worst for three sessions, or in the one rating on record."""
    rated = now.history.sleep[-SLEEP_RUN:]
    return said("found-sleep") if rated and min(rated) >= SLEEP_HIGH else None


RULES = (
    Rule(
        "D-PCL-HIGH",
        "Trauma screen",
        "PC-PTSD-5 4 or more (women 3), PCL-5 31 or more",
        "Bovin 2021, doi 10.1001/jamanetworkopen.2020.36733",
        trauma_screen,
    ),
    Rule(
        "D-MED-NO",
        "No medicine review",
        "none taken, none on record",
        "NICE NG222",
        no_medicine_review,
    ),
    Rule(
        "D-MED-FX",
        "Trouble with medicine",
        "side effects 3 of 4 or more, or doses skipped",
        "judgement",
        medicine_trouble,
    ),
    Rule(
        "D-MED-BASE",
        "Prescriber usual",
        "bipolar disorder or psychosis on record",
        "NICE CG185, CG178 (memory)",
        medicine_usual,
    ),
    Rule(
        "D-SUB-HIGH",
        "Alcohol or drugs",
        "AUDIT-C 5 or more (women 3), or weekly drug use",
        "cuts from memory, to be checked",
        substance_high,
    ),
    Rule(
        "D-SLEEP",
        "Poor sleep",
        "highest option three times",
        "judgement; Scott 2021, doi 10.1016/j.smrv.2021.101556",
        sleep_poor,
    ),
)
