"""Whether every content file is whole: fields, ids, sources, side files, plain words; and what is due."""

from midcourse.content.check.everything import check_content
from midcourse.content.check.known import Known
from midcourse.content.check.problem import Checked, Notice, Problem

__all__ = ["Checked", "Known", "Notice", "Problem", "check_content"]
