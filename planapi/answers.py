"""Contract models as HTTP answers, without FastAPI validating them a second time. For routes.

What has a version has it as its `ETag` (RFC 9110 section 8.8.3).
"""

from fastapi import Response
from pydantic import BaseModel

from portal.contract.base import Versioned


def answer(model: BaseModel) -> Response:
    """Return a model as JSON, with its version where it has one."""
    headers = {"ETag": f'"{model.version}"'} if isinstance(model, Versioned) else None
    return Response(model.model_dump_json(), media_type="application/json", headers=headers)
