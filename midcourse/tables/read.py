"""The door of this room: one file in; episodes, problems and how it was understood out."""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from midcourse.measures import Scale
from midcourse.record import Episode
from midcourse.tables.assemble import Assembly
from midcourse.tables.clock import Clock, set_clock
from midcourse.tables.gather import Gathering
from midcourse.tables.judges import Judges, wanted_measures
from midcourse.tables.known import MeasureBook
from midcourse.tables.layout import lay_out
from midcourse.tables.notes import notes_on, single_scores_note
from midcourse.tables.problem import ProblemList, Refused
from midcourse.tables.reading import Reading
from midcourse.tables.sheet import Progress, Sheet, open_sheet
from midcourse.tables.slots import Layout
from midcourse.tables.tally import Tally


def read_table(
    path: str | Path,
    *,
    mapping: Mapping[str, str] | None = None,
    measure: str | Collection[str] | None = None,
    scale: Scale | None = None,
    strict: bool = False,
    allow: bool = False,
    progress: Progress | None = None,
) -> Reading:
    """Read a table of scores or item answers (CSV, Excel, Parquet; tidy or wide) into episodes.

    `mapping` corrects guessed columns (role or measure to column; "" sets a role aside). `measure`
    names the measure of a bare score column, or chooses among several (also "phq9,gad7"). `scale`
    describes a measure that has no content file. Single rows with a problem are set aside and listed;
    `strict` refuses them too; `allow` keeps scores out of range or not whole, and the mean of
    different scores at one time. `progress` is called with the fraction read, 0 to 1.

    Raises Refused, carrying every problem found, where the file is unreadable or its meaning unclear;
    ValueError where both `strict` and `allow` are asked for.
    """
    if strict and allow:
        raise ValueError("Ask for strict or for allow, not for both.")
    path = Path(path)
    found = ProblemList(path.name)
    book = MeasureBook(scale)
    tell = progress or (lambda fraction: None)
    names = _names(measure)
    with open_sheet(path, tell) as sheet:
        wanted = wanted_measures(names, book, found)
        layout = lay_out(sheet.header, mapping or {}, tuple(wanted), book, found)
        found.stop_if_refused()
        judges = Judges(layout, book, found, Tally(), tuple(wanted), sheet.decimal_comma)
        gathering = Gathering(layout, judges, found, allow=allow)
        _read_rows(sheet, gathering, found)
    clock = set_clock(gathering.whens, gathering.ends, found, decimal_comma=sheet.decimal_comma)
    assembly = Assembly(layout, book, clock, found, gathering.tally, allow)
    episodes = _episodes(gathering, assembly)
    _stop(found, gathering.tally, episodes, strict=strict)
    tell(1.0)
    return _reading(path, sheet, layout, clock, assembly, episodes)


def _names(measure: str | Collection[str] | None) -> tuple[str, ...]:
    if measure is None:
        return ()
    if isinstance(measure, str):
        return tuple(filter(None, (name.strip() for name in measure.split(","))))
    return tuple(measure)


def _read_rows(sheet: Sheet, gathering: Gathering, found: ProblemList) -> None:
    """Read all rows; where the file breaks off, carry what was found until then."""
    try:
        gathering.read(sheet)
    except Refused as refused:
        raise Refused([*refused.problems, *found.problems]) from refused
    if not gathering.tally.rows:
        found.add("empty-file", "there is no row below the column names.", line=1)


def _episodes(gathering: Gathering, assembly: Assembly) -> tuple[Episode, ...]:
    episodes = []
    while gathering.courses:
        key = next(iter(gathering.courses))
        # Let go of what is done, so that a large file is not held twice.
        episode = assembly.episode(*key, gathering.courses.pop(key))
        if episode is not None:
            episodes.append(episode)
    return tuple(episodes)


def _stop(found: ProblemList, tally: Tally, episodes: tuple[Episode, ...], *, strict: bool) -> None:
    if not episodes and not found.any_refused():
        what = f"of {tally.cells} score cells none is left to use."
        found.add("nothing-usable", what)
    found.stop_if_refused()
    if strict:
        found.refuse_all()


def _reading(
    path: Path,
    sheet: Sheet,
    layout: Layout,
    clock: Clock,
    assembly: Assembly,
    episodes: tuple[Episode, ...],
) -> Reading:
    clients = layout.header[layout.roles["client_id"]]
    counts = assembly.tally.counts(assembly.found.counts)
    said = (*notes_on(counts, assembly.bad_ages), *single_scores_note(clients, episodes))
    with path.open("rb") as file:
        fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
    return Reading(
        file=path.name,
        episodes=episodes,
        problems=assembly.found.in_order(),
        columns=layout.columns,
        counts=counts,
        time_kind=clock.kind,
        sha256=fingerprint,
        n_clients=len({episode.client_id for episode in episodes}),
        notes=(*sheet.notes, *layout.notes, *clock.notes, *said),
    )
