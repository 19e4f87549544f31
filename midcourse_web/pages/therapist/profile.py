"""A therapist's own profile: what clients and those who match see of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from midcourse_web.people.actions.profile import keep_profile
from midcourse_web.people.models import TherapistProfile
from midcourse_web.people.rules import permit

LISTS = ("approaches", "domains", "languages")


class Lines(forms.CharField):
    """A list, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: str) -> list[str]:
        """Return the lines that say something, each once."""
        return list(
            dict.fromkeys(line.strip()[:60] for line in super().clean(value).splitlines() if line.strip())
        )


class ProfileForm(forms.ModelForm):
    """What a therapist brings."""

    approaches = Lines(label=gettext_lazy("Approaches, one on each line"), required=False)
    domains = Lines(label=gettext_lazy("What you work with, one on each line"), required=False)
    languages = Lines(label=gettext_lazy("Languages, one on each line"), required=False)

    class Meta:
        model = TherapistProfile
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("about", "training", "availability")}
        fields = ("about", "training", "licence_number", "licence_body", "approaches", "domains", "languages",
                  "availability", "capacity")  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show one's own profile, and take what changed."""
    permit(request.user, "care.caseload")
    mine = TherapistProfile.objects.filter(user=request.user).first() or TherapistProfile(user=request.user)
    form = ProfileForm(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        keep_profile(by=request.user, given=form.cleaned_data)
        messages.info(request, _("Saved."))
        return redirect("therapist:profile")
    page = {"form": form, "profile": TherapistProfile.objects.filter(user=request.user).first()}
    return render(request, "therapist/profile.html", page, status=422 if form.errors else 200)
