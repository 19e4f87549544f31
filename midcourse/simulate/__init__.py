"""Invented clinics with known truth, as awkward as real ones (ST11)."""

from midcourse.simulate.clinic import SimulatedClinic, Truth, simulate
from midcourse.simulate.design import ClinicDesign, InventedStep
from midcourse.simulate.intake import GivenIntake, given_intake
from midcourse.simulate.presets import AWKWARD, PLAIN
from midcourse.simulate.stories import AS_OF, STORIES, stories
from midcourse.simulate.write import write_clinic

__all__ = [
    "AS_OF",
    "AWKWARD",
    "PLAIN",
    "STORIES",
    "ClinicDesign",
    "GivenIntake",
    "InventedStep",
    "SimulatedClinic",
    "Truth",
    "given_intake",
    "simulate",
    "stories",
    "write_clinic",
]
