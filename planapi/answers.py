"""Contract models as HTTP answers, without FastAPI validating them a second time. For routes.

A resource's version is its `ETag` (RFC 9110 section 8.8.3).
"""

from fastapi import Response
from pydantic import BaseModel

from portal.contract.base import Resource


def answer(model: BaseModel) -> Response:
    """Return a model as JSON, with its version where it has one."""
    headers = {"ETag": f'"{model.version}"'} if isinstance(model, Resource) else None
    return Response(model.model_dump_json(), media_type="application/json", headers=headers)
