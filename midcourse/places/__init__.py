"""Where somebody is, what holds there, and whom to turn to: places, read from the files of `content`."""

from midcourse.places.contact import PURPOSES, URGENT, Contact, Source
from midcourse.places.find import code_of_locale, codes, place, places
from midcourse.places.place import TOPICS, Notice, Place

__all__ = [
    "PURPOSES",
    "TOPICS",
    "URGENT",
    "Contact",
    "Notice",
    "Place",
    "Source",
    "code_of_locale",
    "codes",
    "place",
    "places",
]
