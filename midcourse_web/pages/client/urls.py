"""Addresses of the client's pages."""

from django.urls import path

from midcourse_web.pages.client import (
    check_in,
    check_up,
    everything,
    home,
    looked,
    people,
    safety,
    sheets,
    team,
    who,
)

app_name = "client"
urlpatterns = [
    path("", home.home, name="home"),
    path("check-in/<uuid:check_in_id>/", check_in.answer, name="check_in"),
    path("check-in/<uuid:check_in_id>/thanks/", check_in.thanks, name="thanks"),
    path("check-in/<uuid:check_in_id>/safe/", check_in.safe_now, name="safe_now"),
    path("check-up/", check_up.start, name="check_up"),
    path("check-up/ask/", check_up.ask, name="check_up_ask"),
    path("check-up/help/<str:about>/", check_up.help_page, name="check_up_help"),
    path("check-up/result/", check_up.result, name="check_up_result"),
    path("check-up/aside/<str:reason>/", check_up.set_aside, name="check_up_aside"),
    path("check-up/share/", check_up.share, name="check_up_share"),
    path("check-up/take-back/", check_up.take_back, name="check_up_take_back"),
    path("check-up/together/", check_up.ask_together, name="check_up_together"),
    path("check-up/delete/<uuid:check_up_id>/", check_up.delete, name="check_up_delete"),
    path("check-in/<uuid:check_in_id>/not-this-time/", check_in.decline, name="decline"),
    path("answers/", sheets.sheets, name="answers"),
    path("answers/<uuid:sheet_id>/", sheets.correct, name="correct"),
    path("who-is-told/", who.who, name="who"),
    path("reminders/", who.reminders_switch, name="reminders"),
    path("safety-plan/", safety.plan, name="safety_plan"),
    path("safety-plan/change/", safety.change, name="safety_plan_change"),
    path("course/", home.course, name="course"),
    path("everything/", everything.everything, name="everything"),
    path("everything/<str:kind>/", everything.everything_file, name="everything_file"),
    path("looked/", looked.looked, name="looked"),
    path("team/", team.team, name="team"),
    path("people/", people.people, name="people"),
    path("people/<uuid:tie_id>/", people.shares, name="shares"),
    path("people/invitation/<uuid:invitation_id>/", people.uninvite, name="uninvite"),
    path("scores/", home.scores, name="scores"),
]
