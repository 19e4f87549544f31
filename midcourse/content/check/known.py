"""What code knows of files: ids that it gives a meaning to, and readers with rules of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from midcourse.content.check.folder import Raw


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that code gives a meaning to, and for some kinds a reader, handed in by whoever knows them.

    A reader takes a file's name and its plain dict, and raises where the file contradicts itself.
    """

    findings: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    triggers: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    readers: Mapping[str, Callable[[str, Raw], object]] = field(default_factory=dict)
