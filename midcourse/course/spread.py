"""How many pseudo-clients the spread between services supports (ST6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, variance

STANDARD = NormalDist()


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of services' rates on the probit scale, with sampling removed.

    `sd` is the SD between services; `pseudo_clients` = 1 / sd squared, the weight at which a reference
    from other services says as much as that many of the clinic's own clients.
    """

    services: int
    mean_rate: float
    sd: float
    pseudo_clients: float


def between_services(events: Sequence[float], cases: Sequence[float]) -> Spread:
    """Return the spread between services of a rate, from counts of events and of cases.

        tau2 = var(probit(p)) - mean(p (1 - p) / (n phi(probit p)^2)),  pseudo-clients = 1 / tau2

    Services with no cases, or with a rate of 0 or 1, are left out.
    Raises ValueError with fewer than three services, or where sampling explains the whole spread.
    """
    rates = [(e / n, n) for e, n in zip(events, cases, strict=True) if n > 0 and 0.0 < e < n]
    if len(rates) < 3:
        raise ValueError("At least three services with a rate between 0 and 1 are needed.")
    probits = [STANDARD.inv_cdf(p) for p, _ in rates]
    sampling = fmean(
        p * (1 - p) / (n * STANDARD.pdf(z) ** 2) for (p, n), z in zip(rates, probits, strict=True)
    )
    tau2 = variance(probits) - sampling
    if tau2 <= 0.0:
        raise ValueError("Sampling alone explains the spread; no number of pseudo-clients follows.")
    return Spread(len(rates), fmean(p for p, _ in rates), tau2**0.5, 1.0 / tau2)
