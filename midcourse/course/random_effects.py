"""What each client's own scores say about that client: predicted random effects (BLUPs)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midcourse.course.fit import MixedFit
from midcourse.course.moments import Array, PersonProducts, sums_of_rows
from midcourse.course.woodbury import Woodbury, factor, theta_size, woodbury


@dataclass(frozen=True)
class RandomEffects:
    """Each client's predicted departures from the expected course, and how sure they are.

    `effects` (clients, q) are the deviations on the random columns, in points per unit of the column;
    `covariance` (clients, q, q) is theirs given the scores and the fitted parameters, in those units
    squared. Clients stand in the order in which they appear in the rows.
    """

    effects: Array
    covariance: Array

    @property
    def sd(self) -> Array:
        """Return the conditional standard deviations, shape (clients, q)."""
        out: Array = np.sqrt(np.diagonal(self.covariance, axis1=1, axis2=2))
        return out


def random_effects(
    fit: MixedFit,
    client: NDArray[np.intp],
    x: Array,
    z: Array,
    y: Array,
    *,
    therapist: NDArray[np.intp] | None = None,
) -> RandomEffects:
    """Return every client's predicted random effects under a fit, for any X and any Z.

        u_i = K_i Z_i'(y_i - X_i beta),   Cov(u_i | y) = sigma2 K_i,   K_i = D (I + G_i D)^-1

    `client`, x, z, y and `therapist` are as in `sums_of_rows`; with therapists their own predicted
    effect is taken off first and its uncertainty added. Parameters are taken as known, as lme4 does.
    Raises ValueError as `sums_of_rows` does, and where the fit and the rows disagree about therapists.
    Source: Robinson 1991, Stat Sci 6(1):15, doi 10.1214/ss/1177011926.
    """
    if (fit.therapist_cov is None) != (therapist is None):
        raise ValueError("The fit and the rows must both have therapists, or neither.")
    sums = sums_of_rows(client, x, z, y - x @ fit.beta, share_patterns=False)
    assert isinstance(sums.products, PersonProducts)
    r = sums.products.r[:, :, -1:]
    m = theta_size(sums.q)
    own = woodbury(sums.g, factor(fit.theta[:m], sums.q))
    k = own.k
    if therapist is not None:
        effect, shared = _therapists(own, r, therapist, factor(fit.theta[m:], sums.q))
        through = k @ sums.g
        r = r - sums.g @ effect
        k = k + through @ shared @ through.transpose(0, 2, 1)
    return RandomEffects((own.k @ r)[:, :, 0], fit.sigma2 * k)


def _therapists(own: Woodbury, r: Array, therapist: NDArray[np.intp], low: Array) -> tuple[Array, Array]:
    """Return the predicted effect of each client's therapist and its covariance divided by sigma2."""
    _, number = np.unique(therapist, return_inverse=True)
    p = np.zeros((int(number.max()) + 1, *own.vt.shape[1:]))
    np.add.at(p, number, own.vt)
    total = np.zeros((len(p), *r.shape[1:]))
    np.add.at(total, number, own.e @ r)
    k = woodbury(p, low).k
    out: Array = k @ total
    return out[number], k[number]
