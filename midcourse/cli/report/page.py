"""The whole page, part by part, in the order it is read."""

from base64 import b64encode
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files

from midcourse.cli.report.appendix import appendix, set_aside
from midcourse.cli.report.card import card
from midcourse.cli.report.caseload import caseload
from midcourse.cli.report.summary import summary
from midcourse.cli.report.words import NEEDS_A_LOOK, counted, mark, shown, slug
from midcourse.review.result import CaseloadReview, CourseReview, MeasureReview
from midcourse.signals.state import State

ALL_OPEN_UP_TO = 24
"""A caseload no larger than this shows every card open; in a larger one only those that need a look are."""


def page(review: CaseloadReview, title: str, most: int) -> Iterator[str]:
    """The page as pieces of text; at most `most` courses get a line and a card, the first ones of the review."""
    measures = {measure.measure: measure for measure in review.measures}
    courses = review.courses[:most]
    style, script = (
        _packaged("style.css") + _packaged("chart.css") + _packaged("print.css"),
        _packaged("script.js"),
    )
    yield _head(title, style, script)
    yield f'<body><a class="skip" href="#summary">Skip to the review</a>{_packaged("marks.svg")}'
    yield f'<header class="top"><p class="quiet">midcourse</p><h1>{shown(title)}</h1>{_contents(review)}</header><main>'
    times = Counter((course.client_id, course.measure) for course in courses)
    several = {pair for pair in times if times[pair] > 1}
    yield summary(review) + _cut_off(review, most) + caseload(courses, measures, several)
    yield from _cards(courses, measures, several)
    yield appendix(review.measures) + set_aside(review.problems)
    yield (
        "</main><footer><p>This page holds health data. Keep it and pass it on as you would a clinical record.</p>"
        f"<p>It was made on this computer and asks nothing of any network.</p></footer><script>{script}</script>"
        "</body></html>\n"
    )


def _packaged(name: str) -> str:
    return files("midcourse.cli.report").joinpath(name).read_text(encoding="utf-8")


def _head(title: str, style: str, script: str) -> str:
    """The head. The policy lets the browser run and load what stands in this page, and nothing else."""
    policy = f"default-src 'none'; style-src {_fingerprint(style)}; script-src {_fingerprint(script)}; "
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}base-uri 'none'; form-action 'none'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
        f'<meta name="color-scheme" content="light dark"><title>{shown(title)}</title><style>{style}</style></head>'
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _contents(review: CaseloadReview) -> str:
    places = [("summary", "At a glance"), ("set-aside", "What was set aside")]
    if review.measures:
        places.insert(1, ("how", "How the expected course came about"))
    if review.courses:
        places[1:1] = [("caseload", "Caseload"), ("courses", "Each course")]
    links = "".join(f'<li><a href="#{anchor}">{word}</a></li>' for anchor, word in places)
    return f'<nav aria-label="On this page"><ul>{links}</ul></nav>'


def _cut_off(review: CaseloadReview, most: int) -> str:
    if len(review.courses) <= most:
        return ""
    return (
        f'<p class="caution">Below are the {counted(most, "course")} most in need of attention, of '
        f"{len(review.courses):,}. The counts above are of all of them.</p>"
    )


def _cards(
    courses: Sequence[CourseReview],
    measures: Mapping[str, MeasureReview],
    several: Collection[tuple[str, str]],
) -> Iterator[str]:
    """The cards, by state, in the review's order within each."""
    if not courses:
        return
    yield '<section id="courses" aria-labelledby="h-courses"><h2 id="h-courses">Each course</h2>'
    for state in State:
        members = [(key, course) for key, course in enumerate(courses) if course.state is state]
        if not members:
            continue
        is_open = len(courses) <= ALL_OPEN_UP_TO or state in NEEDS_A_LOOK
        yield (
            f'<section id="s-{slug(state)}" aria-label="{state.value}"><h3>{mark(state)} '
            f'<span class="quiet">{counted(len(members), "course")}</span></h3>'
        )
        for key, course in members:
            episode = (course.client_id, course.measure) in several
            yield card(course, measures[course.measure], str(key), is_open, episode)
        yield "</section>"
    yield "</section>"
