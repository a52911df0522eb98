"""The workshop pages: the list, a workshop's own page, what it is made of, who is let in, its files."""

from verkstad.web.workshops import adoption, files, handed_out, manuscript, minutes, pages, people, plans
from verkstad.web.workshops.blueprint import bp

__all__ = ["adoption", "bp", "files", "handed_out", "manuscript", "minutes", "pages", "people", "plans"]
