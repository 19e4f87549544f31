"""What must hold of every score, whatever the answers."""

from hypothesis import assume, given
from hypothesis import strategies as st

from midcourse.measures import find, known, score
from midcourse.measures.item import Item

SCORABLE = tuple(one for one in map(find, known()) if one.items and (one.total or one.subscales))


def possible(item: Item) -> list[float]:
    """Return the answers an item takes."""
    if item.options:
        return [option.value for option in item.options]
    steps = round((item.highest - item.lowest) / item.step)
    return [round(item.lowest + n * item.step, 6) for n in range(steps + 1)]


@st.composite
def sheets(draw, skips=True):
    """Draw an instrument and answers to it, some skipped or not shown where `skips` is set."""
    instrument = draw(st.sampled_from(SCORABLE))
    answers = {}
    for item in instrument.items:
        value = draw(st.sampled_from(possible(item)))
        fate = draw(st.sampled_from(["answered"] * 8 + ["skipped", "not shown"])) if skips else "answered"
        if fate != "not shown":
            answers[item.id] = value if fate == "answered" else None
    gate = instrument.gate
    assume(gate is None or answers.get(gate.item) != gate.closed_at)
    return instrument, answers


def parts(scored):
    return (*([scored.total] if scored.total else []), *scored.subscales)


@given(sheets())
def test_every_score_lies_in_its_range(sheet):
    instrument, answers = sheet
    ends = {part.id: part for part in (*instrument.subscales, *filter(None, [instrument.total]))}
    for part in parts(score(instrument, answers)):
        if part.value is not None:
            assert ends[part.id].minimum <= part.value <= ends[part.id].maximum


@given(sheets())
def test_every_score_says_how_many_items_it_rests_on(sheet):
    for part in parts(score(*sheet)):
        assert 0 <= part.n_answered <= part.n_items
        assert (part.value is None) == (part.missing == "not scored") == (part.reason is not None)
        assert (part.missing == "complete") <= (part.n_answered == part.n_items)
        assert part.missing != "prorated" or part.n_answered >= 0.8 * part.n_items


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_changes_nothing(sheet, random):
    instrument, answers = sheet
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert score(instrument, dict(shuffled)) == score(instrument, answers)


@given(sheets(skips=False))
def test_a_whole_sheet_always_has_every_score(sheet):
    assert all(part.missing == "complete" for part in parts(score(*sheet)))


@given(sheets(skips=False), st.data())
def test_one_more_point_never_lowers_a_sum(sheet, data):
    instrument, answers = sheet
    item = data.draw(st.sampled_from(instrument.scored_items))
    least = item.highest if item.reversed else item.lowest
    lower = {**answers, item.id: least}
    assume(instrument.gate is None or item.id != instrument.gate.item)
    for now, before in zip(parts(score(instrument, answers)), parts(score(instrument, lower)), strict=True):
        assert now.value >= before.value


@given(st.data())
def test_reversing_twice_is_where_we_began(data):
    instrument = data.draw(st.sampled_from(SCORABLE))
    item = data.draw(st.sampled_from(instrument.items))
    value = data.draw(st.sampled_from(possible(item)))
    mirrored = Item(item.id, item.lowest, item.highest, reversed=True, step=item.step)
    assert abs(mirrored.points(mirrored.points(value)) - value) < 1e-12
    assert mirrored.accepts(mirrored.points(value))
