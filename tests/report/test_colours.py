"""The page's colours can be read: WCAG 2.2 contrast, 4.5 to 1 for words, 3 to 1 for lines, light and dark."""

import re
from importlib.resources import files

import pytest

STYLE = files("midcourse.cli.report").joinpath("style.css").read_text()
PRINT = files("midcourse.cli.report").joinpath("print.css").read_text()
SCHEMES = dict(zip(("light", "dark"), re.findall(r":root \{(.*?)\}", STYLE, flags=re.S), strict=True))
SCHEMES["print"] = re.findall(r":root \{(.*?)\}", PRINT, flags=re.S)[0]


def luminance(colour: str) -> float:
    colour = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    parts = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_and_lines_stand_out_from_their_ground(scheme: str) -> None:
    colours = dict(re.findall(r"--([a-z-]+): #([0-9a-f]+);", SCHEMES[scheme]))
    lines, grounds, rules = {"expected", "ahead"}, {"page", "card", "caution"}, {"rule"}
    for word in set(colours) - lines - grounds - rules:
        for ground in grounds if word in ("ink", "accent") else grounds - {"caution"}:
            assert contrast(colours[word], colours[ground]) >= 4.5, (word, ground)
    for line in lines:
        assert contrast(colours[line], colours["card"]) >= 3, line
    assert contrast(colours["ahead"], colours["card"]) >= 4.5, "it also colours the words of the forecast"
