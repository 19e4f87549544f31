"""The suite runs where it says it runs, and each database is opened so that nothing acknowledged is lost."""

import os

from django.db import connection


def test_the_tests_run_on_the_database_that_was_asked_for(db):
    wanted = "postgresql" if os.environ.get("MIDCOURSE_TEST_DATABASE") else "sqlite"
    assert connection.vendor == wanted


def test_an_acknowledged_answer_is_on_the_disk(db, settings):
    if connection.vendor == "postgresql":
        # The tests' own cluster is quick and careless; the application asks for nothing less than the default.
        assert "synchronous_commit" not in str(settings.DATABASES["default"].get("OPTIONS", {}))
        return
    with connection.cursor() as cursor:
        full = 2
        assert cursor.execute("PRAGMA synchronous").fetchone() == (full,)
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
