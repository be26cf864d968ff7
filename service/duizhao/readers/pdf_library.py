"""Starts the PDF library anew with chosen fonts: whether pages are drawn in, pypdfium2 with those fonts out.

What a font that is not embedded looks like depends on the fonts of the machine; what is read from a page must not.
Where each character stands and how wide it is comes from the PDF itself, but pdfium drops a text object without any
extent, as a lone character is that no font at hand can print. So pages are read with one font only, in which every
character is a full cell (made by `duizhao_models.training.cell_font`); where pages are drawn too, the fonts of the
machine come before it.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

CELLS = Path(__file__).with_name("fonts")
# Where pdfium itself looks for fonts on Linux.
SYSTEM = ("/usr/share/fonts", "/usr/share/X11/fonts/Type1", "/usr/share/X11/fonts/TTF", "/usr/local/share/fonts")

# The library keeps the pointer: the paths must live as long as it does.
_kept: list[Any] = []


def start(*, drawing: bool) -> Any:
    """The module pypdfium2, its library started with the fonts to read with, or to read and draw with."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    if not sys.platform.startswith("linux"):
        return pypdfium2  # elsewhere the library asks the system for fonts and takes no folders
    folders = [*(SYSTEM if drawing else ()), str(CELLS)]
    names = [ctypes.create_string_buffer(folder.encode("utf-8", "surrogateescape")) for folder in folders]
    paths = (ctypes.POINTER(ctypes.c_char) * (len(names) + 1))()
    for place, name in enumerate(names):
        paths[place] = ctypes.cast(name, ctypes.POINTER(ctypes.c_char))
    config = pdfium.FPDF_LIBRARY_CONFIG(version=2)
    config.m_pUserFontPaths = ctypes.cast(paths, type(config.m_pUserFontPaths))
    _kept[:] = [names, paths]
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(config)
    return pypdfium2
