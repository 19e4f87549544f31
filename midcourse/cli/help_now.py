"""`midcourse help-now`: whom to call or text right now, offline, for the place somebody is in."""

from typing import Annotated

import typer

PlaceCode = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar="CODE",
        help="Where you are, such as gb-eng, ie, us-ca, es. Otherwise taken from the language this computer is "
        "set to, where that is clear; help-now lists every code.",
    ),
]
Language = Annotated[
    str,
    typer.Option("--language", help="Language of the texts, where the place has them; otherwise its own."),
]
Rights = Annotated[
    bool,
    typer.Option(
        "--rights", help="Also print what holds there: privacy, records, complaints, finding a therapist."
    ),
]


def help_now(place: PlaceCode = None, language: Language = "", rights: Rights = False) -> None:
    """Print whom to call or text right now. Needs no network, asks nothing and keeps nothing.

    Numbers were checked on the day that is shown. No lawyer has read what is said about rights.

    Examples:

      midcourse help-now

      midcourse help-now --place gb-eng

      midcourse help-now --place es --rights
    """
    from midcourse.cli.help_page import find_place, print_rights, print_urgent

    found = find_place(place, language)
    print_urgent(found, guessed=place is None)
    if rights:
        print_rights(found)
