"""The top of the page: what this caseload looks like, in one picture and a few words."""

from collections import Counter

from midcourse.cli.report.words import MEANING, NEEDS_A_LOOK, counted, mark, shown, slug
from midcourse.review.result import CaseloadReview
from midcourse.signals.state import State

CAUTION = (
    "<p><strong>Not clinically validated.</strong> A state on this page is a prompt to look, never a verdict. "
    "Scores are one view of a person; what client and therapist know comes first.</p>"
    "<p>This page does not look at answers about risk or safety. No state here says that somebody is safe.</p>"
)
SYMBOL_FITS_FROM = 0.06
"""A segment of the strip narrower than this share has no room for its shape (the list below names it)."""


def summary(review: CaseloadReview) -> str:
    """The section at the top: counts per state as a strip and a list, the day, the rule, the caution."""
    counts = Counter(course.state for course in review.courses)
    picture = _strip(counts) + _list(counts) if review.courses else ""
    return (
        f'<section id="summary" aria-labelledby="h-summary"><h2 id="h-summary">At a glance</h2>'
        f'<p class="lead">{_lead(review, counts)}</p>{picture}'
        f'<div class="caution">{CAUTION}</div>{_facts(review)}</section>'
    )


def _lead(review: CaseloadReview, counts: Counter[State]) -> str:
    if not review.courses:
        return "There is no course to review in this table."
    clients = len({course.client_id for course in review.courses})
    measures = len({course.measure for course in review.courses})
    look = sum(counts[state] for state in NEEDS_A_LOOK)
    if any(course.as_one for course in review.courses):
        return _lead_of_people(review, clients, measures)
    asks = {0: "None asks for a look first.", 1: "<b>One asks for a look first.</b>"}
    return (
        f"{counted(len(review.courses), 'course')} of {counted(clients, 'client')} on "
        f"{counted(measures, 'measure')}. {asks.get(look, f'<b>{look:,} ask for a look first.</b>')}"
    )


def _lead_of_people(review: CaseloadReview, clients: int, measures: int) -> str:
    """Of several measures a person asks for a look where any of them does."""
    look = len({course.client_id for course in review.courses if course.state in NEEDS_A_LOOK})
    return (
        f"{counted(len(review.courses), 'course')} of {counted(clients, 'client')} on "
        f"{counted(measures, 'measure')}. <b>{counted(look, 'client')} with a measure that asks for a look.</b> Each "
        "client stands at one place, by the most urgent measure."
    )


def _strip(counts: Counter[State]) -> str:
    drawn, before, total = "", 0, counts.total()
    for state in (state for state in State if counts[state]):
        width, x = 100 * counts[state] / total, 100 * before / total
        use = f'<use href="#{slug(state)}" x="-8" y="10" width="16" height="16"/>'
        symbol = f'<svg x="50%" overflow="visible">{use}</svg>' if width >= 100 * SYMBOL_FITS_FROM else ""
        drawn += (
            f'<svg class="{slug(state)}" x="{x:.2f}%" width="{width:.2f}%" height="36"><rect width="100%" '
            f'height="36"/>{symbol}</svg>'
        )
        before += counts[state]
    # The list right below says the same in words, so the strip is for eyes only.
    return f'<svg class="strip" height="36" aria-hidden="true">{drawn}</svg>'


def _list(counts: Counter[State]) -> str:
    items = "".join(
        f'<li><a href="#s-{slug(state)}">{mark(state)} <b>{counts[state]:,}</b></a> '
        f'<span class="quiet">{MEANING[state]}</span></li>'
        for state in State
        if counts[state]
    )
    return f'<ul class="counts">{items}</ul>'


def _facts(review: CaseloadReview) -> str:
    facts = [("Rule", shown(review.rule_version))]
    facts.insert(0, ("As of", shown(review.as_of) if review.as_of else "the last score of each client"))
    if review.problems:
        facts.append(
            ("Set aside", f'<a href="#set-aside">{counted(len(review.problems), "entry", "entries")}</a>')
        )
    return f'<dl class="facts">{"".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in facts)}</dl>'
