"""Tools for a direction: small sheets and logs that come back where they are of use."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.share import share_entry, take_entry_back
from midcourse_web.care.engine.instruments import questionnaire
from midcourse_web.care.engine.scores import scores_of
from midcourse_web.care.engine.tools import Field, Tool, lines, pattern, tool, tools
from midcourse_web.care.models import SharedEntry
from midcourse_web.care.reading import current_episode
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.check_up import language
from midcourse_web.people.models import Client
from midcourse_web.private.actions.entry import delete_entry, keep_entry
from midcourse_web.private.entries import values
from midcourse_web.private.models import OwnEntry

LONGEST = 1000
ON_HOME = 3  # sheets on her home page


def _tool(name: str) -> Tool:
    try:
        return tool(name, language())
    except KeyError:
        raise Http404 from None


def newest_sheets(client: Client) -> list[tuple[str, str, str]]:
    """Return her newest entries as (tool, title, one line), for her home page."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in OwnEntry.objects.filter(client=client.pk).order_by("-made_at")[:20]:
        if row.tool not in found:
            said = lines(row.tool, values(row), language())
            one = f"{said[0][0]} {said[0][1]}" if said else ""
            found[row.tool] = (row.tool, tool(row.tool, language()).title, one)
    return list(found.values())[:ON_HOME]


@login_required
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """List the tools, those in use first."""
    client = own(request)
    used = set(OwnEntry.objects.filter(client=client.pk).values_list("tool", flat=True))
    rows = sorted(((one, one.id in used) for one in tools(language())), key=lambda row: not row[1])
    return render(request, "client/tools.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, name: str) -> HttpResponse:
    """Show one tool: what was entered, what it shows, and the sheet to fill in."""
    client, one = own(request), _tool(name)
    if request.method == "POST":
        return _kept(request, client, one)
    return render(request, "client/tool.html", _page(client, one))


def _page(client: Client, one: Tool, given: Any = None, wrong: str = "") -> dict[str, Any]:
    entries = list(OwnEntry.objects.filter(client=client.pk, tool=one.id).order_by("-made_at"))
    shared = set(
        SharedEntry.objects.filter(
            entry__in=[row.pk for row in entries], withdrawn_at__isnull=True
        ).values_list("entry", flat=True)
    )
    held = [values(row) for row in entries]
    newest = given or ({} if one.repeated or not held else held[0])
    return {
        "tool": one,
        "fields": [_field(field, newest) for field in one.fields],
        "entries": [
            (row, lines(one.id, each, language()), row.pk in shared)
            for row, each in zip(entries, held, strict=True)
        ],
        "pattern": pattern(one.id, list(reversed(held)), language()) if one.repeated else (),
        "wrong": wrong,
    }


def _field(field: Field, given: Any) -> dict[str, Any]:
    now = given.get(field.id)
    shown = {
        "id": field.id,
        "text": field.text,
        "kind": field.kind,
        "value": "" if now is None else now,
        "choices": [(one.id, one.text, str(now) == one.id) for one in field.options],
        "numbers": [(number, str(now) == str(number)) for number in range(11)],
    }
    if field.kind == "instrument":
        form = questionnaire(field.instrument)
        shown |= {"form": form, "questions": form.questions}
    return shown


def _kept(request: HttpRequest, client: Client, one: Tool) -> HttpResponse:
    found, wrong = _read(request, one)
    if wrong or not any(value not in (None, "") for value in found.values()):
        words = wrong or _("Fill in at least one thing.")
        return render(request, "client/tool.html", _page(client, one, request.POST.dict(), words), status=422)
    there = None
    if not one.repeated:
        there = OwnEntry.objects.filter(client=client.pk, tool=one.id).order_by("-made_at").first()
    keep_entry(by=request.user, client=client, tool=one.id, values=found, entry=there)
    messages.info(request, _("Kept. It is yours alone until you share it."))
    return redirect("client:tool", one.id)


def _read(request: HttpRequest, one: Tool) -> tuple[dict[str, Any], str]:
    found: dict[str, Any] = {}
    for field in one.fields:
        if field.kind == "instrument":
            found[field.id] = _screen(request, field.instrument)
            continue
        text = request.POST.get(field.id, "").strip()[:LONGEST]
        value = int(text) if field.kind == "scale" and text.isdigit() else text
        if not field.accepts(value):
            return found, _("One answer cannot be: %(text)s") % {"text": field.text}
        found[field.id] = value
    return found, ""


def _screen(request: HttpRequest, instrument: str) -> float | None:
    """The total of a short screen, None where too much was left open; only the total is kept."""
    answers: dict[str, int | None] = {}
    for question in questionnaire(instrument).questions:
        text = request.POST.get(question.id, "")
        if text.isdigit():
            answers[question.id] = int(text)
    try:
        total = next((one for one in scores_of(instrument, answers) if one.part == "total"), None)
    except ValueError:
        return None
    return total.value if total and answers else None


@login_required
@require_POST
def share(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Share one entry for the next session, or take it back."""
    client = own(request)
    entry = get_object_or_404(OwnEntry, pk=entry_id, client=client.pk)
    episode = current_episode(client)
    if episode is not None and "back" in request.POST:
        take_entry_back(by=request.user, episode=episode, entry=entry.pk)
    elif episode is not None:
        share_entry(by=request.user, episode=episode, entry=entry.pk, tool=entry.tool, values=values(entry))
        messages.info(request, _("Shared for your next session. You can take it back at any time."))
    return redirect("client:tool", entry.tool)


@login_required
@require_POST
def delete(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Delete one entry for good, and take it back if it was shared."""
    client = own(request)
    entry = get_object_or_404(OwnEntry, pk=entry_id, client=client.pk)
    episode, name = current_episode(client), entry.tool
    if episode is not None and SharedEntry.objects.filter(entry=entry.pk, withdrawn_at__isnull=True).exists():
        take_entry_back(by=request.user, episode=episode, entry=entry.pk)
    delete_entry(by=request.user, entry=entry)
    return redirect("client:tool", name)


@login_required
@require_GET
def printed(request: HttpRequest, name: str) -> HttpResponse:
    """Show a tool's entries, or the empty sheet, to print."""
    client, one = own(request), _tool(name)
    return render(request, "client/tool_print.html", _page(client, one))
