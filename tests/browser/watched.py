"""A page that is watched: nothing fails, nothing leaves the machine, nothing is said on the console."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 800}  # WCAG 1.4.10: also 400 % on 1280 pixels, and more than 200 %
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Watched:
    """One browser page and everything that went wrong on it so far."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to everything a page can complain about."""
        page = self.page
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.wrong.append(f"script error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: Any) -> None:
        # The browser itself says on the console that a page we meant to refuse (422, 404) has that status.
        if message.type in ("error", "warning") and "status of 422" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def _failed(self, request: Any) -> None:
        # A request that a navigation cut short has not failed.
        if "ERR_ABORTED" not in str(request.failure):
            self.wrong.append(f"failed: {request.url} ({request.failure})")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "about:")):
            self.wrong.append(f"left the machine: {request.url}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400 and response.status != 422:
            self.wrong.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> None:
        """Go to an address of the application."""
        self.page.goto(self.base + path)

    def is_sound(self) -> None:
        """Assert that what stands there now is accessible, fits a narrow screen, and nothing went wrong."""
        where = self.page.url.removeprefix(self.base)
        wrong = [*self.axe(), *self.wrong]
        if self.sideways():
            wrong.append(f"scrolls sideways at 320 pixels: {self.too_wide()}")
        if self.page.evaluate("getComputedStyle(document.body).margin") != "0px":
            wrong.append("the style sheet is not there")
        assert not wrong, f"{where}: {wrong}"

    def axe(self) -> list[str]:
        """Return what axe finds against WCAG 2.2 AA, each with the first element it means."""
        if not self.page.evaluate("typeof window.axe === 'object'"):
            self.page.evaluate(AXE)
        found = self.page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]

    def sideways(self) -> int:
        """Return by how many pixels the page is wider than a screen of 320."""
        before = self.page.viewport_size
        self.page.set_viewport_size(NARROW)
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self.page.set_viewport_size(before)
        return int(wide)

    def too_wide(self) -> str:
        """Name the first element that reaches beyond a narrow screen."""
        before = self.page.viewport_size
        self.page.set_viewport_size(NARROW)
        found = self.page.evaluate(
            "() => [...document.querySelectorAll('main *')]"
            ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 150))[0]"
        )
        self.page.set_viewport_size(before)
        return str(found)

    def press_to(self, selector: str, limit: int = 150) -> None:
        """Press Tab until an element has the focus, as somebody does who uses no mouse."""
        for _ in range(limit):
            if self.page.evaluate("s => !!document.activeElement?.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by the keyboard on {self.page.url}")

    def press_on(self, selector: str) -> None:
        """Go to a link or button by the keyboard and follow it."""
        self.press_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
