"""Finding the words: a list she puts together, keeps to herself, prints, or shares exactly as chosen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from midcourse_web.care.actions.request import share_words, take_words_back
from midcourse_web.care.engine.guidance import guide
from midcourse_web.care.models import PreparedNote
from midcourse_web.care.reading import current_episode
from midcourse_web.pages.client.own import own
from midcourse_web.pages.parts.check_up import language
from midcourse_web.people.models import Client
from midcourse_web.people.receivers import keeps_nothing
from midcourse_web.private.actions.concern import KeptNowhere, write_note


@login_required
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Show openers and questions to choose from, and take the list; nothing goes anywhere by itself."""
    client = own(request)
    if request.method == "POST":
        return _composed(request, client)
    return render(request, "client/words.html", _page(client))


def _page(client: Client) -> dict[str, Any]:
    episode = current_episode(client)
    shared = PreparedNote.objects.filter(episode=episode, withdrawn_at__isnull=True) if episode else ()
    return {
        "cards": guide("words", language()).cards,
        "episode": episode,
        "shared": shared,
        "nothing_kept": keeps_nothing(client),
    }


def _composed(request: HttpRequest, client: Client) -> HttpResponse:
    wanted = set(request.POST.getlist("line"))
    every = [line for one in guide("words", language()).cards for line in one.lines]
    lines = [text for name, text in every if name in wanted]
    own_words = request.POST.get("own", "").strip()[:2000]
    text = "\n".join([*lines, own_words] if own_words else lines)
    if not text:
        messages.warning(request, _("Choose or write a few words first."))
        return redirect("client:words")
    what = request.POST.get("do", "print")
    if what == "print":
        page = {"lines": text.split("\n"), "today": timezone.localdate()}
        return render(request, "client/words_print.html", page)
    if what == "keep":
        return _kept(request, client, text)
    episode = current_episode(client)
    if episode is not None:
        share_words(by=request.user, episode=episode, text=text)
        messages.info(request, _("Shared. Your therapist sees exactly this before the next session."))
    return redirect("client:words")


def _kept(request: HttpRequest, client: Client, text: str) -> HttpResponse:
    try:
        write_note(by=request.user, client=client, text=text)
    except KeptNowhere as why:
        messages.warning(request, str(why))
        return redirect("client:words")
    messages.info(request, _("Kept with your notes. Nobody else can open them."))
    return redirect("private:home")


@login_required
@require_POST
def take_back(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Take shared words back."""
    client = own(request)
    note = get_object_or_404(
        PreparedNote.objects.select_related("episode__client", "episode__clinic"),
        pk=note_id,
        episode__client=client,
    )
    take_words_back(by=request.user, note=note)
    messages.info(request, _("Taken back. Your therapist sees it no more."))
    return redirect("client:words")
