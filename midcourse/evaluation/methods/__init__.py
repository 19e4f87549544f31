"""Ways of noticing that a therapy is not working, a file each; `evaluation` judges them all alike."""

from midcourse.evaluation.method import Method

BAR = "change"  # the plain change so far, which every other method has to clear (ST13)
OURS = "midcourse"  # the policy


def every_method() -> tuple[Method, ...]:
    """Return every method, in the order in which they are shown; to add one, add its line here.

    The plain rule first, then published forms, then what is learned from clients, averages, and the policy last.
    """
    from midcourse.evaluation.methods.average import Average
    from midcourse.evaluation.methods.change_rule import ChangeRule
    from midcourse.evaluation.methods.finch import Finch
    from midcourse.evaluation.methods.forest import Forest
    from midcourse.evaluation.methods.landmark import Landmark
    from midcourse.evaluation.methods.mixed import Mixed
    from midcourse.evaluation.methods.neighbours import Neighbours
    from midcourse.evaluation.methods.oracle_logistic import OracleLogistic
    from midcourse.evaluation.methods.ornstein_uhlenbeck import OrnsteinUhlenbeck
    from midcourse.evaluation.methods.pcoms_cubic import PcomsCubic
    from midcourse.evaluation.methods.policy import Policy
    from midcourse.evaluation.methods.pooled import Pooled

    return (
        ChangeRule(),
        Finch(68),
        Finch(80),
        Finch(90),
        PcomsCubic(),
        OracleLogistic(),
        Neighbours(),
        Landmark(),
        Forest(),
        Mixed(bounded=False),
        Mixed(),
        OrnsteinUhlenbeck(),
        Average((OracleLogistic(), Landmark(), Forest(), OrnsteinUhlenbeck()), name="average of four"),
        Pooled(),
        Policy(),
    )
