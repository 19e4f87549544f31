"""Fit a course on every client of a large table from their running sums."""

from dataclasses import replace

import numpy as np

from midcourse.cohorts.clients import Clients
from midcourse.course.borrow import borrowed_part
from midcourse.course.course import Course
from midcourse.course.expect import parameters_of
from midcourse.course.fit import fit_sums
from midcourse.course.joined import join
from midcourse.course.moments import Array, PersonProducts, Sums
from midcourse.course.reference import read_reference


def refitted(course: Course, clients: Clients) -> Course:
    """Return the course with its parameters fitted anew to all clients; the correction stays.

    The correction was learned by cross-fitting on a large sample of the same clients. A reference that
    lends to the course lends as many pseudo-clients again.
    """
    lent = _lent(course)
    if lent is None:
        course = replace(course, centre=float(np.mean(clients.seen.intake[clients.placed])))
    own = sums_of_clients(course, clients)
    fit = fit_sums(own if lent is None else join(own, lent))
    borrowed = None if lent is None else borrowed_part(fit, lent)
    history = dict(course.history) | {
        "clients": int(own.clients),
        "clients_with_one_score": int((clients.n_scores[clients.placed] < 2).sum()),
        "outcome_scores": int(own.n),
        "patterns": fit.patterns,
        "criterion": fit.criterion,
        "evaluations": fit.evaluations,
        "newton_decrement": fit.decrement,
        "singular": fit.singular,
        "fingerprint": "",
    }
    last = clients.seen.last[_with_outcomes(clients)]
    return replace(
        course,
        parts=((1.0, parameters_of(fit, course.basis.width, borrowed)),),
        horizon=float(np.median(last)),
        history=history,
    )


def _lent(course: Course) -> Sums | None:
    """The sums of the pseudo-clients that a reference lends to a course."""
    pseudo_clients = course.history.get("pseudo_clients", 0.0)
    if not pseudo_clients:
        return None
    return read_reference(str(course.history["reference"])).expected_sums(pseudo_clients)


def _with_outcomes(clients: Clients) -> Array:
    return np.asarray((clients.n_scores > 1) & clients.placed)


def sums_of_clients(course: Course, clients: Clients) -> Sums:
    """Return the sums of an intake-once fit from each client's running sums."""
    keep = _with_outcomes(clients)
    seen = clients.seen
    g, h, s = seen.g[keep], seen.h[keep], seen.s[keep]
    one = np.ones(int(keep.sum()))
    w = np.column_stack([one, seen.intake[keep] - course.centre])
    people, q, width = h.shape
    p = 2 * width
    r = np.empty((people, q, p + 1))
    r[:, :, :p] = (w[:, None, :, None] * h[:, :, None, :]).reshape(people, q, p)
    r[:, :, p] = s
    total = np.empty((p + 1, p + 1))
    total[:p, :p] = np.einsum("iu,iv,icd->ucvd", w, w, h[:, :width]).reshape(p, p)
    total[:p, p] = total[p, :p] = np.einsum("iu,ic->uc", w, s).reshape(-1)
    total[p, p] = clients.y2[keep].sum()
    n = float((clients.n_scores[keep] - 1).sum())
    return Sums(g, one, PersonProducts(r, one), total, n, float(people))
