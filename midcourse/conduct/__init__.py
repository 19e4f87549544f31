"""The client-only track for what is not okay. Imported by the client's review and by nothing else."""

from midcourse.conduct.track import Concern, ConductTrack, Option, conduct_track, every_question

__all__ = ["Concern", "ConductTrack", "Option", "conduct_track", "every_question"]
