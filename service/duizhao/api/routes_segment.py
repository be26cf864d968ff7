"""POST /v1/segment: a page (or a PDF of several) in, its articles and furniture out; the page is kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from duizhao.api import examples
from duizhao.api.answers import SegmentedOut
from duizhao.api.bodies import FILE_TYPES, Upload, page_upload
from duizhao.api.schemas import PageIn
from duizhao.api.service import Its, Service, Who, in_thread
from duizhao.exporters import json
from duizhao.stores.pages import content_ids, store_pages
from duizhao.types.articles import SegmentedPage

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
async def segment(
    request: Request,
    its: Its,
    who: Who,
    store: Annotated[bool, Query(description="keep the page, to be read and edited under its id")] = True,
) -> Response:
    """Cut a page into its articles.

    Every character that is not white space lies in exactly one span of a printed field or of the furniture.
    The content of a file tells its format: text (UTF-8, UTF-16, GB18030), PDF, .docx, .html. A PDF of several pages
    gives a list, one entry a page. The page is kept under `page.id`, which comes from its content, unless `store` is
    false, the settings keep no pages, or the key may not write.
    """
    upload = await page_upload(request, its.settings)
    pages = await its.segment(request, upload)
    keep = store and its.settings.page_days > 0 and who.may("write")
    return Response(await in_thread(_rendered, its, upload, pages, keep=keep), media_type="application/json")


def _rendered(its: Service, upload: Upload, pages: list[SegmentedPage], *, keep: bool) -> str:
    if keep:
        pages = content_ids(upload.data, upload.source, pages)
        store_pages(its.database, pages)
    return json.dumps(json.segmented_pages(pages), indent=None)
