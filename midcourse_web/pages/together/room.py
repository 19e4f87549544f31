"""One screen for both: how it goes, what each side has released, reasons, and the plan."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from midcourse_web.care.actions.looked import looked_at
from midcourse_web.care.actions.together import answer_invitation, ask_to_look_together, say_about_reason
from midcourse_web.care.engine.check_up import (
    ReviewShown,
    Side,
    client_questions,
    therapist_questions,
    titles,
    together,
)
from midcourse_web.care.facts import facts_of
from midcourse_web.care.models import Episode, JointReview, ReleasedView, SharedPlan, TherapistView
from midcourse_web.care.reading import courses_of
from midcourse_web.pages.parts.because import in_words
from midcourse_web.pages.parts.check_up import language
from midcourse_web.pages.parts.course import shown
from midcourse_web.people.rules import permit

THINKS = (("fits", _("This fits")), ("partly", _("Partly")), ("not", _("Does not fit")))
SIDES = ("client", "therapist")
STRENGTH = (_("not at all"), _("a little"), _("some"), _("a lot"), _("very much"))


def shared_episode(request: HttpRequest, episode_id: UUID) -> tuple[Episode, str]:
    """Return an episode for one of the two it belongs to, and which of the two is signed in."""
    rows = Episode.objects.select_related("client__clinic", "clinic", "therapist", "cover")
    episode = get_object_or_404(rows, pk=episode_id)
    permit(request.user, "care.together", episode.client)
    return episode, "client" if request.user.pk == episode.client.user_id else "therapist"


@login_required
@require_GET
def room(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the shared screen."""
    episode, side = shared_episode(request, episode_id)
    looked_at(by=request.user, client=episode.client, what="looked at the shared screen")
    review, released, therapist = review_of(episode)
    joint = episode.joint_reviews.first()
    page: dict[str, Any] = {
        "episode": episode,
        "side": side,
        "other": episode.therapist if side == "client" else episode.client.name,
        "joint": joint,
        "review": review,
        "reasons": _reasons(review, joint, therapist, episode.client.name),
        "client_said": _client_said(released),
        "therapist_said": _therapist_said(therapist),
        "courses": [shown(one, with_band=True) for one in courses_of(episode)],
        "plans": list(episode.plans.all()[:10]),
        "thinks": THINKS,
    }
    page["past"] = [one for one in page["plans"] if one.state in ("checked", "replaced")]
    page["plan"] = next((one for one in page["plans"] if one.state == SharedPlan.State.AGREED), None)
    page["draft"] = next((one for one in page["plans"] if one.state == SharedPlan.State.DRAFT), None)
    return render(request, "together/room.html", page)


def review_of(episode: Episode) -> tuple[ReviewShown, ReleasedView | None, TherapistView | None]:
    """Return the shared review and the two views it rests on: only what each side has released."""
    released = episode.released_views.filter(withdrawn_at__isnull=True).first()
    therapist = TherapistView.objects.filter(episode=episode).first()
    side = Side(
        client=dict(released.answers) if released else {},
        picks=tuple(released.picks) if released else (),
        therapist=dict(therapist.answers) if therapist else {},
        released=frozenset(therapist.released) if therapist else frozenset(),
        not_working=released is not None and released.felt is not None and released.felt <= 1,
    )
    return together(facts_of(episode, "shared"), side, language()), released, therapist


def _reasons(
    review: ReviewShown, joint: JointReview | None, therapist: TherapistView | None, name: str
) -> list[dict[str, Any]]:
    worded = therapist.released if therapist else {}
    said = joint.agreed if joint else {}
    words = dict(THINKS)
    return [
        {
            "reason": one,
            "because": in_words(one.because, worded, name),
            "client": words.get(said.get(one.id, {}).get("client", "")),
            "therapist": words.get(said.get(one.id, {}).get("therapist", "")),
        }
        for one in review.reasons
    ]


def _client_said(released: ReleasedView | None) -> dict[str, Any] | None:
    if released is None:
        return None
    questions = client_questions(language())
    return {
        "rows": [
            (questions[name].text, STRENGTH[value])
            for name, value in released.answers.items()
            if name in questions
        ],
        "picks": [titles(language())[one] for one in released.picks if one in titles(language())],
        "words": released.words,
        "felt": STRENGTH[released.felt] if released.felt is not None else None,
    }


def _therapist_said(view: TherapistView | None) -> list[tuple[str, str]]:
    if view is None:
        return []
    about = {one.id: one.why for one in therapist_questions(language())}
    return [(about.get(name, ""), words) for name, words in view.released.items()]


@login_required
@require_POST
def ask(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Ask the other side to look at it together."""
    episode, _side = shared_episode(request, episode_id)
    ask_to_look_together(by=request.user, episode=episode)
    return redirect("together:room", episode.pk)


@login_required
@require_POST
def answer(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Open it, or "not now": no reason is asked for."""
    episode, _side = shared_episode(request, episode_id)
    joint = episode.joint_reviews.filter(state__in=(JointReview.State.ASKED, JointReview.State.OPEN)).first()
    if joint is not None:
        answer_invitation(by=request.user, review=joint, now=request.POST.get("now") == "yes")
    return redirect("together:room", episode.pk)


@login_required
@require_POST
def reason(request: HttpRequest, episode_id: UUID, reason: str) -> HttpResponse:
    """Note what one side thinks of a reason; the client can only speak for herself."""
    episode, side = shared_episode(request, episode_id)
    who, _dot, thinks = request.POST.get("thinks", "").partition(":")
    joint = episode.joint_reviews.filter(state=JointReview.State.OPEN).first()
    may = who in SIDES and (side == "therapist" or who == "client")
    if joint is not None and may and thinks in dict(THINKS) and reason in titles("en"):
        say_about_reason(by=request.user, review=joint, reason=reason, side=who, thinks=thinks)
    return redirect(f"{request.path.split('reason/')[0]}#{reason}")
