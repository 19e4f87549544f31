"""Everything about me, to take away: a page to read and a file for other programs, after showing who it is."""

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from midcourse_web.audit.models import Entry
from midcourse_web.care.actions.looked import took_everything
from midcourse_web.care.everything import everything_about
from midcourse_web.pages.client.looked import looks
from midcourse_web.pages.client.own import own
from midcourse_web.people.models import Client

TYPES = {"html": "text/html; charset=utf-8", "json": "application/json"}


@login_required
@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """Say what is in it, and offer both files."""
    own(request)
    return render(request, "client/everything.html")


@login_required
@require_GET
@reauthentication_required
def everything_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the file, after the password was given just now."""
    if kind not in TYPES:
        raise Http404
    client = own(request)
    page = {"client": client, "parts": list(everything_about(client)), "looks": _looks(request, client)}
    took_everything(by=request.user, client=client)
    page["at"] = timezone.now()
    body = _json(page) if kind == "json" else render_to_string("client/everything_file.html", page)
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="everything-about-me.{kind}"'
    return response


def _looks(request: HttpRequest, client: Client) -> Any:
    rows = Entry.objects.filter(client=client.pk, actor__isnull=False).exclude(actor=request.user.pk)
    return looks(client, list(rows))


def _json(page: dict[str, Any]) -> str:
    held = {part.name: list(part.rows) for part in page["parts"]}
    seen = [
        {"when": one.when.isoformat(), "who": one.who, "what": str(one.what), "why": one.why}
        for one in page["looks"]
    ]
    return json.dumps(
        {"made": page["at"].isoformat(), "record": held, "looks": seen}, ensure_ascii=False, indent=1
    )
