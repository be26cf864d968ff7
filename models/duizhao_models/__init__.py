"""Models of duizhao: text in; text, vectors or scores out."""
