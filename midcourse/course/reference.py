"""Reference courses: complete, tagged parameter sets that a young clinic can borrow from (ST5)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from midcourse.content import names, read
from midcourse.course.basis import Basis, parse_basis
from midcourse.course.course import Course, Parameters
from midcourse.course.design import columns
from midcourse.course.likelihood import information
from midcourse.course.moments import Array, Sums
from midcourse.course.pattern_sums import PatternSums, sums_of_patterns
from midcourse.course.woodbury import theta_of

PSEUDO_CLIENTS = 50  # between-provider spread in England supports 30 to 110; see `spread` (ST6)

# What a tag of each kind must say (ST5).
TAGS = {
    "published": ("source",),
    "fitted": ("source", "command", "fingerprint"),
    "assumed": ("value", "range", "why"),
}
PARTS = ("beta", "random_cov", "residual", "patterns", "intake")


@dataclass(frozen=True)
class Ends:
    """One end of a reference's range: all its parameters, in points."""

    beta: Array
    random_cov: Array
    residual: float


@dataclass(frozen=True)
class Reference:
    """A reference course: who it describes, its parameters, and where each number comes from.

    `patterns` are (times of the outcome rows, share of clients); `intake_mean` and `intake_sd` are in
    points; `ends` holds one parameter set, or two where a number is `assumed` within a range. `tags`
    names for each number whether it was published, fitted or assumed, and from what.

    Raises ValueError where a number has no complete tag, or where an assumed one has not two ends.
    """

    name: str
    measure: str
    measure_version: str
    basis: Basis
    centre: float
    intake_mean: float
    intake_sd: float
    patterns: tuple[tuple[tuple[float, ...], float], ...]
    ends: tuple[Ends, ...]
    age_range: tuple[float, float]
    language: str
    setting: str
    tags: dict[str, dict[str, Any]]

    def __post_init__(self) -> None:
        for part in PARTS:
            tag = self.tags.get(part, {})
            wanted = TAGS.get(tag.get("kind", ""))
            if wanted is None or any(word not in tag for word in wanted):
                raise ValueError(
                    f"{self.name}: {part} must be tagged published (source), fitted (source, command, "
                    "fingerprint) or assumed (value, range, why)."
                )
        if len(self.ends) != (2 if self.assumed else 1):
            raise ValueError(
                f"{self.name}: a fitted or published course has one end, an assumed one a low and a high."
            )

    @property
    def assumed(self) -> bool:
        """Say whether any number is assumed: then there are two ends and no firm signal."""
        return any(tag["kind"] == "assumed" for tag in self.tags.values())

    @property
    def fingerprints(self) -> frozenset[str]:
        """Return the fingerprints of the data its fitted numbers come from."""
        return frozenset(str(tag["fingerprint"]) for tag in self.tags.values() if tag["kind"] == "fitted")

    @property
    def last_time(self) -> float:
        """Return the time of the latest score of any pattern, on the basis's axis."""
        return max(times[-1] for times, _ in self.patterns)

    def expected_sums(self, clients: float = 1.0, end: int = 0) -> Sums:
        """Return the expected pattern sums of `clients` pseudo-clients.

        Per pattern of N clients: W = N E[w w'], B = W b F'F, Y = Z'F b'W b F'Z + Z'(N V)Z and
        y2 = tr(F b'W b F') + N tr V, with V = sigma2 I + Z Psi Z'. Fitting them alone by ML gives the
        parameters back.
        """
        share = sum(weight for _, weight in self.patterns)
        parts = [
            self._pattern(times, clients * weight / share, self.ends[end]) for times, weight in self.patterns
        ]
        return sums_of_patterns(parts, self.basis)

    def _pattern(self, times: tuple[float, ...], n: float, end: Ends) -> PatternSums:
        f = columns(self.basis, np.array(times))
        z = f[:, : self.basis.q]
        offset = self.intake_mean - self.centre
        ww = n * np.array([[1.0, offset], [offset, offset**2 + self.intake_sd**2]])
        v = n * (end.residual * np.eye(len(times)) + z @ end.random_cov @ z.T)
        mean_square = f @ end.beta.T @ ww @ end.beta @ f.T
        return PatternSums(
            times=times,
            n=n,
            ww=ww,
            wb=ww @ end.beta @ (f.T @ f),
            yy=z.T @ (mean_square + v) @ z,
            y2=float(np.trace(mean_square + v)),
        )


def read_reference(name: str) -> Reference:
    """Return a reference course from its content file.

    Raises KeyError, naming what there is, for an unknown name; ValueError for an untagged number.
    """
    return build_reference(name, read("references", name))


def build_reference(name: str, raw: dict[str, Any]) -> Reference:
    """Return the reference course that a content file describes.

    Raises KeyError for a missing field, ValueError for an untagged number.
    """
    ends = tuple(
        Ends(np.array(end["beta"]), np.array(end["random_cov"]), float(end["residual"]))
        for end in raw["ends"]
    )
    return Reference(
        name=name,
        measure=raw["measure"],
        measure_version=raw["measure_version"],
        basis=parse_basis(raw["basis"]),
        centre=float(raw["centre"]),
        intake_mean=float(raw["intake"]["mean"]),
        intake_sd=float(raw["intake"]["sd"]),
        patterns=tuple((tuple(map(float, p["times"])), float(p["share"])) for p in raw["patterns"]),
        ends=ends,
        age_range=(float(raw["age_range"][0]), float(raw["age_range"][1])),
        language=raw["language"],
        setting=raw["setting"],
        tags=raw["tags"],
    )


def references_for(measure: str, axis: str) -> tuple[Reference, ...]:
    """Return the reference courses of a measure on an axis, fitted ones before assumed ones."""
    found = [read_reference(n) for n in names("references")]
    fitting = [r for r in found if r.measure == measure and r.basis.axis == axis]
    return tuple(sorted(fitting, key=lambda r: (r.assumed, r.name)))


def reference_course(reference: Reference, pseudo_clients: float = PSEUDO_CLIENTS) -> Course:
    """Return the course of a reference alone: nothing of it is the clinic's own.

    Its beta is taken to be known as well as `pseudo_clients` clients would tell it, as where a clinic
    borrows; all of that is borrowed. Both ends of an assumed range are kept apart.
    Raises ValueError where a random covariance is singular.
    """
    ends = range(len(reference.ends))
    parts = tuple((1.0 / len(ends), _parameters(reference, pseudo_clients, end)) for end in ends)
    return Course(
        measure=reference.measure,
        basis=reference.basis,
        form="intake once",
        centre=reference.centre,
        parts=parts,
        horizon=reference.last_time,
        assumed_range=reference.assumed,
        age_range=reference.age_range,
        history={
            "reference": reference.name,
            "pseudo_clients": pseudo_clients,
            "setting": reference.setting,
            "tags": reference.tags,
        },
    )


def _parameters(reference: Reference, pseudo_clients: float, number: int) -> Parameters:
    end = reference.ends[number]
    low = np.linalg.cholesky(end.random_cov / end.residual).astype(np.float64)
    known = information(reference.expected_sums(pseudo_clients, number), theta_of(low))
    beta_cov = _rows((end.residual * np.linalg.inv(known)).astype(np.float64))
    return Parameters(_rows(end.beta), beta_cov, _rows(end.random_cov), end.residual, beta_cov)


def _rows(array: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, row)) for row in array)
