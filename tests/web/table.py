"""Who may open what: one row for each address of the application. tests/web/test_permissions.py walks it.

Longer than 400 lines because it is one table, to be read as one.

To add a row: put `"app_name:name": Row(who)` into the section of its audience. `who` is a set of first
names of the cast (below are the usual sets; `|`, `-` and `&` join them); everybody not named must be
answered with 403, 404 or the sign-in page. Where the address holds an id, give `at=` a function from the
cast to the ids (it may make what it needs: `open_check_in`). A page that only takes a POST needs
`post={...}`; the walk undoes what a POST writes. Nobody's second factor stands in the way here.

    "therapist:plan": Row(TREATS_ADA | {"sue"}, at=of_ada),
    "therapist:plan_save": Row(TREATS_ADA, at=of_ada, post={"words": "x"}),
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.actions.goal import add_goal
from midcourse_web.care.actions.homework import Task as HomeworkTask
from midcourse_web.care.actions.homework import set_homework
from midcourse_web.care.actions.key_in import key_in
from midcourse_web.care.actions.link import make_link
from midcourse_web.care.actions.own import keep_event, keep_medicine
from midcourse_web.care.actions.own_work import ask_supervisor, note_training
from midcourse_web.care.actions.release import give_release
from midcourse_web.care.actions.request import ask_for_longer_session, ask_for_somebody_else, share_words
from midcourse_web.care.actions.schedule import ask_every
from midcourse_web.care.actions.session import book
from midcourse_web.care.actions.task import open_task
from midcourse_web.care.models import CheckIn, RiskTask
from midcourse_web.people.actions.duty import put_on_duty
from midcourse_web.people.actions.invite import invite
from midcourse_web.people.models import Leave, TherapistProfile
from midcourse_web.private.actions.check_up import begin, keep
from midcourse_web.private.actions.concern import keep_concern, send, write_note
from midcourse_web.private.actions.entry import keep_entry
from midcourse_web.private.held import Held
from tests.web.cast import Cast

Ids = Callable[[Cast], dict[str, Any]]

OUT = "signed out"
CLIENTS = {"ada", "ben", "cleo"}
STAFF = {"tom", "tara", "sue", "cora", "mia", "ida", "otto", "rea", "max", "solo", "eve"}
SIGNED_IN = CLIENTS | STAFF | {"gus", "tess", "nobody"}
EVERYBODY = SIGNED_IN | {OUT}
NOBODY: set[str] = set()  # an address of the sign-in library that is not offered

TREATS = {"tom", "tara", "cora", "max", "solo", "eve"}  # roles of therapist and cover, in any clinic
SUPERVISORS = {"sue", "solo", "eve"}
MANAGERS = {"mia", "max", "solo", "eve"}
INTAKE = {"ida", "solo", "eve"}
ADMINISTRATORS = {"otto", "solo", "eve"}
RECEIVERS = {"rea", "solo", "eve"}
OF_OTTO = {"otto"}  # what an administrator does about one person of his clinic
BROOK = SIGNED_IN - {"solo", "eve", "nobody"}  # those who have to do with Ada's clinic

TREATS_ADA = {"tom", "cora"}  # her therapist, and who covers for him today
SHARED_WITH = {"gus", "tess"}  # with whom Ada shares her progress and her appointments


@dataclass(frozen=True)
class Row:
    """Who may open one address; `at` gives the ids in it, `post` what to send where a GET says nothing."""

    who: set[str]
    at: Ids = lambda cast: {}
    post: dict[str, Any] | None = None


def of_ada(cast: Cast) -> dict[str, Any]:
    """Return Ada's id, for an address that holds `client_id`."""
    return {"client_id": cast.clients["ada"].pk}


def open_check_in(cast: Cast) -> dict[str, Any]:
    """Make a check-in due for Ada."""
    now = timezone.now()
    return {"check_in_id": _check_in(cast, now).pk}


def risk_check_in(cast: Cast) -> dict[str, Any]:
    """Make a check-in in which Ada gave a worrying answer."""
    return {"check_in_id": _worrying(cast).pk}


def risk_task(cast: Cast) -> dict[str, Any]:
    """Make a risk alert about Ada, for Tom."""
    return {"task_id": RiskTask.objects.get(sheet__check_in=_worrying(cast)).pk}


def adas_episode(cast: Cast) -> dict[str, Any]:
    """Return the id of Ada's episode."""
    return {"episode_id": cast.episodes["ada"].pk}


def adas_intake(cast: Cast) -> dict[str, Any]:
    """Return the address of a step of Ada's intake."""
    return adas_episode(cast) | {"step": "concerns"}


def adas_session(cast: Cast) -> dict[str, Any]:
    """Book a session for Ada."""
    at = timezone.now() + timedelta(days=3)
    return {"session_id": book(by=cast.tom, episode=cast.episodes["ada"], starts_at=at).pk}


def adas_goal(cast: Cast) -> dict[str, Any]:
    """Write down a goal of Ada's."""
    return {"goal_id": add_goal(by=cast.ada, episode=cast.episodes["ada"], words="See friends").pk}


def adas_homework(cast: Cast) -> dict[str, Any]:
    """Set something for Ada to try."""
    task = HomeworkTask(what="Call Jo")
    return {"homework_id": set_homework(by=cast.tom, episode=cast.episodes["ada"], task=task).pk}


def adas_medicine(cast: Cast) -> dict[str, Any]:
    """Keep a note of Ada's on a medicine."""
    return {"note_id": keep_medicine(by=cast.ada, client=cast.clients["ada"], name="Sertraline").pk}


def adas_event(cast: Cast) -> dict[str, Any]:
    """Keep an event of Ada's life."""
    day = timezone.localdate()
    event = keep_event(by=cast.ada, client=cast.clients["ada"], on=day, words="Moved", shared=False)
    return {"event_id": event.pk}


def adas_release(cast: Cast) -> dict[str, Any]:
    """Let Ada share her plan with somebody."""
    ends = timezone.localdate() + timedelta(days=30)
    release = give_release(by=cast.ada, client=cast.clients["ada"], to="My doctor", scope=["plan"], ends=ends)
    return {"release_id": release.pk}


def brooks_task(cast: Cast) -> dict[str, Any]:
    """Open a task at Ada's clinic."""
    return {"task_id": open_task(by=None, clinic=cast.clinic, kind="silent", client=cast.clients["ada"]).pk}


def second_steps(cast: Cast) -> dict[str, Any]:
    """Give everybody an authenticator app and recovery codes, for pages about them; no id."""
    for person in cast.people.values():
        TOTP.activate(person, generate_totp_secret())
        RecoveryCodes.activate(person)
    return {}


def adas_key(cast: Cast) -> dict[str, Any]:
    """Give Ada a passkey."""
    kind = Authenticator.Type.WEBAUTHN
    return {"pk": Authenticator.objects.create(user=cast.ada, type=kind, data={"name": "phone"}).pk}


def own_check_up(cast: Cast) -> dict[str, Any]:
    """Begin a check-up for each client, answered far enough to show its result; no id."""
    for name in sorted(CLIENTS):
        client = cast.clients[name]
        begun = begin(by=cast.people[name], client=client, episode=cast.episodes[name].pk)
        keep(by=cast.people[name], check_up=begun, held=Held(step="safety", felt=1, self_harm=1))
    return {}


def adas_concern(cast: Cast) -> dict[str, Any]:
    """Let Ada keep a concern and send it to Rea."""
    one = keep_concern(by=cast.ada, client=cast.clients["ada"], text="x")
    send(by=cast.ada, client=cast.clients["ada"], concern=one, to=cast.rea)
    return {"concern_id": one.pk}


def adas_entry(cast: Cast) -> dict[str, Any]:
    """Let Ada fill in a sheet."""
    given = {"sleep-bad": "1"}
    return {"entry_id": keep_entry(by=cast.ada, client=cast.clients["ada"], tool="sleep", values=given).pk}


def adas_note(cast: Cast) -> dict[str, Any]:
    """Let Ada keep a private note."""
    return {"note_id": write_note(by=cast.ada, client=cast.clients["ada"], text="x").pk}


def together(cast: Cast) -> dict[str, Any]:
    """Return Ada's episode, for an address of the shared screen."""
    return {"episode_id": cast.episodes["ada"].pk}


def toms_leave(cast: Cast) -> dict[str, Any]:
    """Enter days away for Tom."""
    given = {"clinic": cast.clinic, "begins": timezone.localdate(), "cover": cast.cora}
    return {"leave_id": Leave.objects.create(therapist=cast.tom, **given).pk}


def toms_profile(cast: Cast) -> dict[str, Any]:
    """Make a profile for Tom."""
    return {"profile_id": TherapistProfile.objects.create(user=cast.tom).pk}


def sues_supervision(cast: Cast) -> dict[str, Any]:
    """Return the id of Sue's supervision of Tom."""
    return {"supervision_id": cast.sue.supervises.get().pk}


def tess_tie(cast: Cast) -> dict[str, Any]:
    """Return the id of Tess's tie to Ada."""
    return {"tie_id": cast.tess.relationships.get().pk}


def adas_invitation(cast: Cast) -> dict[str, Any]:
    """Let Ada invite a friend."""
    given = {"role": "trusted", "name": "Fay", "email": "fay@example.org", "client": cast.clients["ada"]}
    return {"invitation_id": invite(by=cast.ada, clinic=cast.clinic, **given)[0].pk}


def idas_role(cast: Cast) -> dict[str, Any]:
    """Return the id of Ida's role."""
    return {"membership_id": cast.ida.memberships.get().pk}


def invitation_to_tara(cast: Cast) -> dict[str, Any]:
    """Invite Tara to be a supervisor too."""
    return {"invitation_id": _invited(cast)[0].pk}


def link_for_tara(cast: Cast) -> dict[str, Any]:
    """Invite Tara to be a supervisor too, and return the link's secret."""
    return {"secret": _invited(cast)[1]}


def _invited(cast: Cast) -> Any:
    return invite(by=cast.otto, clinic=cast.clinic, role="supervisor", name="Tara", email="tara@example.org")


def _check_in(cast: Cast, now: Any) -> CheckIn:
    return CheckIn.objects.create(
        episode=cast.episodes["ada"],
        instruments=["phq-9"],
        due_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=6),
    )


def _worrying(cast: Cast) -> CheckIn:
    check_in = _check_in(cast, timezone.now())
    given = {"phq-9": {f"phq9-{n}": 2 for n in range(1, 11)}}
    record_check_in(by=cast.ada, check_in=check_in, given=given, mode="signed in")
    return check_in


def adas_link(cast: Cast) -> dict[str, Any]:
    """Make a link to a check-in of Ada's."""
    return {"token": make_link(by=None, check_in=_check_in(cast, timezone.now()))}


def adas_sheet(cast: Cast) -> dict[str, Any]:
    """Make a sheet that Ada answered."""
    return {"sheet_id": _worrying(cast).sheets.get().pk}


def adas_paper(cast: Cast) -> dict[str, Any]:
    """Make a sheet that Tom keyed in for Ada."""
    episode, key = cast.episodes["ada"], str(timezone.now())
    given: dict[str, int | None] = {f"phq9-{n}": 0 for n in range(1, 11)}
    today = timezone.localdate()
    done = key_in(by=cast.tom, episode=episode, instrument="phq-9", answers=given, on=today, key=key)
    return of_ada(cast) | {"sheet_id": done.sheets[0].pk}


def adas_signal(cast: Cast) -> dict[str, Any]:
    """Make a sheet, and with it a signal, of Ada's."""
    adas_paper(cast)
    return of_ada(cast) | {"signal_id": cast.episodes["ada"].signals.first().pk}


def adas_schedule(cast: Cast) -> dict[str, Any]:
    """Make something that is asked of Ada each session."""
    made = ask_every(by=cast.tom, episode=cast.episodes["ada"], instrument="phq-9", every="session")
    return of_ada(cast) | {"schedule_id": made.pk}


def adas_request(cast: Cast) -> dict[str, Any]:
    """Let Ada ask for somebody else."""
    return {"task_id": ask_for_somebody_else(by=cast.ada, client=cast.clients["ada"]).pk}


def adas_longer(cast: Cast) -> dict[str, Any]:
    """Let Ada ask for a longer session."""
    return of_ada(cast) | {"task_id": ask_for_longer_session(by=cast.ada, episode=cast.episodes["ada"]).pk}


def adas_words(cast: Cast) -> dict[str, Any]:
    """Let Ada share words with her therapist."""
    return {"note_id": share_words(by=cast.ada, episode=cast.episodes["ada"], text="x").pk}


def toms_training(cast: Cast) -> dict[str, Any]:
    """Let Tom note a training."""
    return {"entry_id": note_training(by=cast.tom, on=timezone.localdate(), what="x").pk}


def toms_question(cast: Cast) -> dict[str, Any]:
    """Let Tom ask Sue about a case."""
    return {
        "one_id": ask_supervisor(by=cast.tom, to=cast.sue, clinic=cast.clinic, question="x", sheet="x").pk
    }


def switched_on(cast: Cast) -> dict[str, Any]:
    """Let Brook House offer the check-up without a clinic; no id."""
    cast.clinic.public_check_up = True
    cast.clinic.save()
    return {}


def taras_turn(cast: Cast) -> dict[str, Any]:
    """Put Tara on duty today."""
    now = timezone.now()
    until = now + timedelta(hours=8)
    return {
        "turn_id": put_on_duty(by=cast.mia, clinic=cast.clinic, person=cast.tara, begins=now, ends=until).pk
    }


PUBLIC = {
    "first": Row(set(), at=lambda cast: {"secret": "used"}),  # works only while there is nobody
    "favicon": Row(EVERYBODY),
    "home": Row(EVERYBODY),
    "danger": Row(EVERYBODY),
    "go": Row(EVERYBODY, at=adas_link),
    "go_answer": Row(set()),  # only with a grant from a link; everybody else: 404
    "go_safe": Row(EVERYBODY, post={"safe": "yes"}),  # without a grant it leads to help now
    "go_thanks": Row(set()),
    "kiosk": Row(EVERYBODY),
    "kiosk_confirm": Row(EVERYBODY, post={"me": "yes"}),  # without a grant it leads to the first page
    "kiosk_answer": Row(EVERYBODY),
    "kiosk_safe": Row(EVERYBODY, post={"safe": "yes"}),
    "kiosk_thanks": Row(EVERYBODY),
    "help_now": Row(EVERYBODY),
    "offline": Row(EVERYBODY),
    "service_worker": Row(EVERYBODY),
    "invitation": Row(EVERYBODY, at=link_for_tara),  # who has the link; accepting asks for more
    "language": Row(EVERYBODY, post={"language": "es"}),
    "open_switch": Row(MANAGERS | ADMINISTRATORS),
    "open:start": Row(EVERYBODY, at=switched_on),
    "open:ask": Row(EVERYBODY, at=switched_on, post={"begin": "yes", "place": "ie"}),
    "open:sheet": Row(EVERYBODY, post={"carried": ""}),
    "open:help": Row(EVERYBODY),
    "problem": Row(SIGNED_IN),
    "account": Row(SIGNED_IN),
}

# The sign-in library's pages. Those that change something ask for the password again first.
SIGN_IN = {
    "not_offered": Row(NOBODY),
    "account_login": Row(EVERYBODY),
    "account_logout": Row(EVERYBODY),
    "account_inactive": Row(EVERYBODY),
    "account_signup": Row(NOBODY),
    "account_reauthenticate": Row(SIGNED_IN),
    "account_request_reauthentication_code": Row(NOBODY),
    "account_confirm_reauthentication_code": Row(NOBODY),
    "account_email": Row(NOBODY),
    "account_email_verification_sent": Row(NOBODY),
    "account_confirm_email": Row(NOBODY, at=lambda cast: {"key": "no-such-key"}),
    "account_change_password": Row(SIGNED_IN),
    "account_set_password": Row(NOBODY),
    "account_reset_password": Row(EVERYBODY),
    "account_reset_password_done": Row(EVERYBODY),
    "account_reset_password_from_key": Row(EVERYBODY, at=lambda cast: {"uidb36": "1", "key": "none"}),
    "account_reset_password_from_key_done": Row(EVERYBODY),
    "account_confirm_login_code": Row(NOBODY),
    "mfa_index": Row(SIGNED_IN),
    "mfa_authenticate": Row(EVERYBODY),
    "mfa_reauthenticate": Row(SIGNED_IN),
    "mfa_activate_totp": Row(SIGNED_IN),
    "mfa_deactivate_totp": Row(SIGNED_IN, at=second_steps),
    "mfa_view_recovery_codes": Row(SIGNED_IN, at=second_steps),
    "mfa_generate_recovery_codes": Row(SIGNED_IN),
    "mfa_download_recovery_codes": Row(SIGNED_IN, at=second_steps),
    "mfa_list_webauthn": Row(SIGNED_IN),
    "mfa_add_webauthn": Row(SIGNED_IN),
    "mfa_reauthenticate_webauthn": Row(SIGNED_IN),
    "mfa_remove_webauthn": Row({"ada"}, at=adas_key),
    "mfa_edit_webauthn": Row({"ada"}, at=adas_key),
    "mfa_login_webauthn": Row(EVERYBODY),
    "usersessions_list": Row(SIGNED_IN),
}

CLIENT = {
    "client:asked": Row({"ada"}, at=adas_session, post={"what": "move"}),
    "client:back": Row(CLIENTS, post={"back": "yes"}),
    "client:calendar": Row({"ada"}, at=adas_session),
    "client:consent": Row(CLIENTS, at=lambda cast: {"part": "care"}, post={"do": "give"}),
    "client:event": Row({"ada"}, at=adas_event, post={"do": "drop"}),
    "client:items": Row(CLIENTS),
    "client:leave": Row(CLIENTS),
    "client:medicine": Row({"ada"}, at=adas_medicine),
    "client:medicine_gone": Row({"ada"}, at=adas_medicine, post={"sure": "yes"}),
    "client:new_medicine": Row(CLIENTS),
    "client:note": Row({"ada"}, at=adas_sheet),
    "client:notes": Row(CLIENTS),
    "client:sessions": Row(CLIENTS),
    "client:sharing": Row(CLIENTS),
    "client:withdraw": Row({"ada"}, at=adas_release, post={"sure": "yes"}),
    "client:check_in": Row({"ada"}, at=open_check_in),
    "client:check_up": Row(CLIENTS),
    "client:check_up_ask": Row(CLIENTS, at=own_check_up),
    "client:check_up_aside": Row(
        CLIENTS, at=lambda cast: own_check_up(cast) | {"reason": "stigma"}, post={"x": ""}
    ),
    "client:check_up_delete": Row(CLIENTS, at=lambda cast: {"check_up_id": uuid4()}, post={"x": ""}),
    "client:check_up_help": Row(CLIENTS, at=lambda cast: own_check_up(cast) | {"about": "harm"}),
    "client:check_up_result": Row(CLIENTS, at=own_check_up),
    "client:check_up_share": Row(CLIENTS, at=own_check_up),
    "client:check_up_take_back": Row(CLIENTS, post={"x": ""}),
    "client:check_up_together": Row(CLIENTS, post={"x": ""}),
    "client:answers": Row(CLIENTS),
    "client:correct": Row({"ada"}, at=adas_sheet),
    "client:decline": Row({"ada"}, at=open_check_in, post={"go": "no"}),
    "client:reminders": Row(CLIENTS, post={"wanted": "no"}),
    "client:safety_plan": Row(CLIENTS),
    "client:safety_plan_change": Row(CLIENTS),
    "client:who": Row(CLIENTS),
    "client:course": Row(CLIENTS),
    "client:options": Row(CLIENTS),
    "client:decide": Row(CLIENTS),
    "client:option": Row(CLIENTS, at=lambda cast: {"way": "kind"}),
    "client:option_again": Row(CLIENTS, post={"x": ""}),
    "client:longer": Row(CLIENTS, post={"x": ""}),
    "client:request_back": Row({"ada"}, at=adas_request, post={"x": ""}),
    "client:words": Row(CLIENTS),
    "client:words_back": Row({"ada"}, at=adas_words, post={"x": ""}),
    "client:library": Row(CLIENTS),
    "client:questions": Row(CLIENTS),
    "client:for_reason": Row(CLIENTS, at=lambda cast: {"reason": "stigma"}),
    "client:card": Row(CLIENTS, at=lambda cast: {"name": "sheet-triggers"}),
    "client:shelf": Row(CLIENTS, at=lambda cast: {"name": "education"}),
    "client:who_sees": Row(CLIENTS),
    "client:ask_right": Row(CLIENTS, post={"x": ""}),
    "client:home": Row(CLIENTS),
    "client:safe_now": Row({"ada"}, at=risk_check_in, post={"safe": "yes"}),
    "client:everything": Row(CLIENTS),
    "client:everything_file": Row(CLIENTS, at=lambda cast: {"kind": "json"}),
    "client:looked": Row(CLIENTS),
    "client:people": Row(CLIENTS),
    "client:team": Row(CLIENTS),
    "client:shares": Row({"ada"}, at=tess_tie, post={"shares": "plan"}),
    "client:uninvite": Row({"ada"}, at=adas_invitation, post={}),
    "client:scores": Row(CLIENTS, post={"show": "yes"}),
    "client:tool": Row(CLIENTS, at=lambda cast: {"name": "sleep"}),
    "client:tool_delete": Row({"ada"}, at=adas_entry, post={"x": ""}),
    "client:tool_print": Row(CLIENTS, at=lambda cast: {"name": "sleep"}),
    "client:tool_share": Row({"ada"}, at=adas_entry, post={"x": ""}),
    "client:tools": Row(CLIENTS),
    "client:thanks": Row({"ada"}, at=risk_check_in),
}

PRIVATE = {  # to everybody but a client these are addresses where nothing is
    "private:concern": Row({"ada"}, at=adas_concern),
    "private:delete": Row({"ada"}, at=adas_concern, post={"x": ""}),
    "private:delete_note": Row({"ada"}, at=adas_note, post={"x": ""}),
    "private:home": Row(CLIENTS),
    "private:look": Row(CLIENTS),
    "private:may_tell": Row({"ada"}, at=adas_concern, post={"may": "no"}),
    "private:note": Row(CLIENTS, post={"text": "x"}),
    "private:send": Row({"ada"}, at=adas_concern, post={"to": ""}),
    "private:withdraw": Row({"ada"}, at=adas_concern, post={"x": ""}),
    "private:write": Row(CLIENTS),
}

THERAPIST = {
    "therapist:ask": Row(TREATS_ADA, at=of_ada, post={"instrument": "phq-9", "every": "session"}),
    "therapist:check_ins": Row(TREATS_ADA, at=of_ada),
    "therapist:correct": Row(TREATS_ADA, at=adas_paper),
    "therapist:key_in": Row(TREATS_ADA, at=lambda cast: of_ada(cast) | {"instrument": "phq-9"}),
    "therapist:paper": Row(TREATS_ADA, at=lambda cast: of_ada(cast) | open_check_in(cast), post={"a": "b"}),
    "therapist:safety_plan": Row(TREATS_ADA, at=of_ada),
    "therapist:signal": Row(TREATS_ADA, at=adas_signal, post={"stage": "seen"}),
    "therapist:stop_asking": Row(TREATS_ADA, at=adas_schedule, post={"a": "b"}),
    "therapist:wrong_client": Row(TREATS_ADA, at=adas_paper),
    "therapist:answers": Row(TREATS_ADA, at=of_ada),
    "therapist:background": Row(TREATS_ADA | {"sue"}, at=of_ada),
    "therapist:ended": Row(TREATS_ADA, at=of_ada, post={"by": "both"}),
    "therapist:sessions": Row(TREATS_ADA | {"sue"}, at=of_ada),
    "therapist:settled": Row(
        TREATS_ADA, at=adas_session, post={"attendance": "client cancelled", "version": "1"}
    ),
    "therapist:summary": Row(TREATS_ADA | {"sue"}, at=of_ada),
    "therapist:caseload": Row(TREATS),
    "therapist:client": Row(TREATS_ADA | {"sue"}, at=of_ada),
    "therapist:give": Row(TREATS_ADA | {"ida"}, at=of_ada),
    "therapist:invite": Row(TREATS_ADA, at=of_ada, post={}),
    "therapist:people": Row(TREATS_ADA | {"sue"}, at=of_ada),
    "therapist:profile": Row(TREATS),
    "therapist:glass": Row((TREATS | SUPERVISORS) - {"solo", "eve"}, at=of_ada),
    "therapist:prepare": Row(TREATS_ADA, at=of_ada),
    "therapist:risk": Row(TREATS_ADA | {"sue"}, at=risk_task),
    "therapist:guides": Row(TREATS),
    "therapist:own_work": Row(TREATS),
    "therapist:drop_training": Row({"tom"}, at=toms_training, post={"x": ""}),
    "therapist:answer_request": Row(TREATS_ADA, at=adas_longer, post={"words": "x"}),
    "therapist:consult": Row(TREATS_ADA, at=of_ada),
    "therapist:cannot_help": Row(TREATS_ADA, at=of_ada),
    "therapist:view": Row(TREATS_ADA, at=of_ada),
}

SUPERVISOR = {
    "consult:questions": Row(SUPERVISORS),
    "consult:question": Row({"sue"}, at=toms_question),
    "supervisor:cases": Row(SUPERVISORS),
}

CLINIC: dict[str, Row] = {
    "clinic:address": Row(OF_OTTO, at=lambda cast: {"person_id": cast.tom.pk}, post={"email": "t@x.org"}),
    "clinic:audit": Row(MANAGERS),
    "clinic:back": Row({"tom", "mia", "max"}, at=toms_leave, post={}),
    "clinic:check_licence": Row({"otto", "mia", "max"}, at=toms_profile, post={"on": "2026-01-01"}),
    "clinic:departure": Row({"mia", "max"}, at=lambda cast: {"person_id": cast.tom.pk}),
    "clinic:end_supervision": Row({"mia", "max"}, at=sues_supervision, post={}),
    "clinic:duty": Row(MANAGERS | ADMINISTRATORS),
    "clinic:off_duty": Row({"mia", "max", "otto"}, at=taras_turn, post={}),
    "clinic:leave": Row(TREATS | MANAGERS),
    "clinic:licences": Row(MANAGERS | ADMINISTRATORS),
    "clinic:supervision": Row(MANAGERS),
    "clinic:end_role": Row(OF_OTTO, at=idas_role, post={}),
    "clinic:people": Row(ADMINISTRATORS),
    "clinic:person": Row(OF_OTTO, at=lambda cast: {"person_id": cast.tom.pk}, post={"what": "reset"}),
    "clinic:uninvite": Row(OF_OTTO, at=invitation_to_tara, post={}),
    "clinic:add": Row(INTAKE),
    "clinic:choose": Row({"ida"}, at=adas_episode),
    "clinic:counts": Row(MANAGERS),
    "clinic:task_done": Row({"mia", "max", "ida"}, at=brooks_task, post={"words": "rang"}),
    "clinic:tasks": Row(MANAGERS | INTAKE),
    "clinic:waiting": Row(INTAKE),
}

RECEIVER = {
    "receiver:inbox": Row(RECEIVERS),
    "receiver:concern": Row({"rea"}, at=adas_concern),
}

SHARED = {  # guardian, trusted person, the shared screen
    "together:agree": Row({"ada"} | TREATS_ADA, at=together, post={"version": "0"}),
    "together:answer": Row({"ada"} | TREATS_ADA, at=together, post={"now": "no"}),
    "together:ask": Row({"ada"} | TREATS_ADA, at=together, post={"x": ""}),
    "together:check": Row({"ada"} | TREATS_ADA, at=together, post={"x": ""}),
    "together:plan": Row({"ada"} | TREATS_ADA, at=together),
    "together:print": Row({"ada"} | TREATS_ADA, at=together),
    "together:reason": Row(
        {"ada"} | TREATS_ADA, at=lambda cast: together(cast) | {"reason": "stigma"}, post={"thinks": ""}
    ),
    "together:room": Row({"ada"} | TREATS_ADA, at=together),
    "record:agreed": Row({"ada"} | TREATS_ADA, at=adas_episode),
    "record:changes": Row({"ada"} | TREATS_ADA, at=adas_episode),
    "record:goal": Row({"ada"} | TREATS_ADA, at=adas_goal),
    "record:intake": Row({"ada", "ida"} | TREATS_ADA, at=adas_intake),
    "record:new_goal": Row({"ada"} | TREATS_ADA, at=adas_episode),
    "record:new_practice": Row({"ada"} | TREATS_ADA, at=adas_episode),
    "record:practice": Row({"ada"} | TREATS_ADA, at=adas_homework),
    "record:rate": Row({"ada"} | TREATS_ADA, at=adas_goal, post={"value": "5"}),
    "record:tell": Row({"ada"} | TREATS_ADA, at=adas_homework),
}

NEAR = {
    "near:client": Row(SHARED_WITH, at=of_ada),
    "near:home": Row(SHARED_WITH),
    "near:part": Row(SHARED_WITH, at=lambda cast: of_ada(cast) | {"name": "progress"}),
    "near:stop": Row(SHARED_WITH, at=of_ada, post={}),
}

TABLE = NEAR | PUBLIC | SIGN_IN | CLIENT | PRIVATE | THERAPIST | SUPERVISOR | CLINIC | RECEIVER | SHARED
