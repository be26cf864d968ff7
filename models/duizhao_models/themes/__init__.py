"""Theme classifiers."""
