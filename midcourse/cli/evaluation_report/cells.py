"""Figures as cells of a table: short, with the interval, and why where there is none."""

from midcourse.evaluation.bootstrap import Figure

NOTHING = "-"


def plain(value: float, digits: int) -> str:
    """Return a number without the 0 before its point, such as .790 or -.04."""
    text = f"{value:.{digits}f}"
    if text.lstrip("-").strip("0.") == "":
        text = text.lstrip("-")
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def cell(figure: Figure | None, digits: int = 3, times: float = 1.0) -> str:
    """Return a figure as `value [low high]`, or a dash where there is none."""
    if figure is None or figure.value is None:
        return NOTHING
    value = plain(times * figure.value, digits)
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{plain(times * figure.low, digits)} {plain(times * figure.high, digits)}]"


def hundred(figure: Figure | None) -> str:
    """Return a share as people out of 100, with its interval."""
    return cell(figure, 0, 100.0)
