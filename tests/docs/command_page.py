"""The reference page of the command, made from the command itself: python -m tests.docs.command_page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from midcourse.cli.app import app
from midcourse.tables.roles import SYNONYMS

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "reference" / "command.md"
KINDS = {"Path": "PATH", "str": "TEXT", "int": "NUMBER", "float": "NUMBER"}
ROLES = {
    "client_id": "whose score it is; the one column every table needs besides scores and a time",
    "episode_id": "which course of therapy, where a client has several",
    "measure": "which questionnaire",
    "score": "the total",
    "session": "number of the attended session",
    "date": "the day it was answered, best as year-month-day",
    "day": "days since any fixed day",
    "time": "a number whose unit the role time_unit says",
    "time_unit": "session, day, week, month or year",
    "phase": "before, during or after therapy; what comes after is kept out of the course",
    "therapist_id": "used by `fit --therapists` only; no result names a therapist",
    "age": "in years at the first score",
    "ended": "the day therapy ended",
}

START = """\
# The command

`midcourse COMMAND --help` says the same on your screen. `midcourse --version` says which version this is.

**Output.** The answer goes to standard output, everything about how the file was read to standard error.
On a terminal, lines fit its width, and the first 40 courses are shown; on less than 110 columns each
sentence stands under its client. In a pipe or a file everyone is shown, without colour, bar or padding.
For another program take `--json`.

**Exit codes.** 0: done, also where single rows were set aside (`bad-input.md` lists when). 2: refused, with
the mend; nothing was written. 1: a fault of midcourse's own, in one line to report; with the environment
variable `MIDCOURSE_TRACE=1` the whole trace is shown.

**Files.** Whatever is written is written beside its place and moved over it, so a file is never half there.
The table that is read is never written over.

**The odds** of a review say how many of 100 such people would be reliably better than at their own first
score *at* the session or week named below the table, not *by* it. There are none where no reliable change
is in force, and none where the expected course rests on assumed numbers.
"""
ROLES_START = """\
## Roles of columns

A table has one row per score (tidy) or one row per client (wide: `phq9_s1`, `phq9_s2`, ...), with totals or
item answers (`phq9_q1` to `phq9_q9`). Columns are recognised by many usual names, whatever their case, and
shown as guessed. `--map ROLE=COLUMN` corrects one; `--map ROLE=` sets a role aside. The name of a measure may
stand in the place of a role: `--map phq-9=Total`.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([START, *_commands(), *_roles()])


def commands() -> dict[str, Any]:
    """Return the commands by name, in the order of the help; those of a group by both names."""
    found: dict[str, Any] = {}
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found |= {name: command} if inner is None else {f"{name} {one}": of for one, of in inner.items()}
    return found


def _commands() -> Iterator[str]:
    for name, command in commands().items():
        words, _, examples = command.help.partition("\n\nExample")
        yield f"## midcourse {name}\n\n{words}\n"
        yield "".join(f"    {line.strip()}\n" for line in examples.split("\n\n")[1:])
        yield "| option | what it does |\n|---|---|"
        yield from (f"| `{_written(option)}` | {_meant(option)} |" for option in command.params)
        yield ""


def _written(option: Any) -> str:
    if not option.opts[0].startswith("-"):
        return str(option.opts[0]).upper()
    if getattr(option, "is_flag", False):
        return str(option.opts[0])
    kind = option.type_descriptor.annotation
    return f"{option.opts[0]} {option.metavar or KINDS.get(getattr(kind, '__name__', ''), 'PATH')}"


def _meant(option: Any) -> str:
    words = [option.help]
    if option.required:
        words.append("Needed.")
    elif option.default not in (None, False):
        words.append(f"`{option.default}` where not given.")
    if option.multiple and "several" not in option.help:
        words.append("May be given several times.")
    return " ".join(words).replace("|", "\\|")


def _roles() -> Iterator[str]:
    yield ROLES_START
    yield "| role | what it holds | names that are recognised, among others |\n|---|---|---|"
    for role, names in SYNONYMS.items():
        yield f"| `{role}` | {ROLES[role]} | {', '.join(names.split()[:6])} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
