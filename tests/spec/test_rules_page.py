"""The reference page says what the spec says, and every rule of the policy has its paragraph."""

from midcourse.signals import State
from tests.spec.rules_page import PAGE, page


def test_the_page_of_rules_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.spec.rules_page"


def test_every_state_stands_in_the_rules() -> None:
    missing = [state for state in State if f"| {state} " not in page()]
    assert not missing
