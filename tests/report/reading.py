"""Reading a report page back: its tags, its words, its drawings and its tables."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from midcourse.cli.report import write_report
from midcourse.review.result import CaseloadReview

VOID = {"meta", "input", "br", "link", "img"}


@dataclass
class Element:
    """One element: its tag, attributes, the text in it and what it contains."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, as a browser would give it."""
        return "".join(self.words)

    def all(self, tag: str, **wanted: str) -> list["Element"]:
        """Every element inside with this tag and, for `class_`, this class, in the order of the page."""
        found = []
        for child in self.children:
            classes = child.attributes.get("class", "").split()
            if child.tag == tag and ("class_" not in wanted or wanted["class_"] in classes):
                found.append(child)
            found += child.all(tag, **wanted)
        return found


class Tree(HTMLParser):
    """A strict reader: every tag must be closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        assert len(attrs) == len({name for name, _ in attrs}), (
            f"an attribute twice in {self.get_starttag_text()}"
        )
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the element opened last."""
        assert self.open[-1].tag == tag, f"<{self.open[-1].tag}> closed by </{tag}> at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Give the text to every open element."""
        for element in self.open:
            element.words.append(data)


def parsed(text: str) -> Element:
    """The page as a tree; fails where it is not well-formed."""
    tree = Tree()
    tree.feed(text)
    tree.close()
    assert tree.open == [tree.root], f"left open: {[element.tag for element in tree.open]}"
    return tree.root


def written(review: CaseloadReview, folder: Path, most: int = 2000) -> str:
    """The text of the page for a review."""
    return write_report(review, folder / "report.html", most=most).read_text(encoding="utf-8")


def drawings(text: str) -> list[ElementTree.Element]:
    """Every chart of the page, read as XML."""
    parts = text.split('<svg class="chart"')[1:]
    found = []
    for part in parts:
        depth, at = 1, 0
        while depth:
            start, end = part.find("<svg", at), part.find("</svg>", at)
            inner = -1 < start < end
            depth, at = (depth + 1, start + 4) if inner else (depth - 1, end + 6)
        found.append(ElementTree.fromstring('<svg class="chart"' + part[:at]))
    return found
