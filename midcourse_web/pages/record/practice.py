"""Practice between sessions: setting it together, and telling how it went."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.homework import Task, change_homework, set_homework, tell_homework
from midcourse_web.care.models import Episode, Homework
from midcourse_web.care.policies.versions import ChangedMeanwhile
from midcourse_web.pages.parts.forms import Day, Form
from midcourse_web.pages.record.shared import around, shared_episode


class Practice(Form):
    """One task: small, clear, and thought through to what could get in the way."""

    what = forms.CharField(label=_("What to try"), help_text=_("Small and clear."), max_length=300)
    why = forms.CharField(label=_("What for"), max_length=300, required=False)
    goal = forms.ChoiceField(label=_("Which goal does it serve?"), required=False)
    when_where = forms.CharField(label=_("When and where"), max_length=200, required=False)
    barrier = forms.CharField(label=_("What could get in the way"), max_length=200, required=False)
    backup = forms.CharField(label=_("And what then"), max_length=200, required=False)
    rehearsed = forms.BooleanField(label=_("We tried it together"), required=False)
    due_on = forms.DateField(label=_("Until"), widget=Day(), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, episode: Episode, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.goals = {str(one.pk): one for one in episode.goals.filter(state="open")}
        self.fields["goal"].choices = [("", _("none")), *[(pk, one.words) for pk, one in self.goals.items()]]

    def task(self) -> Task:
        """Return what was written as the task to set."""
        given = {name: self.cleaned_data[name] for name in NAMES}
        return Task(goal=self.goals.get(self.cleaned_data["goal"]), **given)


NAMES = ("what", "why", "when_where", "barrier", "backup", "rehearsed", "due_on")


class Told(Form):
    """How a task went. Not done says something about the task, not about her."""

    done = forms.ChoiceField(
        label=_("How did it go?"), choices=Homework.Done.choices, widget=forms.RadioSelect
    )
    got_in_the_way = forms.CharField(
        label=_("What got in the way, or helped?"),
        help_text=_("You can leave this empty. If it did not fit, the task was not right yet."),
        max_length=300,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@login_required
@require_http_methods(["GET", "POST"])
def new_practice(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Set a task together."""
    episode = shared_episode(request, episode_id)
    form = Practice(episode, request.POST or None)
    if form.is_valid():
        set_homework(by=request.user, episode=episode, task=form.task())
        return redirect("record:agreed", episode.pk)
    return render(request, "record/practice.html", around(request, episode, "agreed") | {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest, homework_id: UUID) -> HttpResponse:
    """Change a task."""
    one, episode = _found(request, homework_id)
    initial = {name: getattr(one, name) for name in NAMES}
    form = Practice(
        episode, request.POST or None, initial=initial | {"goal": one.goal_id, "version": one.version}
    )
    page = around(request, episode, "agreed") | {"form": form, "homework": one}
    if not form.is_valid():
        return render(request, "record/practice.html", page)
    try:
        change_homework(
            by=request.user, homework=one, seen=form.cleaned_data["version"] or 0, task=form.task()
        )
    except ChangedMeanwhile as meanwhile:
        data = request.POST.copy()
        data["version"] = str(meanwhile.now.version)
        page |= {"form": Practice(episode, data), "wrong": str(meanwhile), "now": meanwhile.now}
        return render(request, "record/practice.html", page, status=409)
    messages.info(request, _("Saved."))
    return redirect("record:agreed", episode.pk)


@login_required
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, homework_id: UUID) -> HttpResponse:
    """Say how a task went."""
    one, episode = _found(request, homework_id)
    initial = {"done": one.done, "got_in_the_way": one.got_in_the_way, "version": one.version}
    form = Told(request.POST or None, initial=initial)
    page = around(request, episode, "agreed") | {"form": form, "homework": one}
    if not form.is_valid():
        return render(request, "record/tell.html", page)
    told = form.cleaned_data
    try:
        tell_homework(
            by=request.user,
            homework=one,
            seen=told["version"],
            done=told["done"],
            got_in_the_way=told["got_in_the_way"],
        )
    except ChangedMeanwhile as meanwhile:
        data = request.POST.copy()
        data["version"] = str(meanwhile.now.version)
        page |= {"form": Told(data), "wrong": str(meanwhile), "now": meanwhile.now}
        return render(request, "record/tell.html", page, status=409)
    messages.info(request, _("Thank you. It is written down."))
    return redirect("record:agreed", episode.pk)


def _found(request: HttpRequest, homework_id: UUID) -> tuple[Homework, Episode]:
    one = get_object_or_404(Homework.objects.select_related("goal"), pk=homework_id)
    return one, shared_episode(request, one.episode_id)
