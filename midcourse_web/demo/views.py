"""Signing in by one click as anybody of the invented cast."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.demo.cast import FRIEND, PASSWORD, STAFF, STORIES
from midcourse_web.people.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_GET
def cast(request: HttpRequest) -> HttpResponse:
    """Show everybody, and what to look for."""
    page = {"staff": STAFF, "stories": STORIES, "friend": FRIEND, "password": PASSWORD}
    return render(request, "demo/cast.html", page)


@require_POST
def sign_in_as(request: HttpRequest, name: str) -> HttpResponse:
    """Sign in as one of them."""
    user = get_object_or_404(User, email=f"{name}@example.org")
    login(request, user, backend=BACKEND)
    request.session["second_factor"] = True
    return redirect("home")
