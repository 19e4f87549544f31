"""Findings about goals, tasks, know-how, kind of therapy and readiness."""

from midcourse.content.say import Said, said
from midcourse.reasons.approaches import Approach, approach_for, holds, uses_tasks
from midcourse.reasons.finding import Rule
from midcourse.reasons.situation import Situation

LOW, APART = 4.0, 4.0  # of 10
UNRATED = 4  # sessions
HALF = 0.5
RULER = 3.0  # of 10
ANXIETY = ("panic", "social-anxiety")  # kinds of it that somebody who treats anxiety treats


def goals_low(now: Situation) -> Said | None:
    """Low agreement on goals, or the two sides far apart."""
    goals = now.history.goals
    if goals is None or goals.client is None:
        return None
    if goals.therapist is not None and abs(goals.client - goals.therapist) >= APART:
        return said("found-goals-apart", client=f"{goals.client:g}", therapist=f"{goals.therapist:g}")
    return said("found-goals-low", client=f"{goals.client:g}") if goals.client <= LOW else None


def goals_none(now: Situation) -> Said | None:
    """No goal on record, or none rated for four sessions."""
    goals = now.history.goals
    if goals is None:
        return None
    if goals.on_record == 0:
        return said("found-goals-none")
    if goals.sessions_since_rated is not None and goals.sessions_since_rated >= UNRATED:
        return said("found-goals-unrated", sessions=str(goals.sessions_since_rated))
    return None


def tasks_low(now: Situation) -> Said | None:
    """Less than half of the tasks done."""
    tasks = now.history.homework
    if tasks is None or tasks.set == 0 or tasks.done / tasks.set >= HALF:
        return None
    return said("found-tasks-low", done=str(tasks.done), set=str(tasks.set))


def tasks_none(now: Situation) -> Said | None:
    """No task set though the kind of therapy uses them."""
    tasks = now.history.homework
    if tasks is None or tasks.set or not uses_tasks(now.history.treatment):
        return None
    return said("found-tasks-none")


def domain_out(now: Situation) -> Said | None:
    """The main concern is not among the therapist's declared domains."""
    concern, domains = now.history.main_concern.strip(), now.history.therapist_domains
    if not concern or domains is None or any(_covers(one, concern) for one in domains):
        return None
    return said("found-domain-out", concern=concern)


def _covers(domain: str, concern: str) -> bool:
    """Whether a domain as a therapist names it is about a concern as somebody wrote it down."""
    if holds(concern, domain) or holds(domain, concern):
        return True
    field, row = approach_for(domain), approach_for(concern)
    if field is None or row is None:
        return False
    return field.id == row.id or (domain.strip().lower() == "anxiety" and row.id in ANXIETY)


def approach_out(now: Situation) -> Said | None:
    """The kind of therapy is not among a guideline's options for a problem that has specific ones."""
    if not now.history.treatment:
        return None
    found: Approach | None = approach_for(now.history.main_concern)
    if found is None or not found.specific or found.includes(now.history.treatment):
        return None
    return said("found-approach-out", treatment=now.history.treatment, concern=now.history.main_concern)


def preference_out(now: Situation) -> Said | None:
    """A strong stated preference is not met."""
    unmet = [one.about for one in now.history.preferences if one.strong and one.met is False]
    return said("found-wish", wish=unmet[0]) if unmet else None


def readiness_low(now: Situation) -> Said | None:
    """The client's own readiness or importance ruler is low."""
    ruler = now.history.readiness
    return said("found-readiness", rating=f"{ruler:g}") if ruler is not None and ruler <= RULER else None


RULES = (
    Rule(
        "D-GOAL-LOW",
        "Goals not shared",
        "client 4 of 10 or less, or 4 apart",
        "judgement",
        goals_low,
    ),
    Rule(
        "D-GOAL-NONE",
        "No goals",
        "none on record, or none rated in 4 sessions",
        "judgement",
        goals_none,
    ),
    Rule(
        "D-HW-LOW",
        "Tasks not done",
        "under half of those set",
        "judgement; Mausbach 2010, doi 10.1007/s10608-010-9297-z",
        tasks_low,
    ),
    Rule(
        "D-HW-NONE",
        "No tasks",
        "none set in a therapy that uses them",
        "judgement; Kazantzis 2010",
        tasks_none,
    ),
    Rule(
        "D-DOMAIN-OUT",
        "Outside the therapist's fields",
        "main concern not among declared domains",
        "judgement; Constantino 2021, doi 10.1001/jamapsychiatry.2021.1221",
        domain_out,
    ),
    Rule(
        "D-TX-OUT",
        "Another kind is usual",
        "not among guideline options, for problems with specific ones",
        "the table of approaches",
        approach_out,
    ),
    Rule(
        "D-PREF-OUT",
        "A wish not met",
        "strong and not met",
        "Swift 2018, J Clin Psychol 74:1924",
        preference_out,
    ),
    Rule(
        "D-READY-LOW",
        "Ruler low",
        "3 of 10 or less",
        "judgement",
        readiness_low,
    ),
)
