"""The answers of both sides to the questions about why therapy may be stuck, cut to who may see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Audience = Literal["client", "therapist", "shared"]
Word = Literal["yes", "no", "not sure", "rather not say"]
HIGHEST = 4
HIGHEST_SAFETY = 3


@dataclass(frozen=True, slots=True)
class SafetyAnswers:
    """What was answered about safety; None where it was not answered.

    `self_harm` 0 to 3 (S-SAFE-1); `item9` is the PHQ-9's (0 to 3); the others are words.
    """

    self_harm: int | None = None
    in_danger: Word | None = None
    harm_to_others: Word | None = None
    somebody_hurt: Word | None = None
    item9: int | None = None

    def __post_init__(self) -> None:
        for value in (self.self_harm, self.item9):
            if value is not None and not 0 <= value <= HIGHEST_SAFETY:
                raise ValueError(f"A safety answer runs from 0 to {HIGHEST_SAFETY}, not {value}.")


@dataclass(frozen=True, slots=True)
class CheckUp:
    """One check-up: answers by question id, 0 (not at all) to 4 (very much); a skipped one is missing.

    `picks` are reasons the client picked as what gets in the way most (up to three ids); `dismissed` are
    reasons she has set aside. `private` are questions whose answers she has not shared; `released` are
    therapist questions whose answers the therapist has released. `conduct` are answers on what is not
    okay: nobody but the client ever sees them. `safety_to_therapist` is False where she chose the duty
    person instead.

    Raises ValueError for answers outside 0 to 4 and for more than three picks.
    """

    client: Mapping[str, int] = field(default_factory=dict)
    therapist: Mapping[str, int] = field(default_factory=dict)
    picks: tuple[str, ...] = ()
    dismissed: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    conduct: Mapping[str, Word] = field(default_factory=dict)
    safety: SafetyAnswers = field(default_factory=SafetyAnswers)
    safety_to_therapist: bool = True
    asks_to_switch: bool = False
    says_not_working: bool = False

    def __post_init__(self) -> None:
        for name, value in (*self.client.items(), *self.therapist.items()):
            if not 0 <= value <= HIGHEST:
                raise ValueError(f"{name}: an answer runs from 0 (not at all) to {HIGHEST}, not {value}.")
        if len(self.picks) > 3:
            raise ValueError("Up to three reasons can be picked.")

    def as_seen_by(self, audience: Audience) -> "CheckUp":
        """Return the check-up with only what this audience may see; a private answer looks like a skipped one.

        A pick of a private reason is private too; that part is for the caller, who knows which reasons are.
        """
        if audience == "client":
            return self
        open_answers = {name: value for name, value in self.client.items() if name not in self.private}
        seen = replace(self, client=open_answers, private=frozenset(), conduct={})
        if not self.safety_to_therapist:  # all of it went to the duty person, item 9 too
            seen = replace(seen, safety=SafetyAnswers(), safety_to_therapist=True)
        elif audience == "shared":
            seen = replace(seen, safety=SafetyAnswers(item9=self.safety.item9))
        if audience == "therapist":
            return seen
        released = {name: value for name, value in self.therapist.items() if name in self.released}
        return replace(seen, therapist=released)
