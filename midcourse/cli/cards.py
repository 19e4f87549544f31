"""`midcourse content show` and `midcourse answers`: guidance to read, and questions answered from one's own scores."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from midcourse.measures.scale import Scale
    from midcourse.plans.guidance import Card
    from midcourse.record import Episode
    from midcourse.review.own_course import OwnCourse

Name = Annotated[
    str, typer.Argument(help="The id of a guide or of a card; without one, the guides are listed.")
]
Data = Annotated[Path | None, typer.Option("--data", help="A table of scores of this one person.")]
Language = Annotated[
    str, typer.Option("--language", help="Language of the texts, where somebody wrote them.")
]


def show(name: Name = "", language: Language = "en") -> None:
    """Print a guide or one card: how therapy works, words to say, what can be added, guides for therapists.

    Nothing here is clinically reviewed yet; each card says what it rests on.

    Examples:

      midcourse content show

      midcourse content show words-open

      midcourse content show lifestyle --language es
    """
    from midcourse.cli.screen import print_table, refuse
    from midcourse.plans.guidance import every_guide, find_card, find_guide

    guides = every_guide(language)
    if not name:
        rows = [(one.id, one.title, str(len(one.cards)), one.audience) for one in guides]
        print_table("", ("id", "title", "cards", "for"), rows)
    elif name in {one.id for one in guides}:
        for card in find_guide(name, language).cards:
            _print_card(card, language)
    else:
        try:
            _print_card(find_card(name, language), language)
        except KeyError as missing:
            raise refuse(f"{missing.args[0]} `midcourse content show` lists the guides.") from None


def answers(data: Data = None, language: Language = "en") -> None:
    """Answer what people ask about therapy, from your own scores where they say something.

    Odds are for the session or week that is named. Where too little is known, the answer says so.

    Examples:

      midcourse answers

      midcourse answers --data my-scores.csv --language es
    """
    from midcourse.cli.screen import console, say
    from midcourse.content.say import sentence
    from midcourse.review.answered import answers as every_answer

    own = _own(data) if data is not None else None
    for one in every_answer(own, language):
        kind = sentence("term-own" if one.own else "term-general", language)
        say(console(), f"{one.question} ({kind})", style="bold")
        say(console(), f"{one.text} {one.note}".rstrip(), indent=2)
    say(console(), "")
    say(console(), sentence("not-validated", language))


def _own(path: Path) -> "OwnCourse":
    """The numbers of the first measure of one person's table."""
    from midcourse.cli.why import _episode, _scales
    from midcourse.review import review_caseload
    from midcourse.review.own_course import own_course

    episode = _episode(path)
    measure, scale = next(iter(_scales(episode).items()))
    found = review_caseload([episode], {measure: scale}, bands=False)
    return own_course(found.courses[0], found.measures[0], shares_of(episode, scale))


def shares_of(episode: "Episode", scale: "Scale") -> tuple[tuple[float, float], ...]:
    """How likely somebody with this first score is to be better later, nothing where no course is expected."""
    from midcourse.course.choose import course_for
    from midcourse.course.observed import choose_axis, observe
    from midcourse.review.own_course import shares_over_time

    axis = choose_axis([episode], scale.measure)
    seen = observe(episode, scale.measure, axis) if axis else None
    if axis is None or seen is None:
        return ()
    expected = course_for([seen], scale, axis).course
    return shares_over_time(seen, expected, scale) if expected else ()


def _print_card(card: "Card", language: str) -> None:
    from midcourse.cli.screen import console, say
    from midcourse.content.say import sentence

    screen = console()
    say(screen, f"{card.title} ({card.id})", style="bold")
    say(screen, card.without or card.text, indent=2)
    for line in card.lines:
        say(screen, f"- {line.text}", indent=4)
    said = [sentence("term-evidence", language, grade=card.grade)]
    if card.sources:
        said.append(sentence("term-source", language, sources=", ".join(card.sources)))
    if card.holder:
        said.append(
            sentence("term-found-at", language, holder=card.holder, licence=card.licence, where=card.where)
        )
    if card.unverified:
        said.append(sentence("term-unverified", language))
    say(screen, f"({'; '.join(said)})", indent=2)
