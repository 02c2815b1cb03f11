"""Reports for people: one HTML file, the answer first, every number's origin in it."""

from .make import check_report, render, report, write_report

__all__ = ["check_report", "render", "report", "write_report"]
