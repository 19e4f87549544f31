"""What files may name although it stands in code: findings, counter-evidence, triggers, limits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that code gives a meaning to, handed in by whoever knows them."""

    findings: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    triggers: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
