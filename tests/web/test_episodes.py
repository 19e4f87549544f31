"""Episodes begin with a named cover, and end and go on freely."""

import pytest

from midcourse_web.care.actions.episode import begin, come_back, end, leave, put_on_list
from midcourse_web.care.models import Episode, Task
from midcourse_web.people.models import Client, Membership, Relationship
from midcourse_web.people.rules import allowed
from midcourse_web.people.standing import forget


@pytest.fixture
def dora(cast):
    """A new client of the clinic."""
    return Client.objects.create(clinic=cast.clinic, name="Dora")


def test_an_episode_cannot_begin_with_nobody_named_to_stand_in(cast, dora):
    with pytest.raises(ValueError, match="stands in"):
        put_on_list(by=cast.ida, client=dora, cover=cast.eve)
    with pytest.raises(ValueError, match="stands in"):
        put_on_list(by=cast.ida, client=dora, cover=cast.ida)
    assert not Episode.objects.filter(client=dora).exists()


def test_she_waits_with_cover_and_a_dated_task_and_then_has_a_therapist(cast, dora):
    episode = put_on_list(by=cast.ida, client=dora, cover=cast.cora, concern="anxiety")
    assert Task.objects.get(kind="waiting").client == dora
    with pytest.raises(ValueError, match="somebody else"):
        begin(by=cast.ida, episode=episode, therapist=cast.tara, cover=cast.tara)
    with pytest.raises(ValueError, match="therapist of this clinic"):
        begin(by=cast.ida, episode=episode, therapist=cast.eve, cover=cast.cora)
    begun = begin(by=cast.ida, episode=episode, therapist=cast.tara, cover=cast.cora, treatment="CBT")
    assert (begun.state, begun.therapist) == ("open", cast.tara)
    assert allowed(cast.tara, "care.see_record", dora)
    assert Task.objects.get(kind="waiting").done_by == cast.ida
    with pytest.raises(ValueError, match="does not wait"):
        begin(by=cast.ida, episode=episode, therapist=cast.tara, cover=cast.cora)


def test_nobody_has_two_episodes_at_once(cast):
    with pytest.raises(ValueError, match="going on"):
        put_on_list(by=cast.ida, client=cast.clients["ada"], cover=cast.cora)


def test_a_practice_of_one_may_cover_itself(cast):
    clinic = Membership.objects.filter(user=cast.solo).first().clinic
    client = Client.objects.create(clinic=clinic, name="Sol")
    episode = put_on_list(by=cast.solo, client=client, cover=cast.solo)
    assert begin(by=cast.solo, episode=episode, therapist=cast.solo, cover=cast.solo).state == "open"


def test_she_leaves_without_a_reason_and_comes_back_the_same_way(cast):
    episode = leave(by=cast.ada, episode=cast.episodes["ada"])
    assert (episode.state, episode.ended_by) == ("ended", "client")
    assert not Task.objects.exists(), "nobody is asked to keep her"
    back = come_back(by=cast.ada, episode=episode)
    assert (back.state, back.therapist, back.ended_by) == ("open", cast.tom, "")
    assert come_back(by=cast.ada, episode=back).state == "open"
    assert Relationship.objects.get(client=episode.client, person=cast.tom).ends is None


def test_when_her_therapist_is_gone_she_comes_back_to_the_waiting_list(cast):
    episode = leave(by=cast.ada, episode=cast.episodes["ada"])
    Membership.objects.filter(user=cast.tom).update(ends=cast.tom.made_at.date())
    back = come_back(by=cast.ada, episode=episode)
    assert (back.state, back.therapist) == ("waiting", None)
    assert Task.objects.get().kind == "waiting"


def test_an_ending_by_the_therapist_asks_a_person_to_reach_her(cast):
    end(by=cast.tom, episode=cast.episodes["ada"], ended_by="therapist")
    end(by=cast.tom, episode=cast.episodes["ada"], ended_by="therapist")
    assert Task.objects.get().kind == "ended"


def test_a_former_therapist_sees_nothing_once_the_time_to_finish_is_over(cast):
    from datetime import timedelta

    import time_machine
    from django.utils import timezone

    end(by=cast.tom, episode=cast.episodes["ada"], ended_by="both")
    forget(cast.tom)
    assert allowed(cast.tom, "care.see_record", cast.clients["ada"])
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        forget(cast.tom)
        assert not allowed(cast.tom, "care.see_record", cast.clients["ada"])
