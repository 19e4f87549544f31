"""SR5, sentence by sentence: the safety plan, and the page for people in danger from somebody."""

import pytest

from midcourse_web.care.actions.safety_plan import save_plan
from midcourse_web.care.models import SafetyPlan
from tests.web.answers import WORRYING

WORDS = {
    "warning_signs": "I stop sleeping",
    "what_helps": "Walking by the river",
    "people": "My sister, 07700 900456",
    "professionals": "Tom",
    "safer": "My sister keeps the tablets",
    "reasons": "My daughter",
}


def test_it_has_its_six_parts_and_is_one_tap_from_her_page(signed_in):
    ada = signed_in("ada")
    assert 'href="/me/safety-plan/"' in ada.get("/me/").content.decode()
    ada.post("/me/safety-plan/change/", WORDS | {"after": "0"})
    text = ada.get("/me/safety-plan/").content.decode()
    for words in WORDS.values():
        assert words in text
    assert "tel:116123" in text, "with the numbers of the place"


def test_it_can_be_printed(signed_in, cast):
    save_plan(by=cast.ada, client=cast.clients["ada"], parts=WORDS, after=0)
    assert "data-print" in signed_in("ada").get("/me/safety-plan/").content.decode()
    assert (
        "data-print"
        in signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/safety-plan/").content.decode()
    )


def test_it_is_made_together_and_every_version_is_kept(signed_in, cast):
    url = f"/clients/{cast.clients['ada'].pk}/safety-plan/"
    signed_in("tom").post(url, WORDS | {"after": "0"})
    signed_in("ada").post("/me/safety-plan/change/", WORDS | {"what_helps": "Singing", "after": "1"})
    versions = list(
        SafetyPlan.objects.order_by("number").values_list("number", "what_helps", "made_by__name")
    )
    assert versions == [(1, "Walking by the river", "Tom"), (2, "Singing", "Ada")]
    text = signed_in("ada").get("/me/safety-plan/").content.decode()
    assert text.index("Singing") < text.index("Walking by the river"), "the newest is in force"


def test_two_who_write_at_the_same_time_lose_nothing(signed_in, cast):
    save_plan(by=cast.ada, client=cast.clients["ada"], parts=WORDS, after=0)
    save_plan(by=cast.tom, client=cast.clients["ada"], parts=WORDS | {"safer": "Locked away"}, after=1)
    late = WORDS | {"reasons": "The garden", "after": "1"}
    response = signed_in("ada").post("/me/safety-plan/change/", late)
    assert response.status_code == 422
    assert "The garden" in response.content.decode(), "her words are still there"
    assert SafetyPlan.objects.count() == 2


def test_saved_twice_it_is_one_version_and_an_empty_one_is_none(cast):
    for _twice in range(2):
        save_plan(by=cast.ada, client=cast.clients["ada"], parts=WORDS, after=0)
    assert SafetyPlan.objects.count() == 1
    with pytest.raises(ValueError, match="at least one thing"):
        save_plan(by=cast.ada, client=cast.clients["ada"], parts={}, after=1)


def test_in_danger_from_somebody_is_one_tap_away_and_has_a_quick_exit(signed_in, due):
    ada = signed_in("ada")
    crisis = ada.post(f"/me/check-in/{due('ada').pk}/", WORRYING).content.decode()
    for text in (ada.get("/me/").content.decode(), crisis, ada.get("/me/safety-plan/").content.decode()):
        assert 'href="/danger/"' in text
    page = ada.get("/danger/").content.decode()
    assert "data-leave" in page
    assert "tel:" in page
    assert "cannot clear the list of pages in your browser" in page
    assert "<title>Page</title>" in page, "nothing to read in the browser's history"
    assert "danger" not in page.split("<title>")[1].split("</title>")[0]


def test_it_has_the_contacts_for_people_in_danger_and_suggests_no_joint_session(signed_in, client):
    page = signed_in("ada").get("/danger/").content.decode()
    assert "0808 2000 247" in page or "08082000247" in page, "the domestic abuse helpline of England"
    assert "no session together with the other person is suggested" in page
    assert client.get("/danger/").status_code == 200, "before sign-in too"


def test_quick_exit_replaces_the_page_so_that_back_does_not_return(root):
    script = (root / "midcourse_web/static/midcourse/page.js").read_text("utf-8")
    assert "location.replace(link.href)" in script
