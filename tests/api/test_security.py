"""Attacks on the whole service over the real pipeline: bombs, entities, formulas, script, headers, URLs."""

from __future__ import annotations

import io
import socket
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from duizhao.api import create_app
from duizhao.settings import Settings

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = create_app(Settings(embedder="char_ngrams", data_dir=tmp_path_factory.mktemp("data")))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as made:
        yield made


@pytest.fixture
def trap() -> Iterator[tuple[str, socket.socket]]:
    """An address on this machine that nobody has a reason to visit, and its socket."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/x", listening


def docx(body: str, head: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A .docx file with this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        )
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sent(client: TestClient, data: bytes, name: str = "a.docx") -> tuple[int, str]:
    answer = client.post("/v1/segment", files={"file": (name, data)})
    return answer.status_code, answer.text


def test_a_zip_bomb_in_a_docx_is_refused(client: TestClient) -> None:
    bomb = docx(paragraph("a" * (300 << 20)))
    assert len(bomb) < 1 << 20
    start = time.monotonic()
    status, _ = sent(client, bomb)
    assert status in (413, 422) and time.monotonic() - start < 20


def test_a_bomb_in_a_pdf_ends_with_its_process(client: TestClient) -> None:
    stream = zlib.compress(b"BT /F1 9 Tf (a) Tj ET\n" * 4_000_000, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    status, _ = sent(client, data + b"trailer << /Root 1 0 R >>\n%%EOF", "a.pdf")
    assert status in (413, 422, 200, 504)
    assert client.post("/v1/segment", json={"text": "标题\n一句话。\n"}).status_code == 200


def test_an_external_entity_in_a_docx_is_not_read(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("不该出现的内容", encoding="utf-8")
    head = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    _, text = sent(client, docx(paragraph("会议召开&x;要抓落实"), head))
    assert "不该出现" not in text


def test_entities_that_multiply_are_refused(client: TestClient) -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    start = time.monotonic()
    status, _ = sent(client, docx(paragraph("&e11;"), f'<!DOCTYPE d [<!ENTITY e0 "哈哈">{lines}]>'))
    assert status in (413, 422) and time.monotonic() - start < 20


def later(client: TestClient, central: str, local: str) -> str:
    body = {"central": [{"text": central, "title": central}], "local": [{"text": local, "title": local}]}
    place = str(client.post("/v1/compare", json=body, headers={"prefer": "respond-async"}).headers["location"])
    while client.get(place).json()["state"] in ("queued", "running"):
        time.sleep(0.02)
    return place


def test_a_text_that_looks_like_a_formula_is_text_in_the_workbook(client: TestClient) -> None:
    formula = '=HYPERLINK("http://evil.example","会议强调要抓好粮食生产")。'
    place = later(client, f"会议强调，要抓好粮食生产。{formula}", f"{formula}会议强调，要抓牢粮食生产。")
    content = client.get(f"{place}/result?format=xlsx").content
    cells = [c for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for c in row]
    assert any("HYPERLINK" in str(c.value) for c in cells)
    assert not [c for c in cells if c.data_type == "f" and "evil" in str(c.value)]


def test_script_in_a_headline_stays_text(client: TestClient) -> None:
    place = later(client, f"{SCRIPT}会议强调，要抓好粮食生产。", f"{SCRIPT}会议强调，要抓牢粮食生产。")
    report = client.get(f"{place}/result?format=html")
    assert SCRIPT not in report.text and "&lt;script&gt;" in report.text
    assert "default-src 'none'" in report.headers["content-security-policy"]
    page = client.post("/", data={"page": f"{SCRIPT}\n会议强调，要抓好粮食生产。\n"}).text
    assert SCRIPT not in page


@pytest.mark.parametrize("name", ["a\r\nX-Evil: 1.txt", "a\nSet-Cookie: b=c", 'a"; x="', "a\u2028b.txt", "a\x00b.txt"])
def test_a_file_name_makes_no_header(client: TestClient, name: str) -> None:
    body = ("标题\n一句话。\n").encode()
    quoted = name.replace('"', "%22").encode()
    data = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="'
        + quoted
        + b'"\r\n\r\n'
        + body
        + b"\r\n--x--\r\n"
    )
    answer = client.post("/v1/segment", content=data, headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code in (200, 400, 422)
    assert "x-evil" not in answer.headers and "set-cookie" not in answer.headers


def test_no_url_in_an_input_is_ever_fetched(client: TestClient, trap: tuple[str, socket.socket]) -> None:
    url, listening = trap
    html = f'<html><head><link rel="stylesheet" href="{url}"><base href="{url}">'
    html += f'</head><body><img src="{url}"><p>会议召开</p>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="{url}" '
        'TargetMode="External"/></Relationships>'
    )
    doctype = f'<!DOCTYPE d SYSTEM "{url}" [<!ENTITY % p SYSTEM "{url}"> %p;]>'
    sent(client, html.encode(), "a.html")
    sent(client, docx(paragraph("会议召开"), "", {"word/_rels/document.xml.rels": relations.encode()}))
    sent(client, docx(paragraph("会议召开"), doctype))
    for body in ({"text": url}, {"text": "一句话。", "model": "openai"}, {"text": "一句话。", "id": url, "title": url}):
        client.post("/v1/summarize", json=body)
    client.post("/v1/compare", json={"central": [{"text": url}], "local": [{"text": url}]})
    client.post("/v1/digests", files={"file": ("a.jsonl", f'{{"url": "{url}", "text": "{url}"}}'.encode())})
    client.get("/v1/library/search", params={"q": url})
    with pytest.raises(TimeoutError):
        listening.accept()
