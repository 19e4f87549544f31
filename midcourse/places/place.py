"""A place: its contacts, and what holds there in plain words with the law named."""

from dataclasses import dataclass
from datetime import date

from midcourse.places.contact import Contact, Source

# What every place has a notice on, in the order in which it is shown.
TOPICS = (
    "lines",
    "traces",
    "confidentiality",
    "limits",
    "young-people",
    "guardians",
    "see-records",
    "correct-records",
    "erase-records",
    "keep-records",
    "staff-duties",
    "complain",
    "titles",
    "find-therapist",
    "medicines",
)
LABEL = "not legally reviewed"


@dataclass(frozen=True, slots=True)
class Notice:
    """What holds in a place on one topic, in plain words, with the law it rests on. Not legally reviewed."""

    id: str
    title: str
    text: str
    law: str
    source: Source

    def __post_init__(self) -> None:
        if self.id not in TOPICS:
            raise ValueError(f"a topic is one of {', '.join(TOPICS)}, not {self.id!r}")


@dataclass(frozen=True, slots=True)
class Place:
    """A country or a part of one. Nothing in it is legal advice, and no lawyer has read it.

    `language` is the one its texts are in, `languages` those it has texts in. `asked` is what was asked for
    where that is another place, empty otherwise.
    """

    code: str
    title: str
    within: str
    language: str
    languages: tuple[str, ...]
    contacts: tuple[Contact, ...]
    notices: tuple[Notice, ...]
    version: str
    check_again_on: date
    reviewed_by: str = ""
    label: str = LABEL
    asked: str = ""

    @property
    def emergency(self) -> Contact:
        """The contact for a life in danger."""
        return self.contacts_for("emergency")[0]

    def contacts_for(self, *purposes: str) -> tuple[Contact, ...]:
        """Return the contacts for any of these purposes, the nearest place's first."""
        return tuple(one for one in self.contacts if set(purposes) & set(one.purposes))

    def notice(self, topic: str) -> Notice:
        """Return what holds on a topic. Raises KeyError, naming the topics, where there is no such topic."""
        for one in self.notices:
            if one.id == topic:
                return one
        raise KeyError(f"{self.code} has no notice on {topic!r}; topics are {', '.join(TOPICS)}")

    def not_seen(self) -> tuple[str, ...]:
        """Return the ids of contacts and notices that were written from memory and not looked up."""
        entries: tuple[Contact | Notice, ...] = (*self.contacts, *self.notices)
        return tuple(one.id for one in entries if not one.source.seen)
