"""The invented people: who they are, and what is known of their stories."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from midcourse_web.people.models import Membership

Role = Membership.Role


@dataclass(frozen=True)
class Staff:
    """Somebody who works there."""

    key: str
    name: str
    roles: tuple[str, ...]
    about: str | Promise


@dataclass(frozen=True)
class Story:
    """One client, the engine's id of her scores, her therapist, and what to look for.

    `alliance` are her answers about the work together, session by session; the last one goes on.
    `item_9` is what she answers last to the question about hurting herself. `sessions` says how many of
    the engine's sessions have happened so far, all where it is empty.
    """

    key: str
    name: str
    told_as: str
    therapist: str
    about: str | Promise
    alliance: tuple[int, ...] = (3, 4, 4)
    item_9: int = 0
    goal: str = ""
    goal_at: int = 4
    sessions: int | None = None


STAFF = (
    Staff("tom", "Tom Ashdown", (Role.THERAPIST,), _("therapist of most of the clients below")),
    Staff("tara", "Tara Bello", (Role.THERAPIST,), _("another therapist")),
    Staff("cora", "Cora Dunne", (Role.COVER,), _("covers when a therapist is away")),
    Staff("sue", "Sue Ekholm", (Role.SUPERVISOR,), _("supervises Tom")),
    Staff("mia", "Mia Flores", (Role.MANAGER,), _("manages the clinic: counts, and what needs a person")),
    Staff("ida", "Ida Grant", (Role.INTAKE,), _("coordinates who is seen by whom")),
    Staff("otto", "Otto Hale", (Role.ADMINISTRATOR,), _("looks after sign-ins; sees nothing clinical")),
    Staff("rea", "Rea Iqbal", (Role.RECEIVER,), _("receives what is not okay")),
)
STORIES = (
    Story("ada", "Ada", "C001", "tom", _("on course; a check-in waits for her"), goal="Walk to the river again"),
    Story(
        "ben", "Ben", "C002", "tom", _("drifting: hardly any change so far"),
        (3, 3, 3), goal="Sleep through", sessions=3,
    ),
    Story(
        "cleo", "Cleo", "C003", "tom",
        _("off course, after the work together stopped feeling right"),
        (4, 4, 4, 3, 1, 1, 1, 0), goal="Go back to the choir", goal_at=2,
    ),
    Story(
        "dana", "Dana", "C004", "tom", _("at risk: her alert has not been answered yet"),
        (3, 2, 2), item_9=2, goal="Get through the mornings", goal_at=1,
    ),
    Story("elif", "Elif", "C005", "tom", _("reached her goal"), goal="Cook for friends", goal_at=10),
    Story("finn", "Finn", "C006", "tom", _("silent for five weeks, and no next session")),
    Story("gwen", "Gwen", "C007", "tara", _("a late start, now getting better")),
    Story("hugo", "Hugo", "C008", "tara", _("one score only: too early to tell")),
)  # fmt: skip
FRIEND = ("tess", "Tess", _("a friend with whom Ada shares how she is doing"))
PASSWORD = "a long walk by the river"  # nosec B105: where a page asks for it; nobody real has it
SILENT = "finn"
WAITING = ("ada", "cleo")  # a check-in is due for these
