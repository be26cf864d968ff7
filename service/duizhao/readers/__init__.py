"""Readers: the bytes of a file in, a `Page` out."""
