"""The comparison of a central and a local document: units, themes, alignment, evidence."""

from duizhao.compare.comparison import compare
from duizhao.compare.themes import load_themes, themes_of
from duizhao.compare.units import split_units

__all__ = ["compare", "load_themes", "split_units", "themes_of"]
