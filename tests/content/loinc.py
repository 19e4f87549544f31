"""The check digit of LOINC codes, answer codes and answer lists: mod 10, letters counted as in ASCII."""

import re


def has_right_check_digit(code: str) -> bool:
    """Say whether a LOINC code (``44250-9``), answer code (``LA6568-5``) or list (``LL358-3``) is whole."""
    found = re.fullmatch(r"((?:LA|LL)?\d+)-(\d)", code)
    if found is None:
        return False
    stem, check = found.groups()
    # A character's value is its distance from "0" in ASCII, so that A is 17 and L is 28. From the right,
    # every other one starting with the last is doubled, and nine taken off for each five in it.
    values = [ord(character) - ord("0") for character in reversed(stem)]
    total = sum(2 * value - 9 * (value // 5) for value in values[::2]) + sum(values[1::2])
    return (total + int(check)) % 10 == 0
