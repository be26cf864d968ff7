"""Readers: the bytes of a file in, its `Page`s (or its text) out; `files` chooses the reader."""
