"""Who is told when she is at risk (SR3), and her reminders: her own settings, without a reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.choices import tell_duty_person
from midcourse_web.care.actions.remind import reminders
from midcourse_web.care.policies.duty import on_duty, somebody_else
from midcourse_web.care.reading import current_episode
from midcourse_web.pages.check_in.who import who_is_told
from midcourse_web.pages.client.own import own


@login_required
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Choose between therapist and duty person. Nobody else sees this page or its answer."""
    client = own(request)
    episode = current_episode(client)
    other = somebody_else(episode) if episode else None
    if request.method == "POST":
        duty = request.POST.get("tell") == "duty"
        if not duty or other is not None:
            tell_duty_person(by=request.user, client=client, duty=duty)
            messages.info(request, _("Saved. Only you can see this."))
        return redirect("client:who")
    told = who_is_told(episode, on_duty(episode)) if episode else None
    page = {"client": client, "episode": episode, "other": other, "told": told}
    return render(request, "client/who.html", page)


@login_required
@require_POST
def reminders_switch(request: HttpRequest) -> HttpResponse:
    """Switch reminders on or off."""
    reminders(by=request.user, client=own(request), wanted=request.POST.get("wanted") == "yes")
    return redirect("client:who")
