"""What a client reads first about her course: one calm text, with something to do and no number."""

import re

import pytest

from midcourse.signals.calm import calm_sentence
from midcourse.signals.state import State


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_calm_text_without_a_number_that_ends_in_something_to_do(state):
    text = calm_sentence(state)
    assert not re.search(r"\d|of 100|odds|chance", text)
    assert re.search(r"\b(you can|keep telling)\b", text.lower())
