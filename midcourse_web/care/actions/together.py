"""What each side releases to the other, and asking to look at it together."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.care.actions.task import open_task
from midcourse_web.care.models import Episode, JointReview, ReleasedView, Task, TherapistView
from midcourse_web.people.models import User

MOST_WORDS = 500


@transaction.atomic
def release_view(
    *,
    by: User,
    episode: Episode,
    answers: Mapping[str, int],
    picks: tuple[str, ...] = (),
    felt: int | None = None,
    words: str = "",
) -> ReleasedView:
    """Share exactly these answers of a check-up with the therapist; what was shared before is replaced."""
    _withdraw(episode)
    view = ReleasedView.objects.create(
        episode=episode, answers=dict(answers), picks=list(picks), felt=felt, words=words[:MOST_WORDS]
    )
    record("view released", by=by, subject=view, client=episode.client, clinic=episode.clinic)
    return view


@transaction.atomic
def withdraw_view(*, by: User, episode: Episode) -> None:
    """Take back what was shared; it is shown to nobody from then on."""
    _withdraw(episode)
    record("view withdrawn", by=by, subject=episode, client=episode.client, clinic=episode.clinic)


def _withdraw(episode: Episode) -> None:
    ReleasedView.objects.filter(episode=episode, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )


@transaction.atomic
def keep_therapist_view(
    *, by: User, episode: Episode, answers: Mapping[str, int], released: Mapping[str, str]
) -> TherapistView:
    """Keep the therapist's answers, and the sentences the therapist has worded for the client."""
    kept = {name: text.strip()[:MOST_WORDS] for name, text in released.items() if text.strip()}
    view, _new = TherapistView.objects.update_or_create(
        episode=episode, defaults={"by": by, "answers": dict(answers), "released": kept}
    )
    record("therapist's view kept", by=by, subject=view, client=episode.client, clinic=episode.clinic)
    return view


@transaction.atomic
def ask_to_look_together(*, by: User, episode: Episode) -> JointReview:
    """Ask the other side to look at it together; asking again changes nothing."""
    going = _going(episode)
    if going is not None:
        return going
    review = JointReview.objects.create(episode=episode, asked_by=by)
    if by.pk == episode.client.user_id:
        open_task(
            by=by,
            clinic=episode.clinic,
            kind=Task.Kind.REVIEW,
            client=episode.client,
            for_person=episode.therapist,
            within_days=7,
        )
    record("joint review asked for", by=by, subject=review, client=episode.client, clinic=episode.clinic)
    return review


@transaction.atomic
def answer_invitation(*, by: User, review: JointReview, now: bool) -> JointReview:
    """Open a joint review that was asked for, or say "not now": no reason, and no trace but that."""
    review.state = JointReview.State.OPEN if now else JointReview.State.NOT_NOW
    review.save()
    verb = "joint review opened" if now else "joint review: not now"
    record(verb, by=by, subject=review, client=review.episode.client, clinic=review.episode.clinic)
    return review


@transaction.atomic
def say_about_reason(*, by: User, review: JointReview, reason: str, side: str, thinks: str) -> JointReview:
    """Note what one side thinks of a reason: fits, partly, or does not fit."""
    review = JointReview.objects.select_for_update().get(pk=review.pk)
    said = dict(review.agreed)
    said[reason] = {**said.get(reason, {}), side: thinks}
    review.agreed = said
    review.save()
    return review


@transaction.atomic
def finish(*, by: User, review: JointReview) -> JointReview:
    """Say that a joint review is done, and with it the request that led to it."""
    review.state, review.done_at = JointReview.State.DONE, timezone.now()
    review.save()
    asked = Task.objects.filter(client=review.episode.client, kind=Task.Kind.REVIEW, done_at__isnull=True)
    asked.update(done_at=timezone.now(), done_by=by)
    record(
        "joint review done", by=by, subject=review, client=review.episode.client, clinic=review.episode.clinic
    )
    return review


def _going(episode: Episode) -> JointReview | None:
    going = (JointReview.State.ASKED, JointReview.State.OPEN)
    return JointReview.objects.filter(episode=episode, state__in=going).first()
