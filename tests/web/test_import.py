"""A practice's own table comes onto the record: looked at first, all or nothing, and only once."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from midcourse_web.audit.models import Entry
from midcourse_web.care.models import Episode, Score, Signal
from midcourse_web.people.models import Client, User

TODAY = date.today()


def table(tmp_path, rows, header="client_id,date,measure,score"):
    file = tmp_path / "scores.csv"
    file.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return file


@pytest.fixture
def rows():
    weeks = [TODAY - timedelta(weeks=6 - i) for i in range(6)]
    told = {"A1": (18, 17, 14, 12, 9, 8), "B2": (12, 13, 15, 17, 19, 20)}
    return [
        f"{who},{day},phq-9,{score}"
        for who, scores in told.items()
        for day, score in zip(weeks, scores, strict=True)
    ]


def bring(file, *words, therapist="tom@example.org"):
    said = io.StringIO()
    call_command("import", str(file), "--therapist", therapist, *words, stdout=said)
    return said.getvalue()


def test_without_write_it_says_what_would_happen_and_changes_nothing(cast, tmp_path, rows):
    before = Client.objects.count()
    said = bring(table(tmp_path, [*rows, f"A1,{TODAY},phq-9,99"]))
    assert "12 scores to use, 1 set aside" in said
    assert "line 14" in said and "Nothing was changed." in said
    assert Client.objects.count() == before


def test_with_write_each_client_has_an_episode_scores_and_a_course(cast, tmp_path, rows):
    said = bring(table(tmp_path, rows), "--cover", "cora@example.org", "--write")
    assert "2 episodes with 12 scores" in said
    episode = Episode.objects.get(client__name="B2")
    assert (episode.therapist, episode.cover) == (cast.tom, cast.cora)
    assert list(Score.objects.filter(episode=episode).values_list("value", flat=True)) == [
        12,
        13,
        15,
        17,
        19,
        20,
    ]
    assert Signal.objects.get(episode=episode).state == "reliably worse"
    assert Entry.objects.filter(verb="brought in", client=episode.client_id).count() == 1
    assert not User.objects.filter(client=episode.client).exists(), "nobody gets a sign-in by it"


def test_the_therapist_sees_them_and_nobody_else_does(cast, signed_in, tmp_path, rows):
    bring(table(tmp_path, rows), "--write")
    assert "B2" in signed_in("tom").get("/clients/").content.decode()
    client = Client.objects.get(name="B2")
    assert signed_in("tara").get(f"/clients/{client.pk}/").status_code in (403, 404)


def test_the_same_table_twice_changes_nothing(cast, tmp_path, rows):
    bring(table(tmp_path, rows), "--write")
    said = bring(table(tmp_path, rows), "--write")
    assert "0 episodes with 0 scores" in said
    assert "left as they are: 2 clients" in said
    assert Score.objects.filter(reason="brought in from a table").count() == 12


def test_a_table_without_dates_is_refused_with_the_mend(cast, tmp_path):
    file = table(tmp_path, ["A1,1,phq-9,18", "A1,2,phq-9,17"], header="client_id,session,measure,score")
    with pytest.raises(CommandError, match="has no dates"):
        bring(file, "--write")


def test_somebody_who_treats_nobody_here_is_refused(cast, tmp_path, rows):
    for email in ("mia@example.org", "unknown@example.org"):
        with pytest.raises(CommandError, match="is no therapist here"):
            bring(table(tmp_path, rows), "--write", therapist=email)
    assert not Client.objects.filter(name="A1").exists()
