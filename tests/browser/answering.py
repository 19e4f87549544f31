"""Answering a check-in with the keyboard alone."""

from tests.browser.watched import Watched

HIGH = {"phq9-9": 2}


def answer_all(watched: Watched, values: dict[str, int], otherwise: int = 1) -> int:
    """Choose an answer to every question of the page by Tab, Space and arrows; return how many there were."""
    names = watched.page.eval_on_selector_all(
        "main input[type=radio]", "all => [...new Set(all.map(one => one.name))]"
    )
    for name in names:
        watched.press_to(f"input[name='{name}']")
        watched.page.keyboard.press("Space")
        for _ in range(values.get(name, otherwise)):
            watched.page.keyboard.press("ArrowDown")
    return len(names)


def send(watched: Watched) -> None:
    """Go to the button by the keyboard and send; the answer takes the place of the page."""
    watched.press_to("main form button[value=send]")
    before = watched.page.locator("main").inner_html()
    watched.page.keyboard.press("Enter")
    changed = (
        "before => document.querySelector('main') && document.querySelector('main').innerHTML !== before"
    )
    watched.page.wait_for_function(changed, arg=before)
    watched.page.wait_for_load_state()
