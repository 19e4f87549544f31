"""The demonstration, really served, and a browser that is watched. These tests start nothing else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.watched import DESK, Watched
from tests.web.servers import Served, serving

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
As = Callable[..., Watched]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return the demonstration, served by the real server beside the real loop."""
    with serving(tmp_path_factory.mktemp("demo"), "--demo") as served:
        yield served


@pytest.fixture
def seen_as(chromium: Browser, demo: Served) -> Iterator[As]:
    """Return a function from a name of the cast (None: nobody) to a watched page they are signed in on."""
    contexts = []

    def sign_in(name: str | None, viewport: Any = DESK, served: Served = demo, **options: Any) -> Watched:
        context = chromium.new_context(viewport=viewport, locale="en-GB", **options)
        contexts.append(context)
        watched = Watched(context.new_page(), served.url)
        if name is not None:
            watched.open("/demo/")
            with watched.page.expect_navigation():
                watched.page.click(f"form[action='/demo/as/{name}/'] button")
        return watched

    yield sign_in
    for context in contexts:
        context.close()
