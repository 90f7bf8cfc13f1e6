"""The archive's files as they lie in the output folder, without those that are being written."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_PRIVATE = frozenset({"mail.html", "mail.txt"})  # their links are nobody's


class Archive(StaticFiles):
    """Static files, but no hidden ones and no mails."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file. Raises HTTPException 404."""
        parts = path.replace("\\", "/").split("/")
        if parts[-1] in _PRIVATE or any(part.startswith(".") and part != "." for part in parts):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["x-content-type-options"] = "nosniff"
        return response
