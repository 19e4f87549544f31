"""The page behind an invitation's link: a look spends nothing, a POST accepts it once."""

from typing import Any

from django import forms
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from midcourse_web.pages.public.first import BACKEND
from midcourse_web.people.actions.invite import accept, open_invitation
from midcourse_web.people.models import Invitation, Membership, User


class AcceptForm(forms.Form):
    """A name and a password."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("A password of 12 characters or more"),
        help_text=_("Three or four words that do not belong together are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what the invitation is for, and take it."""
    found = open_invitation(secret=secret)
    if found is None:
        return render(request, "public/no_invitation.html", status=404)
    known = User.objects.filter(email__iexact=found.email).first()
    form = None if known else AcceptForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return _accepted(request, secret, form)
        except ValidationError as why:
            form.add_error("password", why)
        except ValueError as why:
            return render(
                request, "public/invitation.html", _page(request, found, known, form) | {"wrong": why}
            )
    page = _page(request, found, known, form)
    return render(request, "public/invitation.html", page, status=422 if form and form.errors else 200)


def _page(request: HttpRequest, found: Invitation, known: User | None, form: Any) -> dict[str, Any]:
    mine = known is not None and request.user.is_authenticated and request.user.pk == known.pk
    role = dict(Membership.Role.choices).get(found.role, "")
    return {"found": found, "form": form, "known": known, "mine": mine, "role": role}


def _accepted(request: HttpRequest, secret: str, form: AcceptForm | None) -> HttpResponse:
    by = request.user if request.user.is_authenticated else None
    given = form.cleaned_data if form is not None else {}
    user = accept(by=by, secret=secret, **given)
    if form is not None:
        login(request, user, backend=BACKEND)
    return redirect("home")
