"""Somebody to turn to: a line, a body, a page; and where the number was seen."""

import re
from dataclasses import dataclass
from datetime import date

# What a contact is for, in the order in which it is shown.
PURPOSES = (
    "emergency",
    "crisis",
    "danger",
    "child",
    "poison",
    "lgbt",
    "medicines",
    "police",
    "regulator",
    "professional-body",
    "complaint",
    "privacy",
    "advocacy",
    "find-therapist",
    "self-help",
)
# A wrong number here can cost a life: it is shipped only where it was seen.
URGENT = frozenset({"emergency", "crisis", "danger", "child", "poison"})
SEEN = "seen: "
UNSEEN = "from memory, not looked up"
NUMBER = re.compile(r"\+?[0-9](?:[0-9 -]*[0-9])?")
MOST_DIGITS = 15  # ITU-T E.164
FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from, how it was looked up and on which day. Not legally reviewed.

    Raises ValueError where the entry neither says where it was seen nor that it was not looked up.
    """

    name: str
    url: str
    checked_on: date
    how: str

    def __post_init__(self) -> None:
        if self.how != UNSEEN and not (self.how.startswith(SEEN) and len(self.how) > len(SEEN)):
            raise ValueError(f"how is '{SEEN}' with the page, or '{UNSEEN}', not {self.how!r}")
        if not self.name or not self.url.startswith("https://"):
            raise ValueError(f"a source has a name and an https address, not {self.name!r}, {self.url!r}")

    @property
    def seen(self) -> bool:
        """Whether the entry was looked up, and not written from memory."""
        return self.how.startswith(SEEN)


@dataclass(frozen=True, slots=True)
class Contact:
    """One line, body or page, for one or more purposes.

    Numbers are written as the place writes them. `here_only` ones are for somebody of whom no more is known
    than this place, and not for its parts, which have their own. Raises ValueError where there is no way to
    reach it, where a number is none, or where a number somebody may need at once was never seen.
    """

    id: str
    name: str
    purposes: tuple[str, ...]
    for_whom: str
    source: Source
    call: str = ""
    sms: str = ""
    sms_word: str = ""
    chat: str = ""
    web: str = ""
    hours: str = ""
    advice: str = ""
    here_only: bool = False

    def __post_init__(self) -> None:
        unknown = set(self.purposes) - set(PURPOSES)
        if unknown or not self.purposes:
            raise ValueError(f"{self.id}: a purpose is one of {', '.join(PURPOSES)}, not {sorted(unknown)}")
        if not (self.call or self.sms or self.chat or self.web):
            raise ValueError(f"{self.id}: no call, sms, chat or web; give one")
        for number in filter(None, (self.call, self.sms)):
            if not NUMBER.fullmatch(number) or not FEWEST_DIGITS <= len(digits(number)) <= MOST_DIGITS:
                raise ValueError(f"{self.id}: {number!r} is no telephone number")
        if self.urgent and (self.call or self.sms) and not self.source.seen:
            raise ValueError(
                f"{self.id}: an urgent number must be seen somewhere; look it up or leave it out"
            )

    @property
    def urgent(self) -> bool:
        """Whether somebody may need it at once."""
        return bool(URGENT & set(self.purposes))

    @property
    def call_link(self) -> str:
        """The address that starts a call on a phone, empty where there is no number."""
        return f"tel:{digits(self.call)}" if self.call else ""

    @property
    def sms_link(self) -> str:
        """The address that starts a text message with its first word, empty where there is no number."""
        body = f"?body={self.sms_word}" if self.sms_word else ""
        return f"sms:{digits(self.sms)}{body}" if self.sms else ""


def digits(number: str) -> str:
    """Return a telephone number without the spaces and dashes people write in it."""
    return re.sub(r"[ -]", "", number)
