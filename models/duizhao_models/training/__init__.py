"""The scripts that made the weights, and the labels that they learn from."""

from pathlib import Path

# One text a line: id, digest of the text, and for clauses (by their start) the share of a fact that they carry, of must
# and should, and the share of their words that stands in a summary, a brief and a headline of ours. No text.
LABELS = Path(__file__).parent / "clause_labels.jsonl.gz"

# One text a line: id, digest of the text, and for some clauses (by their start) whether a sentence may begin with it
# and whether one may end with it (0 to 1: the share of those who marked it). No text.
BOUND_LABELS = Path(__file__).parent / "bound_labels.jsonl.gz"
