"""Her course at her own pace (SD1): her scores first, more only when she asks, her own words on any point."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.choices import show_scores
from midcourse_web.care.actions.own import note_point
from midcourse_web.care.items import item_by_item, sheets_of, work_together
from midcourse_web.care.models import AnswerSheet, Episode, RiskTask
from midcourse_web.care.reading import courses_of
from midcourse_web.pages.client.own import own, own_episode
from midcourse_web.pages.parts.course import CourseShown, shown
from midcourse_web.pages.parts.forms import Form
from midcourse_web.people.rules import permit

NOT_NOW = timedelta(days=1)


class Note(Form):
    """Her own note on one point."""

    words = forms.CharField(
        label=_("What was going on then?"),
        help_text=_("In your own words. Your therapist can read it beside this score."),
        max_length=300,
        required=False,
    )
    does_not_fit = forms.BooleanField(label=_("This does not fit how I was"), required=False)


@login_required
@require_GET
def course(request: HttpRequest) -> HttpResponse:
    """Show the course; band, forecast and odds open only when she asks, never right after a risk answer."""
    client, episode = own_episode(request)
    asked = request.GET.get("band") == "yes"
    parts: list[CourseShown] = []
    held_back = asked and episode is not None and _risk_just_now(episode)
    with_band = asked and not held_back
    if episode is not None and client.sees_scores:
        parts = [shown(one, with_band=with_band) for one in courses_of(episode, own=True)]
    page = {"client": client, "courses": parts, "with_band": with_band, "held_back": held_back}
    return render(request, "client/course.html", page)


def _risk_just_now(episode: Episode) -> bool:
    """Whether she gave a risk answer that nobody has answered yet, or within a day."""
    lately = Q(acknowledged_at__isnull=True) | Q(made_at__gte=timezone.now() - NOT_NOW)
    return RiskTask.objects.filter(lately, episode=episode).exists()


@login_required
@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """Show what changed since the first and the last time, item by item."""
    client, episode = own_episode(request)
    sheets = sheets_of(episode, request.user) if episode is not None and client.sees_scores else {}
    page = {"client": client, "answered": item_by_item(sheets), "together": work_together(sheets)}
    return render(request, "client/items.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Write her own note on one point, or say that it does not fit."""
    sheet = get_object_or_404(AnswerSheet.objects.select_related("episode__client"), pk=sheet_id)
    permit(request.user, "own.record", sheet.episode.client)
    there = sheet.notes.first()
    initial = {"words": there.words, "does_not_fit": there.does_not_fit} if there else {}
    form = Note(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        note_point(by=request.user, sheet=sheet, **form.cleaned_data)
        messages.info(request, _("Your note is kept."))
        return redirect("client:course")
    return render(request, "client/note.html", {"form": form, "sheet": sheet})


@login_required
@require_POST
def scores(request: HttpRequest) -> HttpResponse:
    """Switch her scores on or off, without anybody's leave."""
    client = own(request)
    show_scores(by=request.user, client=client, shown=request.POST.get("show") == "yes")
    return redirect("client:course" if request.POST.get("back") == "course" else "client:home")
