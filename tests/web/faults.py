"""A clinic's server that is killed while people answer: started, killed, started again, and asked afterwards.

The server is the real one (gunicorn, two processes) on a database of its own: a file of SQLite, or a
database in the private PostgreSQL of `python -m tests.web.on_postgresql`.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from midcourse_web.serving.management.commands.serve import gunicorn
from tests.web.answers import QUIET, WORRYING
from tests.web.servers import free_port

CSRF = "a" * 32
PATIENCE = 600.0  # seconds until a client gives up on one check-in

MAKE = """
import json, sys
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.test import Client as Browser
from django.utils import timezone
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from tests.web.cast import the_cast
from midcourse_web.care.models import CheckIn, Episode
from midcourse_web.people.models import Client, User
cast, now, made = the_cast(), timezone.now(), []
for number in range(int(sys.argv[1])):
    user = User.objects.create(email=f"c{number}@example.org", name=f"C {number}", password="!")
    client = Client.objects.create(clinic=cast.clinic, user=user, name=user.name)
    episode = Episode.objects.create(client=client, clinic=cast.clinic, therapist=cast.tom, cover=cast.cora,
                                     opened_on=now.date(), measures=["phq-9"])
    rows = CheckIn.objects.bulk_create([
        CheckIn(episode=episode, instruments=["phq-9"], due_at=now, closes_at=now + timedelta(days=6))
        for _ in range(int(sys.argv[2]))])
    browser = Browser()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    made.append({"session": browser.cookies["sessionid"].value, "check_ins": [str(row.pk) for row in rows]})
print(json.dumps(made))
"""

LOOK = """
import json
import django; django.setup()
from django.db.models import Count
from midcourse_web.audit.models import Entry
from midcourse_web.care.models import AnswerSheet, CheckIn, RiskTask
from midcourse_web.outbox.models import Message
print(json.dumps({
    "done": [str(pk) for pk in CheckIn.objects.filter(state="done").values_list("pk", flat=True)],
    "sheets": [[str(a), n] for a, n in
               AnswerSheet.objects.order_by().values_list("check_in").annotate(n=Count("pk"))],
    "risk": [[str(a), n] for a, n in
             RiskTask.objects.order_by().values_list("sheet__check_in").annotate(n=Count("pk"))],
    "worrying": [str(one.check_in_id) for one in AnswerSheet.objects.all() if one.answers["phq9-9"]],
    "messages": Message.objects.filter(urgent=True).count(),
    "audited": Entry.objects.filter(verb="check-in").count(),
}))
"""


@dataclass
class Server:
    """One clinic on one database, whose server can be killed and started again."""

    home: Path
    root: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def environment(self) -> dict[str, str]:
        """Return the environment of its processes: the application's own settings, and its own home."""
        own = {"MIDCOURSE_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "midcourse_web.config.settings"}
        return {**os.environ, **own, "PYTHONPATH": str(self.root)}

    def run(self, code: str, *words: str) -> object:
        """Run a few lines in a process of its own and return what they print, read as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=self.root, env=self.environment(), capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        return json.loads(done.stdout)

    def start(self) -> None:
        """Start it in a group of its own, and wait until it answers."""
        command = gunicorn(self.port, 2)
        self.process = subprocess.Popen(command, cwd=self.root, env=self.environment(), process_group=0)
        end = time.monotonic() + 90
        while time.monotonic() < end:
            ask = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                ask.request("GET", "/sw.js")
                ask.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
            finally:
                ask.close()
        raise AssertionError("the server did not answer in time")

    def start_once(self) -> None:
        """Start it, unless it runs. Sockets are open within a test alone, so no fixture can do this."""
        if self.process is None:
            self.start()

    def kill(self) -> None:
        """Kill every process of it at once, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def on_its_own_database(home: Path, root: Path) -> Server:
    """Return a server on a new SQLite file, or on a new database of the PostgreSQL the suite runs on."""
    home.mkdir(mode=0o700, parents=True)
    if address := os.environ.get("MIDCOURSE_TEST_DATABASE"):
        import psycopg

        name = f"faults_{uuid.uuid4().hex[:10]}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        before, _slash, after = address.partition("@/")
        host = after.partition("?")[2]
        (home / "midcourse.toml").write_text(f'database = "{before}@/{name}?{host}"\n', "utf-8")
    return Server(home, root)


def answers_for(check_in: str) -> dict[str, str]:
    """Return what is answered to one check-in: a worrying answer in one of four."""
    return WORRYING if int(check_in[:2], 16) % 4 == 0 else QUIET


def submit(server: Server, session: str, check_in: str) -> bool:
    """Send one check-in once; True where it was acknowledged, as the page of thanks or of help says."""
    body = urlencode({**answers_for(check_in), "csrfmiddlewaretoken": CSRF, "go": "send"})
    head = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("POST", f"/me/check-in/{check_in}/", body, head)
        answer = connection.getresponse()
        text = answer.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    thanked = answer.status == 302 and (answer.getheader("Location") or "").endswith("/thanks/")
    return thanked or (answer.status == 200 and b"Your answers are saved" in text)


class People:
    """Clients who answer at the same time, each their own check-ins, and try again until it is acknowledged."""

    def __init__(self, server: Server, made: list[dict[str, object]]) -> None:
        self.server, self.made = server, made
        self.acknowledged: set[str] = set()
        self.tries = 0
        self.lock = threading.Lock()

    def answer_all(self, kills: int) -> None:
        """Let everybody answer, and kill the server so many times meanwhile, in even steps."""
        total = sum(len(one["check_ins"]) for one in self.made)  # type: ignore[arg-type]
        threads = [threading.Thread(target=self._answer, args=(one,)) for one in self.made]
        for thread in threads:
            thread.start()
        for number in range(1, kills + 1):
            while len(self.acknowledged) < total * number // (kills + 1):
                time.sleep(0.005)
            self.server.kill()
            self.server.start()
        for thread in threads:
            thread.join()

    def _answer(self, one: dict[str, object]) -> None:
        for check_in in one["check_ins"]:  # type: ignore[attr-defined]
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                done = submit(self.server, str(one["session"]), check_in)
                with self.lock:
                    self.tries += 1
                    if done:
                        self.acknowledged.add(check_in)
                if done:
                    break
                time.sleep(0.1)
