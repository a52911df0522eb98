"""The evening that ships with the product, for demonstrations and tests: in our own words, from a town that is not."""
