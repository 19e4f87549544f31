"""Who may open what: every address with everybody of the cast, as tests/web/table.py says."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.web.table import EVERYBODY, OUT, SIGNED_IN, TABLE, Row

SIGN_IN_PAGE = "/accounts/login/?next="


def addresses(patterns: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Return the full name of every address of the application; one without a name is an error."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, (*spaces, one.namespace) if one.namespace else spaces)
        else:
            assert isinstance(one, URLPattern) and one.name, f"an address without a name: {one.pattern}"
            yield ":".join((*spaces, one.name))


def refused(response: Any) -> bool:
    """Say whether an answer keeps somebody out."""
    to_sign_in = response.status_code == 302 and response["Location"].startswith(SIGN_IN_PAGE)
    return response.status_code in (401, 403, 404) or to_sign_in


def just_signed_in(browser: Browser) -> Browser:
    """Let the password count as given just now, so that no page asks for it again before it answers."""
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return browser


def let_in(browser: Browser, url: str, row: Row) -> bool:
    """Open one address and say whether the person was let in; what it wrote is undone."""
    with transaction.atomic():
        response = browser.get(url) if row.post is None else browser.post(url, row.post)
        transaction.set_rollback(True)
    assert response.status_code < 500, f"{url} failed"
    assert response.status_code != 405, f"{url} takes another method: its row in the table needs post={{...}}"
    return not refused(response)


def test_every_address_has_a_row_and_every_row_an_address():
    there = set(addresses())
    assert there - set(TABLE) == set(), "these addresses are not in tests/web/table.py"
    assert set(TABLE) - there == set(), "these rows are about no address"


def test_the_table_names_only_people_of_the_cast(cast):
    named = set().union(*(row.who for row in TABLE.values()))
    assert named - {OUT} <= set(cast.people)
    assert set(cast.people) == SIGNED_IN, "everybody is walked"


@pytest.mark.parametrize("name", sorted(TABLE))
def test_only_those_whom_the_table_names_are_let_in(name, cast, signed_in):
    row = TABLE[name]
    url = reverse(name, kwargs=row.at(cast))
    let = {
        who
        for who in sorted(EVERYBODY)
        if let_in(Browser() if who == OUT else just_signed_in(signed_in(who)), url, row)
    }
    assert let == row.who, f"wrongly let in: {let - row.who}; wrongly kept out: {row.who - let}"


def test_the_walk_tells_a_refusal_from_a_page(signed_in):
    tom = signed_in("tom")
    assert refused(tom.get("/me/")), "not his page"
    assert refused(tom.get("/no/such/page/"))
    assert refused(Browser().get("/clients/")), "sent to the sign-in page"
    assert not refused(tom.get("/clients/"))
