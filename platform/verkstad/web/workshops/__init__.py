"""The workshop pages: the list, a workshop's own page, what it is made of, who it is shared with, its files."""

from verkstad.web.workshops import files, pages, people, plans
from verkstad.web.workshops.blueprint import bp

__all__ = ["bp", "files", "pages", "people", "plans"]
