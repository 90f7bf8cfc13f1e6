"""The Starlette application: archive, sign-up with double opt-in, leaving, preferences, health.

GET never changes anything: programs that scan mail follow links. No cookies, so one-click leaving works from anywhere.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from digest import newsletter
from digest.config import Config
from digest.errors import DigestError
from digest.render.forms import page
from digest.render.wording import html_language, language_name
from digest.steps.context import Context
from digest.steps.mailing import tokens_of
from digest.steps.outbox import link
from digest.store import runs
from digest.store.readers import Choice
from digest.web.archive import Archive
from digest.web.brake import Brake
from digest.web.forms import first, language_of, posted

_LOG = logging.getLogger("digest.web")
_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex",
}


def application(context: Callable[[], Context]) -> Starlette:
    """Build the application. `context` gives the wired objects with the clock of each request."""
    pages = _Pages(context)
    return Starlette(
        routes=[
            Route("/healthz", pages.health),
            Route("/subscribe", pages.subscribe, methods=["GET", "POST"]),
            Route("/confirm/{token}", pages.confirm, methods=["GET", "POST"]),
            Route("/u/{token}", pages.leave, methods=["GET", "POST"]),
            Route("/p/{token}", pages.preferences, methods=["GET", "POST"]),
            Mount("/", Archive(directory=context().output, html=True, check_dir=False)),
        ],
        exception_handlers={DigestError: pages.trouble},
    )


class _Pages:
    def __init__(self, context: Callable[[], Context]) -> None:
        self._context, self._theme = context, context().config.site.theme
        self._by_address = Brake(2, timedelta(minutes=10))
        self._by_client = Brake(20, timedelta(minutes=10))

    async def health(self, _request: Request) -> Response:
        """Say whether the store answers."""
        try:
            await run_in_threadpool(self._last_run)
        except DigestError as error:
            _LOG.warning("%s", error)
            return JSONResponse({"status": "store"}, 503, _HEADERS)
        return JSONResponse({"status": "ok"}, headers=_HEADERS)

    async def subscribe(self, request: Request) -> Response:
        """Show the form; on POST send the confirmation."""
        context = self._context()
        if request.method != "POST":
            mine = [each for each in newsletter.choices_of(context.config) if each[1] == language_of(request)]
            return self._form(request, context, mine)
        form = await posted(request)
        address, chosen = first(form, "address"), _choices(form.get("choice", []))
        if first(form, "website"):  # only programs fill in what people can't see
            return self._show(request, "asked")
        if not self._may_ask(request, address, context):
            return self._form(request, context, chosen, address, "often", 429)
        outcome = await run_in_threadpool(newsletter.sign_up, context, address, chosen, language_of(request))
        if outcome == "sent":
            return self._show(request, "asked")
        return self._form(request, context, chosen, address, outcome.removeprefix("bad "), 400)

    async def confirm(self, request: Request) -> Response:
        """Show what would be confirmed; on POST confirm it."""
        context, token = self._context(), request.path_params["token"]
        if request.method != "POST":
            wish = newsletter.wish(context, token)
            if wish is None:
                return self._show(request, "invalid", 404)
            return self._show(request, "confirm", choices=_offer(context.config, wish, wish))
        await posted(request)
        reader = await run_in_threadpool(newsletter.confirm, context, token)
        if reader is None:
            return self._show(request, "invalid", 404)
        own = link(context.config, "p", tokens_of(context.config).number("preferences", reader.id))
        return self._show(request, "confirmed", preferences=own)

    async def leave(self, request: Request) -> Response:
        """Ask whether to leave; on POST leave, also for the one-click POST of a mail program (RFC 8058)."""
        context, token = self._context(), request.path_params["token"]
        if request.method != "POST":
            return await self._ask_leaving(request, context, token)
        form = await posted(request)
        if not await run_in_threadpool(_leave, context, token, bool(first(form, "everything"))):
            return self._show(request, "invalid", 404)
        if first(form, "List-Unsubscribe"):
            return PlainTextResponse("unsubscribed\n", headers=_HEADERS)
        return self._show(request, "left")

    async def preferences(self, request: Request) -> Response:
        """Show a reader's choices; on POST replace them."""
        context, token = self._context(), request.path_params["token"]
        if request.method == "POST":
            chosen = _choices((await posted(request)).get("choice", []))
            if not await run_in_threadpool(newsletter.choose, context, token, chosen):
                return self._show(request, "invalid", 404)
            if not chosen:
                return self._show(request, "left")
        found = await run_in_threadpool(newsletter.preferences, context, token)
        if found is None:
            return self._show(request, "invalid", 404)
        offer = _offer(context.config, found.offered, found.chosen)
        return self._show(request, "preferences", choices=offer, saved=request.method == "POST")

    async def trouble(self, request: Request, error: Exception) -> Response:
        """Say that something of ours does not work, and tell the log what."""
        _LOG.warning("%s", error)
        return self._show(request, "trouble", 503)

    async def _ask_leaving(self, request: Request, context: Context, token: str) -> Response:
        if tokens_of(context.config).read_number("unsubscribe", token) is None:
            return self._show(request, "invalid", 404)
        choice = await run_in_threadpool(newsletter.subscription_of, context, token)
        offered = [] if choice is None else _offer(context.config, [choice], [])
        return self._show(request, "leave", choice=offered[0] if offered else None)

    def _last_run(self) -> None:
        with self._context().database.read() as tx:
            runs.last(tx)

    def _may_ask(self, request: Request, address: str, context: Context) -> bool:
        client = request.client.host if request.client else ""
        free = self._by_client.passes(client, context.now)
        return free and self._by_address.passes(address.strip().casefold(), context.now)

    def _form(
        self,
        request: Request,
        context: Context,
        chosen: Collection[Choice],
        address: str = "",
        fault: str = "",
        status: int = 200,
    ) -> Response:
        choices = _offer(context.config, newsletter.choices_of(context.config), chosen)
        return self._show(request, "subscribe", status, choices=choices, address=address, fault=fault)

    def _show(self, request: Request, name: str, status: int = 200, **values: object) -> Response:
        return HTMLResponse(page(name, language=language_of(request), theme=self._theme, **values), status, _HEADERS)


def _leave(context: Context, token: str, everything: bool) -> bool:  # noqa: FBT001  run_in_threadpool passes it on
    return newsletter.leave(context, token, everything=everything)


def _choices(values: Sequence[str]) -> tuple[Choice, ...]:
    parts = (value.partition(":") for value in values)
    return tuple((publication, language) for publication, _, language in parts)


def _offer(config: Config, offered: Sequence[Choice], chosen: Collection[Choice]) -> list[dict[str, object]]:
    titles = {publication.slug: publication for publication in config.publications}
    return [
        {
            "value": f"{slug}:{language}",
            "title": titles[slug].title(language) if slug in titles else slug,
            "language": language_name(language),
            "tag": html_language(language),
            "checked": (slug, language) in set(chosen),
        }
        for slug, language in offered
    ]
