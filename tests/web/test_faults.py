"""Killed while twenty people answer: every acknowledged check-in is there, none twice, and every alert too.

On SQLite by itself; `python -m tests.web.on_postgresql tests/web/test_faults.py` does the same there.
`make test-long` sends thousands.
"""

import threading
from collections.abc import Iterator

import pytest

from tests.web.faults import LOOK, MAKE, People, Server, on_its_own_database, submit

pytestmark = pytest.mark.loopback
CLIENTS = 20


@pytest.fixture(scope="module")
def clinic(tmp_path_factory, root, request) -> Iterator[tuple[Server, list[dict[str, object]]]]:
    """A clinic with twenty people and one more, and how many check-ins each."""
    each = 150 if is_long(request) else 10
    server = on_its_own_database(tmp_path_factory.mktemp("faults") / "home", root)
    made = server.run(MAKE, str(CLIENTS + 1), str(each))
    yield server, made
    server.kill()


def is_long(request) -> bool:
    return request.config.getoption("--hypothesis-profile", default=None) == "long"


def about(there, what, check_ins) -> dict[str, int]:
    return {name: count for name, count in there[what] if name in check_ins}


def test_killed_again_and_again_nothing_acknowledged_is_lost_and_nothing_is_there_twice(clinic, request):
    server, everybody = clinic
    server.start_once()
    people = People(server, everybody[:CLIENTS])
    people.answer_all(kills=12 if is_long(request) else 2)
    there = server.run(LOOK)
    every = {check_in for one in people.made for check_in in one["check_ins"]}
    worrying = every & set(there["worrying"])
    assert people.acknowledged == every
    assert people.tries > len(every), "the kills hit people in the middle of it"
    assert every <= set(there["done"]), "every acknowledged check-in is there"
    assert about(there, "sheets", every) == dict.fromkeys(every, 1), "none twice"
    assert worrying, "some were worrying"
    assert about(there, "risk", every) == dict.fromkeys(worrying, 1), "one alert for each worrying answer"
    assert there["messages"] == len(there["worrying"]), "and one message for each alert"
    assert there["audited"] == len(there["done"])


def test_three_at_the_same_moment_are_one_record(clinic):
    """A double click and a retry that reach the server's processes at once: all are thanked, one is kept."""
    server, everybody = clinic
    server.start_once()
    one = everybody[CLIENTS]
    for check_in in one["check_ins"][:15]:
        gate, thanked = threading.Barrier(3), []

        def send(check_in=check_in, gate=gate, thanked=thanked):
            gate.wait()
            thanked.append(submit(server, one["session"], check_in))

        threads = [threading.Thread(target=send) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert thanked == [True] * 3
    there, sent = server.run(LOOK), set(one["check_ins"][:15])
    assert about(there, "sheets", sent) == dict.fromkeys(sent, 1)
    assert about(there, "risk", sent) == dict.fromkeys(sent & set(there["worrying"]), 1)
