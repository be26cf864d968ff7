"""From a raw Chinese newspaper page to articles, summaries, a digest and a comparison."""

__version__ = "0.1.0"
