"""Invented clinics with known truth, as awkward as real ones (ST11)."""

from midcourse.simulate.clinic import SimulatedClinic, Truth, simulate
from midcourse.simulate.design import ClinicDesign
from midcourse.simulate.write import write_clinic

__all__ = ["ClinicDesign", "SimulatedClinic", "Truth", "simulate", "write_clinic"]
