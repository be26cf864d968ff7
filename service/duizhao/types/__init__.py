"""The nouns of the project, a module each: pages, articles, summaries, digests, comparisons.

All offsets are Unicode code points, half-open. A `Field` of a page is always made of slices of the
page text, one character for one character: `text == "".join(page.text[s:e]).replace("\\n", " ")`.
"""
