"""The intake: calm steps, each kept as it is sent, to be left and gone on with; alone or with staff."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from midcourse_web.care.actions.intake import (
    MAY_BE_PRIVATE,
    finish_intake,
    intake_of,
    keep_intake,
    open_baseline,
)
from midcourse_web.care.engine.concerns import concerns
from midcourse_web.care.engine.places import notice
from midcourse_web.care.models import Episode, Intake
from midcourse_web.care.policies.versions import ChangedMeanwhile
from midcourse_web.pages.parts.forms import Form, said, yes_no
from midcourse_web.pages.record.shared import around, shared_episode

LONG = {"rows": 4}
PRIVATE_WORDS = _("Keep this to myself: my therapist does not see it")
WISHES = (
    ("to the point", _("clear tasks and a plan")),
    ("room to talk", _("room to talk and think")),
    ("warm", _("a warm way")),
    ("direct", _("plain speaking")),
    ("about now", _("mostly about now")),
    ("about before", _("also about what was before")),
    ("tasks between", _("things to try between sessions")),
    ("no tasks", _("nothing to do between sessions")),
    ("woman", _("a woman as therapist")),
    ("man", _("a man as therapist")),
    ("same background", _("somebody who knows my culture or faith")),
    ("video", _("by video or phone")),
)


class Start(Form):
    """Nothing to fill in: what is private and what is not, read first."""


class Concerns(Form):
    """What brings her here, in her own words and as areas."""

    words = forms.CharField(
        label=_("What brings you here?"),
        help_text=_("In your own words, as much or as little as you like."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    domains = forms.MultipleChoiceField(
        label=_("Which areas does it touch?"),
        help_text=_("Choose any that fit. They help to find a therapist who knows them."),
        choices=concerns,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class Before(Form):
    """Help she had before."""

    first_time = yes_no(_("Is this your first time in therapy?"))
    help_before = forms.CharField(
        label=_("What help have you had before?"), widget=forms.Textarea(attrs=LONG), required=False
    )
    what_helped = forms.CharField(label=_("What helped?"), widget=forms.Textarea(attrs=LONG), required=False)
    what_did_not = forms.CharField(
        label=_("What did not?"), widget=forms.Textarea(attrs=LONG), required=False
    )
    bad_experience = yes_no(
        _("Did something go badly in therapy before?"), _("You do not have to say what it was.")
    )


class Wishes(Form):
    """What she wishes for and expects."""

    preferences = forms.MultipleChoiceField(
        label=_("What would suit you?"),
        help_text=_("Choose any. Not every wish can be met, and we will say so if not."),
        choices=WISHES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    expectations = forms.CharField(
        label=_("What do you think will happen in therapy?"),
        widget=forms.Textarea(attrs=LONG),
        required=False,
    )
    expects_sessions = forms.IntegerField(
        label=_("How many sessions do you think it may take?"),
        help_text=_("A guess is fine. Leave it empty if you have none."),
        min_value=1,
        max_value=500,
        required=False,
    )


class Better(Form):
    """What better would be."""

    better_would_be = forms.CharField(
        label=_("If this helps, what would be different in your days?"),
        help_text=_("Something you or others would notice."),
        widget=forms.Textarea(attrs=LONG),
        required=False,
    )


STEPS: dict[str, tuple[Any, type[Form]]] = {
    "privacy": (_("What stays private"), Start),
    "concerns": (_("What brings you here"), Concerns),
    "before": (_("Help you had before"), Before),
    "wishes": (_("What would suit you"), Wishes),
    "better": (_("What better would be"), Better),
    "finish": (_("Ready"), Start),
}
ORDER = tuple(STEPS)
YES_NO = ("first_time", "bad_experience")


@login_required
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, episode_id: UUID, step: str) -> HttpResponse:
    """Show one step and keep it; each is kept by itself, so she can stop anywhere and go on later."""
    if step not in STEPS:
        raise Http404
    episode = shared_episode(request, episode_id, "care.intake")
    there = intake_of(episode=episode)
    page = around(request, episode, "background") | _place(step, there)
    form = STEPS[step][1](request.POST or None, initial=_initial(there, own=page["own"]))
    page |= {
        "form": form,
        "private_words": PRIVATE_WORDS,
        "private": _private_fields(form, there, page["own"]),
    }
    if request.method == "GET" or not form.is_valid():
        return render(request, "record/intake.html", page | _notices(step, episode))
    try:
        _keep(request, episode, step, form)
    except ChangedMeanwhile as meanwhile:
        page |= {"wrong": str(meanwhile), "version": meanwhile.now.version}
        return render(request, "record/intake.html", page, status=409)
    return _next(request, episode, step)


def _place(step: str, there: Intake) -> dict[str, Any]:
    number = ORDER.index(step)
    return {
        "step": step,
        "title": STEPS[step][0],
        "number": number + 1,
        "of": len(ORDER),
        "before": ORDER[number - 1] if number else "",
        "version": there.version,
        "intake": there,
    }


def _initial(there: Intake, *, own: bool) -> dict[str, Any]:
    """What stands there; to everybody but her, a private part looks as if not said."""
    names = [name for _title, form in STEPS.values() for name in form.base_fields]
    found = {name: getattr(there, name) for name in names if own or name not in there.private}
    found |= {name: said(found.get(name)) for name in YES_NO}
    found["preferences"] = [one["about"] for one in there.preferences]
    return found


def _private_fields(form: Form, there: Intake, own: bool) -> list[tuple[str, Any, bool]]:
    """Which parts of this step she can keep to herself; for her alone."""
    names = [name for name in form.fields if name in MAY_BE_PRIVATE] if own else []
    return [(name, form.fields[name].label, name in there.private) for name in names]


def _notices(step: str, episode: Episode) -> dict[str, Any]:
    if step != "privacy":
        return {}
    topics = ("confidentiality", "limits", "see-records")
    return {"notices": [notice(episode.clinic.place, topic) for topic in topics]}


def _keep(request: HttpRequest, episode: Episode, step: str, form: Form) -> None:
    given = dict(form.cleaned_data)
    if step == "privacy":
        where = notice(episode.clinic.place, "confidentiality")
        given = {"notice_read_at": timezone.now(), "notice_version": where.version}
    if "preferences" in given:
        given["preferences"] = [{"about": one} for one in given["preferences"]]
    seen = request.POST.get("version", "")
    private = None
    if step == "before":
        private = frozenset(request.POST.getlist("private"))
    if step != "finish":
        version = int(seen) if seen.isdigit() else 0
        keep_intake(by=request.user, episode=episode, seen=version, given=given, private=private)


def _next(request: HttpRequest, episode: Episode, step: str) -> HttpResponse:
    own = episode.client.user_id == request.user.pk
    if "later" in request.POST:
        return redirect("client:home") if own else redirect("home")
    if step != "finish":
        return redirect("record:intake", episode.pk, ORDER[ORDER.index(step) + 1])
    finish_intake(by=request.user, episode=episode)
    check_in = open_baseline(by=request.user, episode=episode)
    if own and check_in is not None and check_in.state == "open":
        return redirect("client:check_in", check_in.pk)
    return redirect("client:home") if own else redirect("home")
