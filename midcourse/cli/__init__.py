"""The command `midcourse`: review, score, fit, simulate, spread, demo."""


def main() -> None:
    """Run the command line."""
    from midcourse.cli.app import app

    app()
