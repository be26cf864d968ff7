"""POST /v1/segment: a page (or a PDF of several) in, its articles and furniture out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from duizhao.api import examples
from duizhao.api.answers import SegmentedOut
from duizhao.api.bodies import FILE_TYPES, page_upload
from duizhao.api.schemas import PageIn
from duizhao.api.service import Its
from duizhao.api.worker import Ticket
from duizhao.exporters import json

router = APIRouter(prefix="/v1", tags=["work"])
FILE = {"type": "string", "format": "binary"}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "text/plain": {"schema": {"type": "string", "minLength": 1}, "example": examples.PAGE_TEXT},
            "application/json": {"schema": PageIn.model_json_schema(), "example": examples.PAGE_IN},
            **{kind: {"schema": FILE} for kind in FILE_TYPES},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": FILE | {"description": "a .txt, .pdf, .docx or .html file"},
                    },
                }
            },
        },
    }
}


@router.post(
    "/segment", summary="Cut a page into articles", response_model=SegmentedOut | list[SegmentedOut], openapi_extra=BODY
)
async def segment(request: Request, its: Its) -> Response:
    """Cut a page into its articles.

    Every character that is not white space lies in exactly one span of a printed field or of the furniture.
    The content of a file tells its format: text (UTF-8, UTF-16, GB18030), PDF, .docx, .html. A PDF of several pages
    gives a list, one entry a page.
    """
    upload = await page_upload(request, its.settings)

    def work(ticket: Ticket) -> str:
        pages = its.engine.segment(upload.data, upload.source, ticket.check)
        return json.dumps(json.segmented_pages(pages), indent=None)

    return Response(await its.answer(request, work), media_type="application/json")
