"""Addresses of the pages of those who treat clients."""

from django.urls import path

from midcourse_web.pages.therapist import (
    cannot_help,
    caseload,
    check_ins,
    client,
    consult,
    glass,
    guides,
    key_in,
    own_work,
    people,
    prepare,
    prepared,
    profile,
    risk,
    safety,
    signal,
    view,
)

app_name = "therapist"
urlpatterns = [
    path("", caseload.caseload, name="caseload"),
    path("profile/", profile.profile, name="profile"),
    path("risk/<uuid:task_id>/", risk.risk, name="risk"),
    path("<uuid:client_id>/prepare/", prepare.prepare, name="prepare"),
    path("guides/", guides.guides, name="guides"),
    path("my-work/", own_work.own_work, name="own_work"),
    path("my-work/<uuid:entry_id>/drop/", own_work.drop, name="drop_training"),
    path("<uuid:client_id>/prepared/<uuid:task_id>/", prepared.answer, name="answer_request"),
    path("<uuid:client_id>/consult/", consult.consult, name="consult"),
    path("<uuid:client_id>/cannot-help/", cannot_help.cannot_help, name="cannot_help"),
    path("<uuid:client_id>/view/", view.view, name="view"),
    path("<uuid:client_id>/emergency/", glass.glass, name="glass"),
    path("<uuid:client_id>/give/", people.give, name="give"),
    path("<uuid:client_id>/invite/", people.invite, name="invite"),
    path("<uuid:client_id>/people/", people.people, name="people"),
    path("<uuid:client_id>/", client.client, name="client"),
    path("<uuid:client_id>/check-ins/", check_ins.check_ins, name="check_ins"),
    path("<uuid:client_id>/check-ins/ask/", check_ins.ask, name="ask"),
    path("<uuid:client_id>/check-ins/<uuid:schedule_id>/stop/", check_ins.stop, name="stop_asking"),
    path("<uuid:client_id>/check-ins/<uuid:check_in_id>/paper/", check_ins.paper, name="paper"),
    path("<uuid:client_id>/key-in/<slug:instrument>/", key_in.key_in, name="key_in"),
    path("<uuid:client_id>/sheets/<uuid:sheet_id>/", key_in.correct, name="correct"),
    path("<uuid:client_id>/sheets/<uuid:sheet_id>/wrong-client/", key_in.wrong, name="wrong_client"),
    path("<uuid:client_id>/signals/<uuid:signal_id>/", signal.move, name="signal"),
    path("<uuid:client_id>/safety-plan/", safety.plan, name="safety_plan"),
]
