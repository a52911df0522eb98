"""The evening that ships with the product, for demonstrations and tests: a town that does not exist, in our own words."""
