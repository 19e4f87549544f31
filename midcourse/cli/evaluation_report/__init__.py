"""What an evaluation found, for people: tables, plots, and one page that a clinician can read."""

from midcourse.cli.evaluation_report.page import page

__all__ = ["page"]
