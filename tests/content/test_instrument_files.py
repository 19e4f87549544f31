"""What must hold of every instrument file: its words, its ranges, its numbers and its licence."""

import hashlib
import re

import pytest

from midcourse import content
from midcourse.measures import find
from tests.content.every import EVERY, UNWORDED, WORDED, ids, parts, words

TIER_A = tuple(one for one in EVERY if one.tier == "A")
OWN = tuple(one for one in EVERY if one.tier == "own")
CHECK_INS = tuple(find(name) for name in content.names("check_ins"))
EVIDENCE = {"P", "S", "M"}


def every(instruments=EVERY):
    return pytest.mark.parametrize("instrument", instruments, ids=ids(instruments))


def test_tier_a_is_what_we_may_ship():
    shipped = "asq audit-c gad-2 gad-7 pc-ptsd-5 pcl-5 phq-15 phq-2 phq-4 phq-8 phq-9 pswq"
    assert ids(TIER_A) == shipped.split()


@every(WORDED)
def test_the_words_are_the_ones_that_were_locked(instrument):
    assert hashlib.sha256(words(instrument).encode()).hexdigest() == instrument.text_sha256


@every(WORDED)
def test_every_item_has_words_and_every_option_list_its_two_ends(instrument):
    for item in instrument.items:
        assert item.text.strip() == item.text != ""
        assert item.options[0].label and item.options[-1].label


@every(WORDED)
def test_options_stand_in_rising_order_without_a_gap(instrument):
    for item in instrument.items:
        values = [option.value for option in item.options]
        assert values == list(range(int(values[0]), int(values[0]) + len(values)))


@every(UNWORDED)
def test_what_may_only_be_scored_has_no_words(instrument):
    assert not instrument.licence.may_ship_text
    assert not any(item.text or item.options for item in instrument.items)
    assert not (instrument.stem or instrument.instructions or instrument.text_sha256)


@every(TIER_A)
def test_nothing_shipped_forbids_commerce_or_change(instrument):
    licence = instrument.licence
    terms = f"{licence.terms} {licence.must_display}"
    assert licence.may_ship_text and licence.must_display
    assert not re.search(r"\b(NC|ND|SA)\b|non-?commercial|no deriv|share.?alike", terms, re.IGNORECASE)


@every()
def test_the_range_follows_from_the_items_and_the_rule(instrument):
    items = {item.id: item for item in instrument.items}
    for part in parts(instrument):
        if not instrument.items:
            assert part.minimum < part.maximum
            continue
        ends = [(items[name].lowest, items[name].highest) for name in part.items]
        low, high = sum(a for a, _ in ends), sum(b for _, b in ends)
        if part.rule == "mean":
            low, high = low / len(ends), high / len(ends)
        elif part.rule == "count":
            low, high = 0, len(ends)
        elif part.rule == "mean of subscales":
            subscales = instrument.subscales
            low = sum(s.minimum for s in subscales) / len(subscales)
            high = sum(s.maximum for s in subscales) / len(subscales)
        assert (part.minimum, part.maximum) == (low * part.multiply, high * part.multiply), part.id


@every()
def test_bands_cover_the_range_without_gap_or_overlap(instrument):
    bands = instrument.bands
    if not bands:
        return
    assert (bands[0].lowest, bands[-1].highest) == (instrument.total.minimum, instrument.total.maximum)
    for below, above in zip(bands, bands[1:], strict=False):
        assert above.lowest == below.highest + 1


@every()
def test_every_number_has_a_source_and_none_from_memory_is_in_force(instrument):
    numbers = [(p.cutoff, p.active) for p in instrument.cutoffs]
    numbers += [(p.change, p.active) for p in instrument.reliable_changes]
    for number, active in numbers:
        assert number.source and number.evidence in EVIDENCE
        assert not (active and number.evidence == "M")
    for band in instrument.bands:
        assert band.source and band.evidence in {"P", "S"}


@every()
def test_one_number_at_most_is_in_force_for_one_group(instrument):
    groups = [p.group for p in instrument.cutoffs if p.active]
    assert len(groups) == len(set(groups))
    assert sum(p.active for p in instrument.reliable_changes) <= 1


@every()
def test_cut_offs_and_reliable_changes_fit_the_range(instrument):
    for p in instrument.cutoffs:
        assert instrument.total.minimum <= p.cutoff.value <= instrument.total.maximum
    for p in instrument.reliable_changes:
        assert 0 < p.change.points < instrument.total.maximum - instrument.total.minimum


@every()
def test_a_reliable_change_said_to_be_computed_follows_from_its_numbers(instrument):
    for p in instrument.reliable_changes:
        change = p.change
        if change.source.startswith("Computed here"):
            assert change.z and change.sd and change.reliability
            exact = change.z * 2**0.5 * change.sd * (1 - change.reliability) ** 0.5
            assert change.points - 1 < exact <= change.points


@every()
def test_every_safety_item_has_a_rule_that_can_be_reached(instrument):
    items = {item.id: item for item in instrument.items}
    for rule in instrument.safety:
        item = items[rule.item]
        assert item.lowest < rule.at_least <= item.highest
        assert rule.action and rule.source and rule.evidence in EVIDENCE
        assert not item.reversed


def test_every_item_about_suicide_that_we_ship_has_a_rule():
    about = re.compile(r"better off dead|kill|wished you were dead|were dead|hurting yourself", re.IGNORECASE)
    for instrument in WORDED:
        ruled = {rule.item for rule in instrument.safety if rule.asks_about == "suicide"}
        assert {item.id for item in instrument.items if about.search(item.text)} == ruled, instrument.id


def test_screens_are_not_used_for_change():
    for name in ("phq-2", "gad-2", "phq-4", "pc-ptsd-5", "audit-c"):
        assert find(name).scale.reliable_change is None


@every()
def test_reverse_keys_are_the_published_ones(instrument):
    published = {
        "pswq": {1, 3, 8, 10, 11},
        "core-10": {2, 3},
        "ces-d": {4, 8, 12, 16},
        "oq-45": {1, 12, 13, 20, 21, 24, 31, 37, 43},
    }
    reversed_ = {int(item.id.rpartition("-")[2]) for item in instrument.items if item.reversed}
    assert reversed_ == published.get(instrument.id, set())


@every(OWN)
def test_our_own_items_say_that_they_are_not_validated(instrument):
    assert not instrument.validated
    assert "unvalidated" in instrument.title
    assert not (instrument.cutoffs or instrument.reliable_changes or instrument.bands)
    assert any("not" in note and "tested" in note for note in instrument.notes)


@every(CHECK_INS)
def test_a_check_in_has_no_total(instrument):
    assert instrument.total is None and not instrument.subscales
    assert not instrument.scored_items


@pytest.mark.need(
    "S0-11",
    "S1-01",
    "S1-04",
    "S2-18",
    "S2-20",
    "S2-31",
    "S2-41",
    "S2-82",
    "S3-06",
    "S3-28",
    by="midcourse-check-in",
)
def test_the_session_check_in_asks_the_six_things():
    asked = [item.id for item in find("midcourse-check-in").items]
    assert asked == [f"check-in-{w}" for w in ("bond", "heard", "goals", "tasks", "voice", "intent")]
    mirror = [item.id for item in find("therapist-mirror").items]
    assert mirror == [f"mirror-{w}" for w in ("bond", "goals", "tasks", "stuck", "outside-scope")]


def test_no_two_files_answer_to_one_name():
    seen: dict[str, str] = {}
    for instrument in EVERY:
        for name in {re.sub(r"[^a-z0-9]", "", n.casefold()) for n in (instrument.id, *instrument.aliases)}:
            assert seen.setdefault(name, instrument.id) == instrument.id, name


@every()
def test_the_file_is_called_what_the_instrument_is_called(instrument):
    assert find(instrument.id) is instrument
    assert instrument.short and instrument.sources and instrument.version
