"""The page behind the set-up link: the clinic and its first administrator, once."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from midcourse_web.care.engine.places import help_for
from midcourse_web.people.actions.first import set_up
from midcourse_web.people.first import is_the_link

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class FirstForm(forms.Form):
    """What is needed to begin, and nothing more."""

    clinic = forms.CharField(label=_("Name of the clinic or practice"), max_length=120)
    place = forms.CharField(
        label=_("Place"),
        max_length=10,
        help_text=_("Whose helplines are shown, for example gb-eng, us, es or ie."),
    )
    zone = forms.CharField(label=_("Time zone"), max_length=60, help_text=_("For example Europe/London."))
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"))
    password = forms.CharField(
        label=_("A password of 12 characters or more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    alone = forms.BooleanField(label=_("I work alone and see clients here myself"), required=False)

    def clean_place(self) -> str:
        """Take a place whose helplines are known."""
        place: str = self.cleaned_data["place"].strip().lower()
        if help_for((place,))[0].unknown:
            raise forms.ValidationError(_("midcourse knows no helplines for this place yet."))
        return place

    def clean_zone(self) -> str:
        """Take a time zone that exists."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone not in available_timezones():
            raise forms.ValidationError(_("There is no such time zone. Write it like Europe/London."))
        return zone

    def clean_password(self) -> str:
        """Take a password that is long and not a common one."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, secret: str) -> HttpResponse:
    """Set up the clinic, once; a mail scanner's GET spends nothing."""
    if not is_the_link(secret):
        raise Http404
    form = FirstForm(request.POST or None, initial=_likely())
    if request.method == "POST" and form.is_valid():
        user = set_up(by=None, **form.cleaned_data)
        login(request, user, backend=BACKEND)
        return redirect("home")
    return render(request, "public/first.html", {"form": form}, status=422 if form.errors else 200)


def _likely() -> dict[str, Any]:
    places = tuple(settings.CLINIC.places)
    return {"zone": settings.TIME_ZONE, "place": places[0] if places else ""}
