"""Prepare the demonstration for `make bench`: python -m bench.cases.web CLIENTS CHECK_INS. Prints JSON."""

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.web_settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.utils import timezone  # noqa: E402

from midcourse_web.care.models import CheckIn, Episode  # noqa: E402
from midcourse_web.people.models import Client, User  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def main(clients: int, check_ins: int) -> None:
    """Invent the clinic, then as many more clients, each with as many check-ins to answer."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("invent", stdout=sys.stderr)
    ada = Episode.objects.select_related("client__user").get(client__name="Ada")
    made = [_client(ada, number) for number in range(clients)]
    now = timezone.now()
    todo = [
        CheckIn(
            episode=episode, instruments=["phq-9"], due_at=now - timedelta(minutes=1),
            closes_at=now + timedelta(days=6),
        )
        for _ in range(check_ins)
        for episode, _cookie in made
    ]  # fmt: skip
    CheckIn.objects.bulk_create(todo)
    cookies = {episode.pk: cookie for episode, cookie in made}
    listed = [[str(one.pk), cookies[one.episode_id]] for one in todo]
    print(json.dumps({"ada": _signed_in(ada.client.user), "check_ins": listed}))


def _client(like: Episode, number: int) -> tuple[Episode, str]:
    user = User.objects.create(email=f"bench{number}@example.org", name=f"B{number}")
    client = Client.objects.create(clinic=like.clinic, user=user, name=user.name)
    episode = Episode.objects.create(
        client=client, clinic=like.clinic, therapist=like.therapist, cover=like.cover,
        opened_on=like.opened_on, measures=["phq-9"],
    )  # fmt: skip
    return episode, _signed_in(user)


def _signed_in(user: User) -> str:
    browser = Browser()
    browser.force_login(user, backend=BACKEND)
    return str(browser.cookies["sessionid"].value)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
