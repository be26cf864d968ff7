"""The scripts that made the weights, and the labels that they learn from."""

from pathlib import Path

# One text a line: id, digest of the text, and for clauses (by their start) the share of a fact that they carry, of must
# and should, and the share of their words that stands in a summary, a brief and a headline of ours. No text.
LABELS = Path(__file__).parent / "clause_labels.jsonl.gz"
