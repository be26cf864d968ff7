"""Summarizers, one back end a file."""
