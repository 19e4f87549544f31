"""Fit a course on every client of a large table from their running sums."""

from dataclasses import replace

import numpy as np

from midcourse.cohorts.clients import Clients
from midcourse.course.course import Course
from midcourse.course.expect import parameters_of
from midcourse.course.fit import fit_sums
from midcourse.course.moments import PersonProducts, Sums


def refitted(course: Course, clients: Clients) -> Course:
    """Return the course with its parameters fitted anew to all clients; the correction stays.

    The correction was learned by cross-fitting on a large sample of the same clients.
    """
    sums = sums_of_clients(course, clients)
    fit = fit_sums(sums)
    history = dict(course.history) | {
        "clients": int(sums.clients),
        "clients_with_one_score": int((clients.n_scores < 2).sum()),
        "outcome_scores": int(sums.n),
        "criterion": fit.criterion,
        "evaluations": fit.evaluations,
        "newton_decrement": fit.decrement,
        "singular": fit.singular,
        "fingerprint": "",
    }
    parts = ((1.0, parameters_of(fit, course.basis.width)),)
    last = clients.seen.last[(clients.n_scores > 1) & clients.placed]
    return replace(course, parts=parts, horizon=float(np.median(last)), history=history)


def sums_of_clients(course: Course, clients: Clients) -> Sums:
    """Return the sums of a fit from each client's running sums (bases with as many random columns)."""
    keep = (clients.n_scores > 1) & clients.placed
    seen = clients.seen
    g, h, s = seen.g[keep], seen.h[keep], seen.s[keep]
    one = np.ones(int(keep.sum()))
    w = (
        np.column_stack([one, seen.intake[keep] - course.centre])
        if course.form == "intake once"
        else one[:, None]
    )
    people, q, width = h.shape
    p = w.shape[1] * width
    r = np.empty((people, q, p + 1))
    r[:, :, :p] = (w[:, None, :, None] * h[:, :, None, :]).reshape(people, q, p)
    r[:, :, p] = s
    total = np.empty((p + 1, p + 1))
    total[:p, :p] = np.einsum("iu,iv,icd->ucvd", w, w, h[:, :width]).reshape(p, p)
    total[:p, p] = total[p, :p] = np.einsum("iu,ic->uc", w, s).reshape(-1)
    total[p, p] = clients.y2[keep].sum()
    n = float((clients.n_scores[keep] - 1).sum())
    return Sums(g, one, PersonProducts(r, one), total, n, float(people))
