"""The report page: one HTML file that shows a caseload review, and asks nothing of any network."""

from midcourse.cli.report.write import write_report

__all__ = ["write_report"]
