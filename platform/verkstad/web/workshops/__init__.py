"""The workshop pages: the list, a workshop's own page, what it is made of, who is let in, its files."""

from verkstad.web.workshops import files, handed_out, manuscript, minutes, pages, people, plans
from verkstad.web.workshops.blueprint import bp

__all__ = ["bp", "files", "handed_out", "manuscript", "minutes", "pages", "people", "plans"]
