"""The start page: what a page gave in, server-rendered HTML out."""
