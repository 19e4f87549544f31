"""The application's addresses, and the bare views they are measured against."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from midcourse_web.care.reading import courses_of, current_episode
from midcourse_web.config.demo_urls import handler403, urlpatterns
from midcourse_web.pages.parts.course import shown
from midcourse_web.people.models import Client

__all__ = ["handler403", "urlpatterns"]


@cache
def _page() -> dict[str, Any]:
    client = Client.objects.select_related("user").get(name="Ada")
    courses = courses_of(current_episode(client))
    return {"client": client, "courses": [shown(one, with_band=False) for one in courses], "with_band": False}


@login_required
def bare_course(request: HttpRequest) -> HttpResponse:
    """Fill the same template from what is there already: no query but the session's and the user's."""
    return render(request, "client/course.html", _page())


@login_required
def bare_answer(request: HttpRequest) -> HttpResponse:
    """Take the same form and send the browser on, without looking at it."""
    return redirect("client:home")


urlpatterns = [path("bare/course/", bare_course), path("bare/answer/", bare_answer), *urlpatterns]
