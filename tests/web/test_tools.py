"""Tools for a direction: what she enters comes back, and a journey per tool shows it."""

import pytest

from midcourse.plans.tools import every_tool
from midcourse_web.care.facts import facts_of
from midcourse_web.care.models import SharedEntry
from midcourse_web.private.entries import entries_of
from midcourse_web.private.models import OwnEntry

SCREENS = {
    "pc-ptsd-5": {f"pcptsd5-{n}": "1" for n in range(0, 6)},
    "audit-c": {"auditc-1": "4", "auditc-2": "3", "auditc-3": "3"},
}
TOOLS = every_tool()


def text_of(response):
    return response.content.decode()


def filled(tool):
    """Return a whole entry of a tool as a browser posts it, and one answer to look for."""
    posted, seen = {}, ""
    for field in tool.fields:
        if field.kind == "instrument":
            from midcourse.measures.instrument import find

            for item in find(field.instrument).items:
                posted[item.id] = str(int(max(option.value for option in item.options)))
        elif field.kind == "choice":
            posted[field.id] = field.options[0].id
        elif field.kind == "scale":
            posted[field.id] = "2"
        elif field.kind == "yes-no":
            posted[field.id] = "no"
        elif field.kind == "day":
            posted[field.id] = "2026-11-20"
        else:
            posted[field.id] = seen = f"words about {field.id}"
    return posted, seen


def keep(browser, tool):
    posted, seen = filled(tool)
    assert browser.post(f"/me/tools/{tool.id}/", posted).status_code == 302
    return seen


@pytest.mark.need("S2-57", "S2-59", by="client:tool prescriber")
@pytest.mark.need("S2-69", "S2-72", "S4-48", by="client:tool moving")
@pytest.mark.need("S2-67", by="client:tool sleep")
@pytest.mark.need("S1-66", by="client:tool who-i-am")
@pytest.mark.need("S0-23", "S4-27", by="client:tool pacing")
@pytest.mark.need("S2-07", "S2-14", "S2-42", "S3-20", by="client:tool preferences")
@pytest.mark.need("S1-08", "S1-22", "S2-01", "S2-27", "S2-28", by="client:tool expectations")
@pytest.mark.need("S1-23", "S1-62", "S2-34", "S4-30", by="client:tool practice-log")
@pytest.mark.need("S2-75", "S2-76", "S4-49", by="client:tool support-map")
@pytest.mark.need("S0-28", "S0-29", "S2-19", by="client:tool coping-map")
@pytest.mark.need("S1-05", "S4-34", "S4-40", "S4-42", "S3-33", by="client:tool readiness")
@pytest.mark.parametrize("tool", TOOLS, ids=[one.id for one in TOOLS])
def test_what_she_enters_comes_back_on_her_home_page_in_print_in_the_next_session_and_in_the_next_check_up(
    signed_in, cast, tool
):
    ada, tom = signed_in("ada"), signed_in("tom")
    seen = keep(ada, tool)
    assert tool.title in text_of(ada.get("/me/"))
    assert seen in text_of(ada.get(f"/me/tools/{tool.id}/print/"))
    prepare = f"/clients/{cast.clients['ada'].pk}/prepare/"
    assert seen not in text_of(tom.get(prepare)), "not before she shares it"
    entry = OwnEntry.objects.get()
    ada.post(f"/me/tools/entry/{entry.pk}/share/")
    assert seen in text_of(tom.get(prepare))
    # Picked as what gets in the way, the reason shows her own note as evidence.
    ada.post("/me/check-up/")
    for given in ({"answer": "1"}, {"answer": "0"}, {"answer": "no"}):
        ada.post("/me/check-up/ask/", given)
    ada.post("/me/check-up/ask/", {"picks": list(tool.reasons)[:3]})
    ada.post("/me/check-up/ask/", {"stop": "yes"})
    result = text_of(ada.get("/me/check-up/result/"))
    assert "You noted:" in result
    assert tool.title in result


def test_a_ruler_a_wish_a_screen_and_support_count_as_evidence(signed_in, cast):
    ada = signed_in("ada")
    for tool in TOOLS:
        if tool.id in ("readiness", "preferences", "alcohol", "past-events", "support-map", "sleep"):
            keep(ada, tool)
    facts = facts_of(cast.episodes["ada"], entries=entries_of(cast.clients["ada"]))
    assert facts.readiness == 2
    assert facts.wishes == (("words about preferences-wish", True, False),)
    assert dict(facts.screens) == {"audit-c": 12.0, "pc-ptsd-5": 5.0}
    assert facts.support_lowest is True


def test_for_others_only_what_she_shared_counts(signed_in, cast):
    ada = signed_in("ada")
    keep(ada, next(one for one in TOOLS if one.id == "readiness"))
    assert facts_of(cast.episodes["ada"], "therapist").readiness is None
    ada.post(f"/me/tools/entry/{OwnEntry.objects.get().pk}/share/")
    assert facts_of(cast.episodes["ada"], "therapist").readiness == 2
    ada.post(f"/me/tools/entry/{OwnEntry.objects.get().pk}/share/", {"back": "yes"})
    assert facts_of(cast.episodes["ada"], "shared").readiness is None


def test_deleting_an_entry_takes_back_what_was_shared_of_it(signed_in, cast):
    ada = signed_in("ada")
    seen = keep(ada, TOOLS[0])
    entry = OwnEntry.objects.get().pk
    ada.post(f"/me/tools/entry/{entry}/share/")
    ada.post(f"/me/tools/entry/{entry}/delete/")
    assert not OwnEntry.objects.exists()
    assert not SharedEntry.objects.filter(withdrawn_at__isnull=True).exists()
    assert seen not in text_of(signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/prepare/"))


@pytest.mark.need("S2-49", by="client:tool trigger-log")
def test_a_log_shows_its_pattern_from_four_entries_on(signed_in):
    ada = signed_in("ada")
    log = next(one for one in TOOLS if one.id == "trigger-log")
    for _day in range(3):
        keep(ada, log)
    assert "Morning, in 3 of 3" not in text_of(ada.get("/me/tools/trigger-log/"))
    keep(ada, log)
    assert "Time of day: Morning, in 4 of 4 entries." in text_of(ada.get("/me/tools/trigger-log/"))


@pytest.mark.need("S2-70", "S2-52", by="client:tool alcohol")
def test_withdrawal_safety_stands_before_the_questions_on_drinking(signed_in):
    page = text_of(signed_in("ada").get("/me/tools/alcohol/"))
    assert page.index("do not stop all at once") < page.index("auditc-1")


def test_an_empty_sheet_and_an_answer_that_cannot_be_are_named(signed_in):
    ada = signed_in("ada")
    assert ada.post("/me/tools/sleep/", {}).status_code == 422
    wrong = ada.post("/me/tools/sleep/", {"sleep-bad": "9"})
    assert wrong.status_code == 422
    assert "One answer cannot be" in text_of(wrong)
    assert not OwnEntry.objects.exists()


def test_an_unknown_tool_is_not_there(signed_in):
    assert signed_in("ada").get("/me/tools/yoga/").status_code == 404


def test_nobody_else_can_touch_her_entries(signed_in):
    ada = signed_in("ada")
    keep(ada, TOOLS[0])
    entry = OwnEntry.objects.get().pk
    for name in ("ben", "tom", "mia"):
        assert signed_in(name).post(f"/me/tools/entry/{entry}/delete/").status_code in (403, 404)
    assert OwnEntry.objects.exists()
