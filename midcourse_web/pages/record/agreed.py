"""What was agreed: goals and practice, for the client and those who treat her."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcourse_web.care.actions.goal import QUALITY, add_goal, change_goal, rate_goal
from midcourse_web.care.models import Episode, Goal, GoalRating
from midcourse_web.care.policies.versions import ChangedMeanwhile
from midcourse_web.pages.parts.forms import Form, ten
from midcourse_web.pages.record.shared import around, shared_episode

STATES = [("open", _("going on")), ("reached", _("reached")), ("dropped", _("set aside"))]
WORDS = {
    "clear": _("It is clear: we would both know what it looks like."),
    "matters": _("It matters to me, not only to others."),
    "in reach": _("It is in reach for me."),
    "seen": _("I would notice it in my week."),
}


class NewGoal(Form):
    """A goal in her own words."""

    words = forms.CharField(
        label=_("What would you like to be different?"),
        help_text=_("In your own words. Small and clear is good."),
        max_length=300,
    )
    whose = forms.ChoiceField(
        label=_("Whose goal is this?"),
        choices=Goal._meta.get_field("whose").choices,
        widget=forms.RadioSelect,
    )
    agrees = ten(_("How much do you agree with this goal?"), _("0 is not at all, 10 is fully."))


class ChangeGoal(NewGoal):
    """A goal with its quality check, small steps and state; `version` is the one this page showed."""

    quality = forms.MultipleChoiceField(
        label=_("A quick check of this goal"),
        choices=list(WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    small_steps = forms.CharField(
        label=_("Small steps, one on each line"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    state = forms.ChoiceField(label=_("How does it stand?"), choices=STATES, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)


@login_required
@require_GET
def agreed(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show goals with how they go, and practice."""
    episode = shared_episode(request, episode_id)
    page = {
        "goals": goals_of(episode),
        "practice": episode.homework.select_related("goal"),
        "ten": list(range(11)),
    }
    return render(request, "record/agreed.html", around(request, episode, "agreed") | page)


def goals_of(episode: Episode) -> list[Goal]:
    """Return the goals of an episode with their first and latest rating, in one query."""
    ratings = GoalRating.objects.filter(goal=OuterRef("pk"))
    return list(
        episode.goals.annotate(
            first=Subquery(ratings.order_by("rated_at").values("value")[:1]),
            latest=Subquery(ratings.order_by("-rated_at").values("value")[:1]),
            rated_at=Subquery(ratings.order_by("-rated_at").values("rated_at")[:1]),
        ).order_by("made_at")
    )


@login_required
@require_http_methods(["GET", "POST"])
def new_goal(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Add a goal."""
    episode = shared_episode(request, episode_id)
    form = NewGoal(request.POST or None, initial={"whose": "client"})
    if form.is_valid():
        add_goal(by=request.user, episode=episode, **form.cleaned_data)
        return redirect("record:agreed", episode.pk)
    return render(request, "record/goal.html", around(request, episode, "agreed") | {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Change a goal; who is second of two is told what stands there now."""
    one = get_object_or_404(Goal, pk=goal_id)
    episode = shared_episode(request, one.episode_id)
    page = around(request, episode, "agreed") | {"goal": one}
    form = ChangeGoal(request.POST or None, initial=_initial(one, own=page["own"]))
    if not form.is_valid():
        return render(request, "record/goal.html", page | {"form": form})
    try:
        change_goal(by=request.user, goal=one, **_given(form.cleaned_data))
    except ChangedMeanwhile as meanwhile:
        return _shown_again(request, page, meanwhile)
    messages.info(request, _("Saved."))
    return redirect("record:agreed", episode.pk)


def _initial(one: Goal, *, own: bool) -> dict[str, object]:
    return {
        "words": one.words,
        "whose": one.whose,
        "agrees": one.client_agrees if own else one.therapist_agrees,
        "quality": [name for name in QUALITY if one.quality.get(name)],
        "small_steps": "\n".join(one.small_steps),
        "state": one.state,
        "version": one.version,
    }


def _given(data: dict[str, object]) -> dict[str, object]:
    chosen = data["quality"]
    return {
        "seen": data["version"],
        "words": data["words"],
        "whose": data["whose"],
        "agrees": data["agrees"],
        "quality": {name: name in chosen for name in QUALITY},
        "small_steps": data["small_steps"].splitlines(),
        "state": data["state"],
    }


def _shown_again(request: HttpRequest, page: dict[str, object], meanwhile: ChangedMeanwhile) -> HttpResponse:
    """What she typed stays in the form; what stands there now is shown beside it."""
    data = request.POST.copy()
    data["version"] = str(meanwhile.now.version)
    page |= {"form": ChangeGoal(data), "wrong": str(meanwhile), "now": meanwhile.now}
    return render(request, "record/goal.html", page, status=409)


@login_required
@require_POST
def rate(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Note how close a goal is today."""
    one = get_object_or_404(Goal, pk=goal_id)
    episode = shared_episode(request, one.episode_id)
    value = request.POST.get("value", "")
    if value.isdigit() and int(value) in range(11):
        rate_goal(by=request.user, goal=one, value=int(value))
    return redirect("record:agreed", episode.pk)
