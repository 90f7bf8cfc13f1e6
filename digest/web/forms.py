"""A form as it is posted, bounded before it is parsed; and who speaks which language."""

from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

_MOST_BYTES = 64_000
_MOST_FIELDS = 200

Form = dict[str, list[str]]


async def posted(request: Request) -> Form:
    """Return the fields of an URL-encoded form; nothing for another type, such as the multipart of a one-click POST.

    Raises HTTPException 413 for more than 64 KB and 400 for what is no form.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise HTTPException(413)
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    try:
        return parse_qs(body.decode("ascii", "replace"), max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error


def first(form: Form, name: str) -> str:
    """Return the first value of a field, "" where there is none."""
    return form.get(name, [""])[0]


def language_of(request: Request) -> str:
    """Return "zh" or "en": the query's wish, else what the reader's browser prefers."""
    wish = request.query_params.get("lang") or request.headers.get("accept-language", "")
    return "zh" if wish.strip().lower().startswith("zh") else "en"
