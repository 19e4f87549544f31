"""Home, help now, language, and reporting a problem: for everybody."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.task import report_problem
from midcourse_web.care.engine.places import DANGER, help_for
from midcourse_web.pages.frame import ways
from midcourse_web.pages.public.check_up import is_offered
from midcourse_web.people.actions.language import speak
from midcourse_web.people.models import Clinic, Membership
from midcourse_web.people.standing import standing

Role = Membership.Role
FIRST_PAGES = (
    (Role.SUPERVISOR, "supervisor:cases"),
    (Role.MANAGER, "clinic:counts"),
    (Role.INTAKE, "clinic:waiting"),
)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send a person to the page they need first; strangers get the front door."""
    if not request.user.is_authenticated:
        return render(request, "public/welcome.html", {"open_check_up": is_offered()})
    where = standing(request.user)
    if where.has(Role.THERAPIST) or where.has(Role.COVER):
        return redirect("therapist:caseload")
    if where.client is not None:
        return redirect("client:home")
    if len(own := ways(request, where)) == 1:
        return redirect(own[0].url)
    for role, page in FIRST_PAGES:
        if where.has(role):
            return redirect(page)
    return render(request, "public/nothing_here.html")


@require_GET
def help_now(request: HttpRequest) -> HttpResponse:
    """Show who to call or text at once; before sign-in, without JavaScript, kept offline."""
    return render(request, "public/help_now.html", {"places": help_for(places_of(request))})


@require_GET
def danger(request: HttpRequest) -> HttpResponse:
    """Show where people in danger from somebody find help, with a quick way out (SR5); before sign-in too."""
    places = help_for(places_of(request), purposes=DANGER)
    response = render(request, "public/danger.html", {"places": places})
    response["Referrer-Policy"] = "strict-origin"
    return response


def places_of(request: HttpRequest) -> tuple[str, ...]:
    """Return the places whose contacts are shown: of the client's own clinic, else of this installation."""
    if request.user.is_authenticated and (client := standing(request.user).client) is not None:
        return (Clinic.objects.values_list("place", flat=True).get(clients=client),)
    return tuple(settings.CLINIC.places) or ("general",)


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Show help now where there is no connection."""
    return render(request, "public/offline.html", {"places": help_for(places_of(request))})


def nothing(request: HttpRequest, **_kwargs: str) -> HttpResponse:
    """Answer as an unknown address does."""
    raise Http404


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages in this browser, and of messages to whoever is signed in."""
    chosen = request.POST.get("language", "")
    response = redirect(request.POST.get("next") if request.POST.get("next", "").startswith("/") else "home")
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", secure=request.is_secure())
        if request.user.is_authenticated:
            speak(by=request.user, language=chosen)
    return response


@login_required
def problem(request: HttpRequest) -> HttpResponse:
    """Report a problem with this software to the people who run it here."""
    if request.method == "POST":
        report_problem(by=request.user, words=request.POST.get("words", ""))
        messages.info(request, _("Thank you. The people who run midcourse here have it now."))
        return redirect("home")
    return render(request, "public/problem.html")


@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own sign-in: password, second factors, sessions."""
    where = standing(request.user)
    treats = where.has(Role.THERAPIST) or where.has(Role.COVER)
    return render(request, "public/account.html", {"treats": treats})
