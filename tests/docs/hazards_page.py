"""Write docs/safety/hazard-log.md from hazards.toml: ``python -m tests.docs.hazards_page``."""

from collections.abc import Iterator
from pathlib import Path

from tests.docs.hazards import (
    LIKELIHOODS,
    MATRIX,
    SEVERITIES,
    Raw,
    hazards,
    initial,
    is_open,
    residual,
    whole,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "safety" / "hazard-log.md"

INTRO = """\
# Hazard log

Written from `hazards.toml` by `python -m tests.docs.hazards_page`; a test fails when it is out of date.

**A draft, and nobody has signed it.** The form is that of DCB0129 (clinical risk management for makers of health
software in England). No clinical safety officer, clinician or person with lived experience has worked on it: it was
drawn from the project's own safety rules. It is not a safety case. A place that runs midcourse needs its own under
DCB0160.

**Initial** risk is that with no control. **Residual** risk is that with the controls that are built and held by a
test *today*; a control without a test is a plan and lowers nothing. The clinic application is being built, so most
of its hazards stand open. A hazard is open while a control has no test or the residual risk is above 2.

**Controls** belong to the engine, the web application, or the deployer (the place that runs it). A deployer's control
has no test: that place has to show it. Rules (SR1, SP4, ...) are the project's safety, privacy, dignity and
statistical rules.

**Severity.** Minor: short upset or a small injury. Significant: short distress, or a breach that hurts. Considerable:
harm that lasts or that many feel. Major: one death, or harm for life. Catastrophic: several deaths. **Likelihood** was
judged by nobody but the writers.
"""
MEANS = """\
A rating of 1 or 2 is acceptable; 3 is undesirable and acceptable only where lowering it further is not possible or out
of proportion; 4 must be lowered; 5 is unacceptable. (The example of the guidance; seen where public hazard logs quote
it.)
"""


def page() -> str:
    """Return the whole page."""
    every = hazards()
    return "\n".join(
        [INTRO, *_matrix(), MEANS, *_overview(every), *(line for one in every for line in _hazard(one))]
    )


def _matrix() -> Iterator[str]:
    yield f"| likelihood | {' | '.join(SEVERITIES)} |"
    yield f"|---|{'---|' * len(SEVERITIES)}"
    for likelihood in reversed(LIKELIHOODS):
        yield f"| {likelihood} | {' | '.join(map(str, MATRIX[likelihood]))} |"
    yield ""


def _overview(every: list[Raw]) -> Iterator[str]:
    controls = [control for one in every for control in one["controls"]]
    tested = sum(bool(control["tests"]) for control in controls)
    signed = whole()["clinical_safety_officer"] or "nobody"
    yield (
        f"{len(every)} hazards, {sum(map(is_open, every))} of them open; {len(controls)} controls, {tested} of them "
        f"held by a test. Signed by: {signed}.\n"
    )
    yield "| id | hazard | initial | residual | status |"
    yield "|---|---|---|---|---|"
    for one in every:
        status = "open" if is_open(one) else "controlled"
        yield f"| {one['id']} | {one['name']} | {initial(one)} | {residual(one)} | {status} |"
    yield ""


def _hazard(one: Raw) -> Iterator[str]:
    yield f"## {one['id']}: {one['name']}\n"
    yield f"**Causes.** {'; '.join(one['causes'])}.  "
    yield f"**Effect.** {one['effect']}  "
    yield f"**Initial.** {one['severity']}, {one['likelihood']}: {initial(one)}.  "
    yield f"**Residual today.** {one['residual_severity']}, {one['residual_likelihood']}: {residual(one)}.\n"
    yield "| control | rule | where | held by |"
    yield "|---|---|---|---|"
    for control in one["controls"]:
        plan = "shown by the deployer" if control["where"] == "deployer" else "**no test yet**"
        held = "<br>".join(f"`{name}`" for name in control["tests"]) or plan
        yield f"| {control['text']} | {control['rule']} | {control['where']} | {held} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
