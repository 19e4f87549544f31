"""Whatever the table, one person at a time and all at once say the same.

A few tables in the suite; many with `--hypothesis-profile=long`.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from tests.generative.invented_tables import Invented, tables
from tests.spec.answer import said, same
from tests.spec.engines import cohort, one_person

EXAMPLES = 25 if settings.default.max_examples <= 100 else settings.default.max_examples


@settings(max_examples=EXAMPLES)
@given(tables())
def test_both_paths_say_the_same_of_any_table(invented: Invented) -> None:
    with TemporaryDirectory() as folder:
        path = invented.write(Path(folder))
        one, many = one_person(path, invented.asked), cohort(path, invented.asked)
    same(one, many)
    assert said(one.problems) == said(many.problems)
