"""Embedders, one back end a file."""
