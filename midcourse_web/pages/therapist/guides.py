"""Five-minute guides for therapists, tied to reasons."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from midcourse_web.care.engine.check_up import titles
from midcourse_web.care.engine.guidance import guides as read_guides
from midcourse_web.care.engine.guidance import suggested
from midcourse_web.pages.parts.check_up import language
from midcourse_web.people.rules import permit


@login_required
@require_GET
def guides(request: HttpRequest) -> HttpResponse:
    """Show every guide, or those that go with one reason."""
    permit(request.user, "care.caseload")
    reason = request.GET.get("for", "")
    names = titles(language())
    if reason and reason not in names:
        raise Http404
    every = [each for one in read_guides("therapist", language()) for each in one.cards]
    cards = list(suggested([reason], "therapist", language())) if reason else every
    return render(request, "therapist/guides.html", {"cards": cards, "reason": names.get(reason, "")})
