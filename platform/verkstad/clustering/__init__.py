"""Notes in, themes suggested: pure, and loaded only by who sorts, since serving has no memory for the arithmetic.

`encoder` says what a note is about, `space` makes nearness of that mean one subject, `sorting` finds themes there,
`placing` puts in one note more and suggests splits and merges, `similar` finds the same point said twice. What they
hand over is in `themes`, which loads nothing.
"""
