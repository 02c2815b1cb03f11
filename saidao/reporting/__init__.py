"""Reports for people: one HTML file, the answer first, every number's origin in it."""

from .make import digest, render, report

__all__ = ["digest", "render", "report"]
