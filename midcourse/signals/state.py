"""The states a course can be in: the whole vocabulary of a signal."""

from enum import StrEnum


class State(StrEnum):
    """The state of a course (ST7), from most to least in need of attention."""

    RELIABLY_WORSE = "reliably worse"
    OFF_COURSE = "off course"
    DRIFTING = "drifting"
    NO_RECENT_DATA = "no recent data"
    TOO_EARLY = "too early"
    ON_COURSE = "on course"
    REACHED_GOAL = "reached goal"
    NOT_COMPUTED = "not computed"
