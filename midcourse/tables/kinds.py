"""Every kind of problem a file can have: the one table behind `docs/reference/bad-input.md`."""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: how severe it is, what it means, how it is mended, what --allow does."""

    severity: Literal["refuse", "set aside"]
    meaning: str
    mend: str
    allowed: str = ""


def _refuse(meaning: str, mend: str) -> Kind:
    return Kind("refuse", meaning, mend)


def _aside(meaning: str, mend: str, allowed: str = "") -> Kind:
    return Kind("set aside", meaning, mend, allowed)


KINDS: Final[dict[str, Kind]] = {
    "unreadable-file": _refuse(
        "The file is not there, is not allowed to be read, or is damaged.",
        "Check the path and the file's permissions, and open and save it again where it came from.",
    ),
    "unknown-format": _refuse(
        "The file is neither CSV, Parquet nor Excel .xlsx.",
        "Save it as CSV (UTF-8) or .xlsx.",
    ),
    "missing-extra": _refuse(
        "Reading this format needs a package that is not installed.",
        "Install it: pip install 'midcourse[tables]'",
    ),
    "wrong-encoding": _refuse(
        "The text is neither UTF-8 nor UTF-16, so letters could be misread.",
        'Save the file as "CSV UTF-8", or convert it: iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv',
    ),
    "empty-file": _refuse(
        "There is no header, or no row below it.",
        "Give a file with one line of column names and at least one row.",
    ),
    "same-column-twice": _refuse(
        "Two columns that would be read have the same name.",
        "Rename or remove one of them.",
    ),
    "no-such-column": _refuse(
        "--map names a column that the file does not have.",
        "Use a name from the file's first line, as it stands there.",
    ),
    "no-such-role": _refuse(
        "--map names a role that midcourse does not know.",
        "Use one of the roles listed, or the name of a measure.",
    ),
    "no-client-column": _refuse(
        "No column says whose score a row is.",
        "Name the column client_id, or say --map client_id=COLUMN.",
    ),
    "no-score-column": _refuse(
        "No column holds scores or item answers.",
        "Name the column score or after its measure (phq9), or say --map score=COLUMN.",
    ),
    "no-time-column": _refuse(
        "No column says when a score was given.",
        "Add a session number or a date, or say --map session=COLUMN (or date, day, time).",
    ),
    "no-measure": _refuse(
        "There are scores, and nothing says on which measure.",
        "Say which, for example --measure phq9, or add a column called measure.",
    ),
    "unclear-columns": _refuse(
        "Numbered columns could be items or occasions.",
        "Rename them: phq9_q1, phq9_q2 for items, phq9_s1, phq9_s2 for sessions.",
    ),
    "unknown-measure": _refuse(
        "A measure's name is not known, so its range and direction are not either.",
        "Correct the name, choose other measures with --measure, or describe the scale:"
        " --measure NAME --min 0 --max 63 --direction higher-is-worse.",
    ),
    "unknown-time-unit": _refuse(
        "A time unit is not one of session, day, week, month or year.",
        "Write one of those in the time-unit column, or say --map time_unit=week.",
    ),
    "missing-id": _refuse(
        "A row has a score and no client id.",
        "Fill in the client's id on this line, or remove the line.",
    ),
    "ambiguous-dates": _refuse(
        "Dates could be day-first or month-first, and no value in the file settles it.",
        "Write dates as year-month-day, for example 2024-03-05.",
    ),
    "nothing-usable": _refuse(
        "No score is left to read.",
        "Mend what is listed, or correct the columns with --map.",
    ),
    "not-a-number": _aside(
        "A score is not a number.",
        "Write the score as a number with a decimal point, or leave the cell empty where it is missing.",
    ),
    "out-of-range": _aside(
        "A score lies outside the measure's range.",
        "Check it against the questionnaire; leave the cell empty where a code means missing.",
        "kept",
    ),
    "not-whole": _aside(
        "A score is not a whole number on a measure whose scores are whole.",
        "Check it against the questionnaire, or say --allow to keep it.",
        "kept; rounded where a probability needs a whole number",
    ),
    "repeated": _aside(
        "One client has different scores on one measure at one time; all of them are left out.",
        "Keep the right one, or say --allow to use their mean.",
        "their mean is used",
    ),
    "item-answer": _aside(
        "An item's answer is not one of the instrument's options.",
        "Check it against the questionnaire; leave the cell empty where it was not answered.",
    ),
    "too-few-items": _aside(
        "Too few items were answered for a total.",
        "Nothing to mend where the items were skipped; the instrument's rule is in its reference.",
    ),
    "row-without-measure": _aside(
        "A row has a score and does not say on which measure.",
        "Fill in the measure on this line.",
    ),
    "row-shape": _aside(
        "A row has more or fewer cells than the header has columns.",
        "Put quotes around a cell that contains the separator, or complete the line.",
    ),
    "no-time": _aside(
        "A score has no time on the axis in use.",
        "Fill in the session number or date on this line.",
    ),
    "not-a-time": _aside(
        "A session, day or time is not a number or a known word.",
        "Write a number, or a word such as pre or post; for dates say --map date=COLUMN.",
    ),
    "not-a-date": _aside(
        "A date does not exist or cannot be read.",
        "Write it as year-month-day, for example 2024-03-05.",
    ),
}


def bad_input_table() -> str:
    """Return the table of all kinds of problems in Markdown, as the documentation shows it."""
    lines = ["| kind | severity | what it means | the mend | with `--allow` |", "|---|---|---|---|---|"]
    for name, kind in KINDS.items():
        cells = (f"`{name}`", kind.severity, kind.meaning, kind.mend, kind.allowed or "the same")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
