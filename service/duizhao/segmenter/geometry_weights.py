"""Hand-set weights of the links of a printed page, each with what it means.

A gain of 0 is "as good as no link". About 3 is as much as a column break in mid-sentence tells; -6 rules a link out
unless nearly everything else speaks for it. Set by hand in November 2026 on pages made with the page generator.
"""

from __future__ import annotations

NEVER = -1e6

FOLLOWS: dict[str, float] = {
    "bias": 0.0,
    # where the second column stands as seen from the first
    "next": 2.0,  # in the next column to the right, beside it
    "below": 1.2,  # under it, in the same column
    "right": -1.0,  # farther right
    "next band": -0.8,  # back at the left, lower down
    "flush": 3.0,  # under it, and on the next line of its grid
    # what the text says
    "goes on": 3.5,  # full line without a stop, and no indent: a sentence runs over the break
    "goes on after stop": 1.8,  # full line that happens to end a sentence, no indent
    "new paragraph": -0.8,  # a paragraph ends and another begins: so it is at one column break in eight
    "broken off": -5.0,  # an unfinished sentence cannot go on in an indented line
    "torn": -4.0,  # the line before stopped short, so that the second column cannot be in mid-paragraph
    "open": 0.8,  # a comma or an open bracket at the end
    "jumped": -7.0,  # the article goes on on another page
    "opens": -5.0,  # byline or dateline: an article starts
    "comes from": -7.0,  # the article comes from another page
    # print
    "font": -3.0,
    "measure": -0.7,
    "leading": -1.5,
    "rule": -3.0,
    "head between": -4.0,
    "column between": -2.0,
    "headed": -3.0,  # a head that does not span the first column stands right over the second
    "apart": -1.0,  # distance (of the nearer edges in heights of the page)
    "bottoms": 0.8,  # both columns end on one line
    "tops": 0.5,
    # content order: nearly always right, but not always there
    "next in content": 1.5,
    "before in content": -1.0,
}

HEADS: dict[str, float] = {
    "bias": 0.6,
    "under": 2.5,  # the column begins under the head
    "aside": 2.0,  # the head stands beside the column's first lines
    "over": 0.5,  # the column ends above the head
    "distance": -0.8,  # gap between them in type sizes of the head
    "mid paragraph": -6.0,
    "opens": 2.0,
    "comes from": 1.0,
    "fits": 1.5,  # the head is centred or ranged over columns that begin with this one
    "tops": 0.8,  # head and column begin, or head and the columns under it fit, on one line
    "rule": -5.0,
    "another nearer": -2.0,
    "leftmost": 0.8,  # no other column under the same head begins further left
    "covers": 0.6,
}
