"""Every LOINC code in the files is whole, and no code is put on two different questions."""

import pytest

from tests.content.every import EVERY, WORDED, ids
from tests.content.loinc import has_right_check_digit


def codes(instrument):
    yield from instrument.loinc.values()
    for item in instrument.items:
        yield from ([item.loinc] if item.loinc else [])
        yield from (option.loinc for option in item.options if option.loinc)


@pytest.mark.parametrize("instrument", EVERY, ids=ids(EVERY))
def test_every_code_has_its_check_digit(instrument):
    assert [code for code in codes(instrument) if not has_right_check_digit(code)] == []


@pytest.mark.parametrize("code", ["71965-1", "93373-3"])
def test_codes_known_to_be_made_up_are_caught(code):
    assert not has_right_check_digit(code)


@pytest.mark.parametrize("code", ["44250-8", "LA6568-4", "44250", "PHQ-9", ""])
def test_a_slip_of_one_digit_or_no_code_at_all_is_caught(code):
    assert not has_right_check_digit(code)


def test_real_codes_pass():
    assert all(has_right_check_digit(code) for code in ("44261-6", "93373-9", "LL358-3", "LA6571-9"))


def test_one_code_is_one_question_whatever_the_instrument():
    texts: dict[str, set[str]] = {}
    for instrument in WORDED:
        for item in instrument.items:
            if item.loinc:
                texts.setdefault(item.loinc, set()).add(item.text)
    assert {code: found for code, found in texts.items() if len(found) > 1} == {}


def test_a_total_never_goes_out_under_the_code_of_its_panel():
    for instrument in EVERY:
        if "total" in instrument.loinc:
            assert instrument.loinc["total"] != instrument.loinc.get("panel"), instrument.id


def test_the_asq_has_no_item_codes_because_none_exist():
    asq = next(one for one in EVERY if one.id == "asq")
    assert [item.loinc for item in asq.items] == [None] * 5
