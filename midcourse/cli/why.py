"""`midcourse why`: ask one side why therapy may be stuck, and print what to talk about and what to try."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from midcourse.cli.help_now import PlaceCode

if TYPE_CHECKING:
    from midcourse.measures.scale import Scale
    from midcourse.places import Place
    from midcourse.record import Episode
    from midcourse.tables.answers_file import AnswersFile


class Side(StrEnum):
    """Whose review is printed."""

    client = "client"
    therapist = "therapist"
    shared = "shared"


Answers = Annotated[
    Path | None, typer.Option("--answers", help="Answers and record as JSON; nothing is asked then.")
]
Data = Annotated[Path | None, typer.Option("--data", help="A table of scores of this one client.")]
For = Annotated[Side, typer.Option("--for", help="Who reads it. Each sees only what is theirs to see.")]
Keep = Annotated[
    Path | None,
    typer.Option("--keep", help="Keep answers in this file while asking, and go on from it next time."),
]
Everything = Annotated[bool, typer.Option("--all", help="Ask every question, not only those that tell most.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON: reasons with points, and steps.")]
Language = Annotated[
    str, typer.Option("--language", help="Language of the texts, where somebody wrote them.")
]
Questions = Annotated[bool, typer.Option("--questions", help="List every question with its id, and stop.")]


def why(
    answers: Answers = None,
    data: Data = None,
    side: For = Side.client,
    keep: Keep = None,
    everything: Everything = False,
    as_json: AsJson = False,
    language: Language = "en",
    questions: Questions = False,
    place: PlaceCode = None,
) -> None:
    """Find out what may be in the way when therapy is not working, and what each side can do.

    Asks in the terminal, as few questions as it can; skip or stop at any one. Nothing leaves this
    machine. Not clinically validated.

    Examples:

      midcourse why --keep my-answers.json

      midcourse why --for therapist --keep my-side.json

      midcourse why --answers answers.json --data scores.csv --json
    """
    from midcourse.cli.help_page import find_place
    from midcourse.cli.screen import console, refuse, say
    from midcourse.cli.why_page import as_data, print_review

    if questions:
        _list_questions(language)
        return
    if answers is not None and keep is not None:
        raise refuse("--answers asks nothing, so there is nothing to --keep. Leave out one of the two.")
    here = find_place(place, language)
    found = (
        _from_file(answers) if answers is not None else _asked(side, keep, everything, language, data, here)
    )
    review = _review(found, data, side, language)
    if as_json:
        import json

        print(json.dumps(as_data(review, found.unused, here), indent=1, ensure_ascii=False))
        return
    print_review(review, here, language)
    if found.unused:
        say(console(), f"Not used, because midcourse does not know it: {', '.join(found.unused)}.")


def _list_questions(language: str) -> None:
    from midcourse.cli.screen import print_table
    from midcourse.reasons import every_reason
    from midcourse.review.client import private_questions

    rows = [
        (one.id, who, one.text, reason.id)
        for reason in every_reason(language)
        for who, asked in (("client", reason.client_questions), ("therapist", reason.therapist_questions))
        for one in asked
    ]
    rows += [(one["id"], "client, private", one["text"], "") for one in private_questions(language)]
    print_table("Answers run from 0 (not at all) to 4 (very much)", ("id", "who", "question", "reason"), rows)


def _from_file(path: Path) -> "AnswersFile":
    from midcourse.cli.screen import refuse
    from midcourse.tables.answers_file import BadAnswers, read_answers

    try:
        return read_answers(path, *_known())
    except BadAnswers as problem:
        raise refuse(str(problem)) from None


def _known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Which questions are private, which there are, and which reasons."""
    from midcourse.reasons import every_reason

    reasons = every_reason()
    asked = [one for reason in reasons for one in (*reason.client_questions, *reason.therapist_questions)]
    private = frozenset(one.id for one in asked if one.private)
    return private, frozenset(one.id for one in asked), frozenset(reason.id for reason in reasons)


def _asked(
    side: Side, keep: Path | None, everything: bool, language: str, data: Path | None, here: "Place"
) -> "AnswersFile":
    from midcourse.cli.screen import refuse
    from midcourse.cli.why_ask import ask_side
    from midcourse.tables.answers_file import BadAnswers, answers_of

    def read(raw: dict[str, Any]) -> "AnswersFile":
        try:
            return answers_of(raw, *_known())
        except BadAnswers as problem:
            raise refuse(str(problem)) from None

    def evidence_now(raw: dict[str, Any]) -> Any:
        from midcourse.reasons import evidence_of

        found = read(raw)
        return evidence_of(found.check_up, _situation(found, data), language=language)

    return read(ask_side(side.value, keep, everything, language, evidence_now, here))


def _situation(found: "AnswersFile", data: Path | None) -> Any:
    from midcourse.review.situation import situation_of

    episode = found.episode if data is None else _episode(data)
    return situation_of(episode, _scales(episode), found.history)


def _review(found: "AnswersFile", data: Path | None, side: Side, language: str) -> Any:
    from midcourse.review.client import review_for_client
    from midcourse.review.shared import review_together
    from midcourse.review.therapist import review_for_therapist

    make = {
        Side.client: review_for_client,
        Side.therapist: review_for_therapist,
        Side.shared: review_together,
    }[side]
    return make(found.check_up, _situation(found, data), language)


def _episode(path: Path) -> "Episode":
    """The one episode of a table; more than one person is refused, so that nobody reads another's scores."""
    from midcourse.cli.review import read
    from midcourse.cli.screen import refuse

    reading = read(path, {}, None, None, strict=False, allow=False)
    if len(reading.episodes) != 1:
        raise refuse(f"{path} holds {len(reading.episodes)} courses; --data wants the scores of one client.")
    return reading.episodes[0]


def _scales(episode: "Episode") -> "dict[str, Scale]":
    from midcourse.measures import UnknownInstrument, find

    found = {}
    for measure in episode.measures():
        try:
            found[measure] = find(measure).scale
        except UnknownInstrument:  # its scores stay without a reading
            continue
    return found
