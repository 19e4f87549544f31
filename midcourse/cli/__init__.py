"""The command `midcourse`: review, score, fit, evaluate, simulate, spread, demo, serve."""

import os
import sys


def main() -> None:
    """Run the command line.

    Whatever happens ends in a sentence, never in a trace of the program: exit code 2 where the result
    could not be written, 1 where the fault is midcourse's own.
    """
    # Our matrices are small: more threads only wait for one another, at several times the CPU.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from midcourse.cli.app import app
    from midcourse.cli.screen import refuse

    _spell_any_letter()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except OSError as problem:
        _let_go_of_output()
        place = problem.filename or "The result"
        raise SystemExit(refuse(f"{place} could not be written: {problem.strerror}.").exit_code) from None
    except Exception as fault:
        if os.environ.get("MIDCOURSE_TRACE"):
            raise
        raise SystemExit(_own_fault(fault)) from None


def _spell_any_letter() -> None:
    """An id may hold letters that the screen's encoding lacks; they are spelled out, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _let_go_of_output() -> None:
    """Python writes what is left at its end, and would fail a second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _own_fault(fault: Exception) -> int:
    from traceback import extract_tb

    from midcourse.cli.screen import errors, say

    where = extract_tb(fault.__traceback__)[-1]
    say(
        errors(),
        f"midcourse has a fault: {type(fault).__name__}: {fault} ({where.name}, line {where.lineno}).",
    )
    say(errors(), "Please report that line. With MIDCOURSE_TRACE=1 set, the same command shows all of it.")
    return 1
