"""A worksheet in, set up for paper: landscape, one page wide, or its head only where it is too long to print."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

# Characters of full texts that are printed, some six pages; of longer ones the head is, which says so.
PRINTED = 4_000


def set_up_print(sheet: Worksheet) -> None:
    """Landscape A4, one page wide, page numbers."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.7
    sheet.oddHeader.center.text = "&A"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def print_head_only(sheet: Worksheet) -> None:
    """Leave a long sheet out of print; the head of its one page says so."""
    sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}1"
    sheet.oddHeader.center.text = f"&A（共{sheet.max_row - 1}行，篇幅过长，不随表打印）"
