"""Real tables, untouched, through both paths."""

import pytest

from midcourse.cohorts import NotTidy
from tests.spec.answer import said, same
from tests.spec.engines import Asked, cohort, one_person

TABLES = {
    "enrichd_cbt_bdi.csv": Asked(),
    "reframed_phq9_half.csv": Asked(whole_weeks=True),
    "nimh_schizophrenia_imps79.csv": Asked(allow=True),
}
# What both paths fit, they fit from sums in another order; a search that ends within 1e-8 of the minimum
# in deviance units leaves probabilities that far apart.
FITTED_TO = 1e-6


@pytest.mark.parametrize("name", TABLES)
def test_a_real_table_gets_one_answer_on_both_paths(real_data, name):
    path = real_data(name)
    one = one_person(path, TABLES[name])
    try:
        many = cohort(path, TABLES[name])
    except NotTidy:
        pytest.fail(f"{name} is tidy and was taken for wide")
    same(one, many, course_to=FITTED_TO)
    assert said(one.problems) == said(many.problems)
    assert not one.refused
