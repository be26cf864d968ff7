"""The parts of a Word file in, its bytes out: a zip archive of the Open Packaging Conventions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from duizhao.exporters.xmltext import xml_text

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Fixed, so that the same facts give the same bytes
ZIP_DATE = (1980, 1, 1, 0, 0, 0)

ElementTree.register_namespace("r", OFFICE)


def word_package(parts: Mapping[str, ElementTree.Element], *, title: str) -> bytes:
    """The file. `parts` holds "document" and what it refers to; the relation "r" + name leads to each of those."""
    main = {
        "rId1": (f"{OFFICE}/officeDocument", "word/document.xml"),
        "rId2": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    }
    others = {f"r{name}": (f"{OFFICE}/{_kind(name)}", f"{name}.xml") for name in parts if name != "document"}
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relationships(main),
        "docProps/core.xml": _properties(title),
        "word/_rels/document.xml.rels": _relationships(others),
    }
    for name, root in parts.items():
        files[f"word/{name}.xml"] = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _kind(name: str) -> str:
    """footer1 and footer2 are both of the kind footer."""
    return name.rstrip("0123456789")


def _content_types(parts: Mapping[str, ElementTree.Element]) -> bytes:
    kinds = {name: "document.main" if name == "document" else _kind(name) for name in parts}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPE}{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        f'<Override PartName="/docProps/core.xml" ContentType="{CORE_TYPE}"/></Types>'
    ).encode()


def _relationships(targets: Mapping[str, tuple[str, str]]) -> bytes:
    rows = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{to}"/>' for i, (kind, to) in targets.items())
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'.encode()


def _properties(title: str) -> bytes:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(xml_text(title))}</dc:title><dc:creator>duizhao</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    ).encode()
