"""The documents as LibreOffice opens them: no complaint, and the words are on the printed page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from duizhao.exporters import docx, xlsx
from duizhao.types.comparisons import Comparison
from duizhao.types.digests import Digest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed (libreoffice-writer, -calc)"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed (poppler-utils)"),
]


def printed(data: bytes, name: str, folder: Path) -> str:
    """Text of the PDF that LibreOffice makes of a file, without white space: a line may be cut anywhere."""
    source = folder / name
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    pdf = source.with_suffix(".pdf")
    assert pdf.exists(), done.stdout + done.stderr
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("exporter", [docx, xlsx])
def test_a_comparison_is_printed_with_its_evidence(exporter: object, comparison: Comparison, tmp_path: Path) -> None:
    kind = exporter.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    text = printed(exporter.comparison([comparison]), f"comparison.{kind}", tmp_path)  # type: ignore[attr-defined]
    for a in comparison.alignments:
        if a.linked:  # a page may end in the middle of a cell
            quote = re.sub(r"\s", "", a.local_quote.text)
            assert quote[-8:] in text
    assert "未见呼应（待核）" in text
    assert "不表示已经落实" in text


@pytest.mark.parametrize("exporter", [docx, xlsx])
def test_a_digest_is_printed_with_its_summaries(exporter: object, digest: Digest, tmp_path: Path) -> None:
    kind = exporter.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    text = printed(exporter.digest(digest), f"digest.{kind}", tmp_path)  # type: ignore[attr-defined]
    for entry in digest.entries:
        assert entry.summary.texts["summary"] in text
    assert "正文为空，没有可摘的句子" in text


def test_page_numbers_are_counted(comparison: Comparison, tmp_path: Path) -> None:
    text = printed(docx.comparison([comparison] * 3), "long.docx", tmp_path)
    assert "—1—" in text
    assert "—3—" in text
