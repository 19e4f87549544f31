"""Every page that anybody of the cast can reach by links is accessible, narrow, whole and silent."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest

pytestmark = [pytest.mark.loopback, pytest.mark.needs("Chromium")]

CLIENTS = ["ada", "ben", "cleo", "dana", "elif", "finn", "gwen", "hugo"]
STAFF = ["tom", "tara", "cora", "sue", "mia", "ida", "otto", "rea"]
FILES = re.compile(r"\.(ics|csv|txt|json|pdf)$|/calendar/|download")
EACH = 2  # pages that differ by an id or a word only, for people who see the same pages
ALIKE = dict.fromkeys(CLIENTS, "client") | dict.fromkeys(["tom", "tara", "cora"], "treats")
SHARED = ("/accounts/", "/help-now/", "/problem/", "/account/", "/demo/")
LOOKED_AT: set[str] = set()  # pages that are the same for everybody are looked at once
SEEN: dict[str, dict[str, int]] = {}  # how often each kind of page was looked at, by whose pages they are


def kind(url):
    """Return an address without what tells two of its kind apart."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", urlsplit(url).path)
    return re.sub(
        r"/(reason|help|aside|guidance|sheet|step|card|about|library|options)/[\w-]+", r"/\1/<word>", path
    )


def links(watched):
    """Return every address of the application that the page links to."""
    hrefs = watched.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    own = {urldefrag(one).url for one in hrefs if one.startswith(watched.base + "/")}
    return sorted(one for one in own if not FILES.search(one))


def walked(watched, home, whose):
    """Open every page that can be reached from one, assert that each is sound, and return their kinds.

    Of people who see the same pages, the later ones walk what the earlier ones had not reached.
    """
    waiting, opened, wrong = [watched.base + home], set(), []
    seen = SEEN.setdefault(whose, {})
    while waiting:
        url = waiting.pop(0)
        name = kind(url)
        shared = name.startswith(SHARED)
        first = not opened
        if url in opened or (shared and name in LOOKED_AT) or (seen.get(name, 0) >= EACH and not first):
            continue
        opened.add(url)
        seen[name] = seen.get(name, 0) + 1
        watched.page.goto(url)
        try:
            watched.is_sound()
        except AssertionError as why:
            wrong.append(str(why))
            watched.wrong.clear()
        if shared:
            LOOKED_AT.add(name)
        waiting += links(watched)
    assert wrong == []
    return set(seen)


@pytest.mark.parametrize("name", [None, *CLIENTS, "tess", *STAFF])
def test_everything_they_can_reach_is_sound(seen_as, name):
    watched = seen_as(name)
    home = "/demo/" if name is None else urlsplit(watched.page.url).path
    kinds = walked(watched, home, ALIKE.get(name, name or "nobody"))
    assert kinds, "something was walked"
    if name == "tom":
        assert {"/clients/", "/clients/<id>/", "/clients/risk/<id>/"} <= kinds
    if name == "ada":
        assert {"/me/", "/me/course/", "/me/check-in/<id>/"} <= kinds


def test_axe_would_find_a_fault(seen_as):
    watched = seen_as(None)
    watched.open("/help-now/")
    watched.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x.png\">')"
    )
    assert any(one.startswith("image-alt") for one in watched.axe())
    watched.page.wait_for_timeout(300)
    assert any("x.png" in one for one in watched.wrong), "and the watch a file that is not there"


def test_a_page_that_is_too_wide_would_be_found(seen_as):
    watched = seen_as(None)
    watched.open("/help-now/")
    assert watched.sideways() == 0
    watched.page.evaluate("document.querySelector('main').style.width = '600px'")
    assert watched.sideways() > 0
