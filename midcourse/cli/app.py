"""One command list; each command stands in a file of its own and loads what it needs when it runs."""

from inspect import cleandoc
from typing import Annotated

import typer

from midcourse import __version__
from midcourse.cli.cards import answers, show
from midcourse.cli.content import check
from midcourse.cli.demo import demo
from midcourse.cli.evaluate import evaluate
from midcourse.cli.fit import fit
from midcourse.cli.help_now import help_now
from midcourse.cli.placebo import placebo
from midcourse.cli.review import review
from midcourse.cli.score import score
from midcourse.cli.simulate import simulate
from midcourse.cli.spread import spread
from midcourse.cli.web import backup, bring_in, restore, serve
from midcourse.cli.why import why

app = typer.Typer(
    name="midcourse",
    help="Notice early when therapy is not working, from a table of outcome scores.",
    epilog="Start with: midcourse demo. Then: midcourse review scores.csv --html report.html",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Take the options that stand before any command."""


def _paragraphs(words: str) -> str:
    """Return a docstring with each paragraph on one line, so that help wraps to any width."""
    return "\n\n".join(" ".join(part.split("\n")) for part in cleandoc(words).split("\n\n"))


for command in (
    review,
    score,
    fit,
    evaluate,
    simulate,
    spread,
    why,
    answers,
    placebo,
    help_now,
    demo,
    serve,
    backup,
    restore,
):
    app.command(help=_paragraphs(command.__doc__ or ""))(command)

# `import` is a word of Python's own and can name no function.
app.command("import", help=_paragraphs(bring_in.__doc__ or ""))(bring_in)

content = typer.Typer(
    name="content",
    help="Look after the files that clinicians own: reasons, steps, guidance.",
    no_args_is_help=True,
)
content.command(help=_paragraphs(check.__doc__ or ""))(check)
content.command(help=_paragraphs(show.__doc__ or ""))(show)
app.add_typer(content)
