"""The application's commands. It runs as a program of its own and is never imported here."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NoReturn

import typer

Home = Annotated[
    Path | None,
    typer.Option("--home", help="The folder of data, keys and settings; MIDCOURSE_HOME if not given."),
]


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port on this machine.")] = 8000,
    home: Home = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Invented people on this machine only, thrown away at the end.")
    ] = False,
    public: Annotated[
        bool,
        typer.Option("--public", help="Only the check-up for people without a clinic; keeps nothing."),
    ] = False,
) -> None:
    """Run the application of a practice or a clinic: the web server, and the loop that sends and escalates.

    It says where data, keys and uploads are, and stops when one of the two cannot run. Before people can
    reach it from elsewhere (public_url in midcourse.toml), it refuses whatever is unsafe, with the mend.

    Examples:

      midcourse serve --demo

      midcourse serve --home /srv/midcourse --port 8080

      midcourse serve --public
    """
    from midcourse.cli.screen import refuse

    if demo and public:
        raise refuse("--demo and --public are two different things. Choose one.")
    more = ["--demo"] * demo + ["--public"] * public
    _become("serve", "--port", str(port), *more, home=home)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write the copy to.")],
    with_keys: Annotated[
        bool,
        typer.Option("--with-keys", help="Put the keys in too: whoever has the file can read everything."),
    ] = False,
    home: Home = None,
) -> None:
    """Copy a clinic's whole record into one file, in one step while people go on working, and check the copy.

    Examples:

      midcourse backup friday.tar

      midcourse backup friday.tar --home /srv/midcourse --with-keys
    """
    _become("backup", str(file), *(["--with-keys"] if with_keys else []), home=home)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `midcourse backup` wrote.")],
    home: Home = None,
) -> None:
    """Put a copy back into a folder that holds no record yet, and only if the copy is whole.

    Nothing that is there is ever written over. Try it now and then: a copy nobody has put back is a hope.

    Example:

      midcourse restore friday.tar --home /srv/again
    """
    _become("restore", str(file), home=home)


def bring_in(
    file: Annotated[Path, typer.Argument(help="The practice's table: CSV, Excel or Parquet, with dates.")],
    therapist: Annotated[
        str, typer.Option("--therapist", help="E-mail address of who treats these clients.")
    ],
    cover: Annotated[
        str,
        typer.Option("--cover", help="Of who stands in when the therapist is away; the therapist if empty."),
    ] = "",
    map: Annotated[
        list[str] | None, typer.Option("--map", metavar="ROLE=COLUMN", help="Correct a guessed column.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Bring it in. Without this, it is only looked at.")
    ] = False,
    home: Home = None,
) -> None:
    """Bring a practice's own table of scores onto the record of its clinic; first it is only looked at.

    Counts and every problem are printed with the mend. With --write, each client who is not on the record
    yet gets an episode and her scores, all or nothing; the same table twice changes nothing.

    Examples:

      midcourse import scores.csv --therapist tom@clinic.example

      midcourse import scores.csv --therapist tom@clinic.example --cover cora@clinic.example --write
    """
    words = [str(file), "--therapist", therapist, *(["--cover", cover] if cover else [])]
    for one in map or ():
        words += ["--map", one]
    _become("import", *words, *(["--write"] if write else []), home=home)


def _become(*words: str, home: Path | None) -> NoReturn:
    """Let the application's program take this one's place, so that signals reach it directly."""
    from midcourse.cli.screen import refuse

    if find_spec("django") is None:
        raise refuse("The application is not installed. Install it with: pip install 'midcourse[web]'")
    if home is not None:
        os.environ["MIDCOURSE_HOME"] = str(home.resolve())
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "midcourse_web", *words])
