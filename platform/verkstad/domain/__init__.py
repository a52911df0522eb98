"""Pure words and rules of a workshop; knows no framework and no database."""
