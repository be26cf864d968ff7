"""Exporters: results in; JSON, Markdown or HTML out."""
