"""The catalogue of translations, what sources ask it for, and the English left on a page."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "midcourse_web"
PO = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"

# What clients, those near them and visitors read; clinicians' own pages are not among them.
FOR_CLIENTS = re.compile(
    r"pages/templates/(client|public|open|private|near|together|parts|record|account|mfa|usersessions)/"
    r"|pages/templates/(frame|bare|403|404)\.html|pages/(client|public|near|together|parts|record|check_in)/"
    r"|care/(actions|models|policies)/|(people|private|outbox)/|pages/frame\.py"
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")
_GETTEXT = {"_", "gettext", "gettext_lazy", "lazy", "ngettext", "ngettext_lazy"}
_TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
_BLOCK = re.compile(r"\{%\s*blocktranslate\b([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_NOT_SEEN = re.compile(r"<(script|style|svg|title)\b.*?</\1>|<!--.*?-->", re.S)


@dataclass
class Entry:
    """One text of the catalogue: where it is used, its marks, and its words in both languages."""

    files: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    text: dict[str, str] = field(default_factory=dict)

    @property
    def english(self) -> str:
        return self.text["msgid"]

    @property
    def spanish(self) -> list[str]:
        return [words for name, words in self.text.items() if name.startswith("msgstr")]

    @property
    def for_clients(self) -> bool:
        return any(FOR_CLIENTS.match(file) for file in self.files)


def entries() -> list[Entry]:
    """Return every text of the catalogue, without its head."""
    found = [_entry(block) for block in PO.read_text("utf-8").split("\n\n")]
    return [one for one in found if one.text.get("msgid")]


def _entry(block: str) -> Entry:
    one, name = Entry(), ""
    for line in block.splitlines():
        if line.startswith("#:"):
            one.files += line[2:].split()
        elif line.startswith("#,"):
            one.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif not line.startswith("#"):
            if not line.startswith('"'):
                name, _, line = line.partition(" ")
            one.text[name] = one.text.get(name, "") + ast.literal_eval(line)
    return one


def placeholders(words: str) -> set[str]:
    """Return the names that are filled in."""
    return set(_PLACEHOLDER.findall(words))


def asked_for(for_clients_only: bool = True) -> Iterator[tuple[str, str]]:
    """Yield (file, English) for each text that templates and code hand to gettext, read without gettext."""
    for path in sorted([*ROOT.rglob("*.html"), *ROOT.rglob("*.txt"), *ROOT.rglob("*.py")]):
        name = path.relative_to(ROOT).as_posix()
        if for_clients_only and not FOR_CLIENTS.match(name):
            continue
        read = _in_code if path.suffix == ".py" else _in_template
        for words in read(path.read_text("utf-8")):
            yield name, words


def _in_template(text: str) -> Iterator[str]:
    for double, single in _TRANSLATE.findall(text):
        yield double or single
    for options, inside in _BLOCK.findall(text):
        one = _PLURAL.split(inside)[0].replace("%", "%%")
        one = _VARIABLE.sub(r"%(\1)s", one)
        yield " ".join(one.split()) if "trimmed" in options else one


def _in_code(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        first = node.args[0]
        if node.func.id in _GETTEXT and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def seen(html: str) -> str:
    """Return the text a page shows, on one line, without what is marked as being in English."""
    html = re.sub(r"<(\w+)[^>]*\blang=\"en\"[^>]*>.*?</\1>", " ", _NOT_SEEN.sub(" ", html), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def left_in_english(page: str, texts: list[Entry]) -> list[str]:
    """Return each English text, or part of one between its placeholders, of four words or more on a page."""
    found = []
    for one in texts:
        parts = [" ".join(part.split()) for part in _PLACEHOLDER.split(re.sub(r"<[^>]+>", " ", one.english))]
        found += [part for part in parts if len(part.split()) > 3 and part in page]
    return found
