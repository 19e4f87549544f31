"""Which judge a slot's cells go to, and what happens where a row names a measure we do not know."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from midcourse.tables.judge import ItemsJudge, TotalJudge, Verdict
from midcourse.tables.known import Known, MeasureBook
from midcourse.tables.problem import ProblemList
from midcourse.tables.slots import ItemsSlot, Layout, Slot
from midcourse.tables.tally import Tally
from midcourse.tables.values import is_missing

# A row and its line to the measure and the verdict, or None where the cell is already counted.
Judge = Callable[[list[str], int], tuple[str, Verdict] | None]


@dataclass(slots=True)
class Judges:
    """Makes one judge per slot; names of measures are looked up once each."""

    layout: Layout
    book: MeasureBook
    found: ProblemList
    tally: Tally
    wanted: Collection[str]
    decimal_comma: bool
    _named: dict[str, TotalJudge | None] = field(default_factory=dict)

    def of(self, slot: Slot) -> Judge:
        """Return the judge of one slot's cells."""
        if isinstance(slot, ItemsSlot):
            return self._items(slot)
        if slot.measure is None:
            return self._tidy(slot.column, self.layout.roles["measure"])
        return self._fixed(slot.column, slot.measure)

    def _items(self, slot: ItemsSlot) -> Judge:
        known = self.book.find(slot.measure)
        assert known is not None and known.instrument is not None, "items come from an instrument"
        judge = ItemsJudge(known.instrument, slot, decimal_comma=self.decimal_comma)
        return lambda row, line: (slot.measure, judge(row))

    def _fixed(self, column: int, measure: str) -> Judge:
        known = self.book.find(measure)
        assert known is not None, "a slot's own measure comes from the book"
        judge = TotalJudge(known, decimal_comma=self.decimal_comma)
        return lambda row, line: (judge.known.measure, judge(row[column]))

    def _tidy(self, column: int, measure_column: int) -> Judge:
        def judged(row: list[str], line: int) -> tuple[str, Verdict] | None:
            name = row[measure_column]
            if name not in self._named:
                self._named[name] = self._look_up(name, line)
            judge = self._named[name]
            if judge is None:
                self._without(name, row[column], line)
                return None
            return judge.known.measure, judge(row[column])

        return judged

    def _look_up(self, name: str, line: int) -> TotalJudge | None:
        """Return the judge of a measure; None where it is not asked for, not named or not known."""
        if is_missing(name):
            return None
        known = self.book.find(name)
        if known is not None and (not self.wanted or known.measure in self.wanted):
            return TotalJudge(known, decimal_comma=self.decimal_comma)
        if known is None and not self.wanted:
            column = self.layout.header[self.layout.roles["measure"]]
            self.found.add("unknown-measure", self.book.why_not(name.strip()), line=line, column=column)
        return None

    def _without(self, name: str, text: str, line: int) -> None:
        """Count a score whose measure is not read: not asked for, or not named in its row."""
        if not is_missing(name):
            self.tally.other += 1
        elif is_missing(text):
            self.tally.missing += 1
        else:
            self.tally.set_aside += 1
            column = self.layout.header[self.layout.roles["measure"]]
            what = f"the score {text.strip()} has no measure."
            self.found.add("row-without-measure", what, line=line, column=column)


def wanted_measures(names: Collection[str], book: MeasureBook, found: ProblemList) -> dict[str, Known]:
    """Return the measures the caller asked for by id; unknown ones are added to `found`."""
    wanted = {}
    for name in names:
        known = book.find(name)
        if known is None:
            found.add("unknown-measure", book.why_not(name))
        else:
            wanted[known.measure] = known
    return wanted
