"""Every address of the application. tests/web/table.py says who may open which."""

from django.urls import include, path

from midcourse_web.pages.public import files, go, kiosk
from midcourse_web.pages.public import views as public
from midcourse_web.pages.public.first import first
from midcourse_web.pages.public.invitation import invitation
from midcourse_web.pages.public.switch import switch

NOT_OFFERED = (
    "signup", "email", "confirm-email", "confirm-email/<path:rest>", "password/set", "login/code/confirm",
    "reauthenticate/code", "reauthenticate/code/confirm",
)  # fmt: skip

urlpatterns = [
    path("favicon.ico", files.favicon, name="favicon"),
    path("", public.home, name="home"),
    path("help-now/", public.help_now, name="help_now"),
    path("offline/", public.offline, name="offline"),
    path("sw.js", files.service_worker, name="service_worker"),
    path("language/", public.language, name="language"),
    path("first/<str:secret>/", first, name="first"),
    path("invitation/<str:secret>/", invitation, name="invitation"),
    path("open/switch/", switch, name="open_switch"),
    path("open/", include("midcourse_web.pages.public.open_urls")),
    path("problem/", public.problem, name="problem"),
    path("account/", public.account, name="account"),
    # Accounts are made by invitation, and addresses are changed by an administrator: these are not offered.
    *(path(f"accounts/{one}/", public.nothing, name="not_offered") for one in NOT_OFFERED),
    path("accounts/", include("allauth.urls")),
    path("danger/", public.danger, name="danger"),
    path("go/answer/", go.answer, name="go_answer"),
    path("go/safe/", go.safe_now, name="go_safe"),
    path("go/thanks/", go.thanks, name="go_thanks"),
    path("go/<str:token>/", go.go, name="go"),
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/you/", kiosk.confirm, name="kiosk_confirm"),
    path("kiosk/answer/", kiosk.answer, name="kiosk_answer"),
    path("kiosk/safe/", kiosk.safe_now, name="kiosk_safe"),
    path("kiosk/thanks/", kiosk.thanks, name="kiosk_thanks"),
    path("me/", include("midcourse_web.pages.client.urls")),
    path("me/notes/", include("midcourse_web.pages.client.private_urls")),
    path("supervision/questions/", include("midcourse_web.pages.supervisor.consult_urls")),
    path("inbox/", include("midcourse_web.pages.receiver.urls")),
    path("shared/", include("midcourse_web.pages.near.urls")),
    path("clients/", include("midcourse_web.pages.therapist.urls")),
    path("together/", include("midcourse_web.pages.together.urls")),
    path("record/", include("midcourse_web.pages.record.urls")),
    path("supervision/", include("midcourse_web.pages.supervisor.urls")),
    path("clinic/", include("midcourse_web.pages.clinic.urls")),
]

handler403 = "midcourse_web.pages.middleware.refused"
