"""The cast, signed in or not, on a database of the tests."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from midcourse_web.audit.triggers import lift, put_up
from midcourse_web.care.models import CheckIn, Episode
from tests.web.cast import Cast, the_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody, newly made."""
    return the_cast()


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Browser]:
    """Return a function from a name of the cast to a browser they are signed in with, second factor done."""

    def sign_in(name: str) -> Browser:
        browser = Browser()
        browser.force_login(cast.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = browser.session
        session["second_factor"] = True
        session.save()
        return browser

    return sign_in


@pytest.fixture
def due(cast: Cast) -> Callable[..., CheckIn]:
    """Return a function that makes a check-in due for a client of the cast."""

    def make(name: str = "ada", *instruments: str) -> CheckIn:
        episode: Episode = cast.episodes[name]
        now = timezone.now()
        return CheckIn.objects.create(
            episode=episode,
            instruments=list(instruments) or ["phq-9"],
            due_at=now - timedelta(hours=1),
            closes_at=now + timedelta(days=6),
        )

    return make


@pytest.fixture
def audit_lifted(transactional_db: None) -> Iterator[None]:
    """Lift the audit's triggers around Django's flush, which a transactional test ends with, and nothing else."""
    yield
    lift(connection)


@pytest.fixture(autouse=True)
def _audit_back(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "audit_lifted" in request.fixturenames:
        with request.getfixturevalue("django_db_blocker").unblock():
            lift(connection)
            put_up(connection)


@pytest.fixture(scope="session")
def saved_course() -> str:
    """Return a course for the PHQ-9 by week, fitted to an invented clinic in a process of its own.

    Fitting loads numpy, which the web process never does.
    """
    import subprocess
    import sys

    code = (
        "from midcourse.course.expect import expected_course\n"
        "from midcourse.course.observed import Observed\n"
        "from random import Random\n"
        "draw = Random(1)\n"
        "people = []\n"
        "for n in range(80):\n"
        "    level, slope = draw.gauss(16, 3), draw.gauss(-0.6, 0.4)\n"
        "    at = [float(w) for w in range(10)]\n"
        "    scores = [float(min(27, max(0, round(level + slope * w + draw.gauss(0, 2))))) for w in at]\n"
        "    people.append(Observed(str(n), tuple(at), tuple(scores)))\n"
        "print(expected_course(people, 'phq-9', 'week').to_json())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout
