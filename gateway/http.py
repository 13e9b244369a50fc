"""The gateway over HTTP: a page that says what this is, health, metrics and the API's description.

Nothing here knows a debtor. Every page stands alone: no script, nothing from another machine.
"""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Protocol

from fastapi import FastAPI, Header, Query, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel
from starlette.middleware.base import RequestResponseEndpoint

from gateway.metrics import CONTENT_TYPE

SERVICE = "inkasso-gateway"
PAGES = Path(__file__).with_name("pages")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Status(Protocol):
    """What the pages ask of a running gateway."""

    def ready(self) -> tuple[bool, str]:
        """Whether it can accept, and if not why."""

    def render_metrics(self) -> bytes:
        """All figures in Prometheus' text form."""


class Health(BaseModel):
    """The process is alive."""

    service: str = SERVICE
    alive: bool = True


class Readiness(BaseModel):
    """Whether submissions can be accepted; `reason` says why not."""

    ready: bool
    reason: str


def create_app(status: Status, domain: str = "inkasso.example") -> FastAPI:
    """The HTTP application of a gateway whose mail comes in under `domain`."""
    # The library's own documentation pages load their scripts from another machine.
    app = FastAPI(title="inkasso-gateway", version=_version(), docs_url=None, redoc_url=None)
    app.middleware("http")(_with_headers)

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def landing(
        lang: Annotated[str, Query()] = "", accept_language: Annotated[str, Header()] = "de"
    ) -> HTMLResponse:
        language = _language(lang, accept_language)
        return _page(f"landing.{language}.html.j2", domain=domain, language=language)

    @app.get("/docs", response_class=HTMLResponse, include_in_schema=False)
    def docs() -> HTMLResponse:
        return _page("docs.html.j2", api=app.openapi(), language="en")

    @app.get("/healthz", summary="Is the process alive?")
    async def healthz() -> Health:
        return Health()

    @app.get("/readyz", summary="Can submissions be accepted?", responses={503: {"model": Readiness}})
    def readyz(response: Response) -> Readiness:
        ready, reason = status.ready()
        response.status_code = 200 if ready else 503
        return Readiness(ready=ready, reason=reason)

    @app.get(
        "/metrics",
        summary="Figures for Prometheus",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    )
    def metrics() -> Response:
        return Response(status.render_metrics(), headers={"Content-Type": CONTENT_TYPE})

    return app


async def _with_headers(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _policy(""))
    return response


def _page(template: str, **facts: Any) -> HTMLResponse:
    style = _style()
    html = _templates().get_template(template).render(style=style, **facts)
    return HTMLResponse(html, headers={"Content-Security-Policy": _policy(style)})


def _policy(style: str) -> str:
    """Only our own style may run, named by its hash; no script, no frame, no other machine."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    allowed = f" style-src 'sha256-{digest}';" if style else ""
    return f"default-src 'none';{allowed} base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _language(chosen: str, accepted: str) -> str:
    """The language asked for, else the first of the browser's that we speak, else German."""
    for wish in (chosen, *accepted.split(",")):
        language = wish.strip()[:2].lower()
        if language in {"de", "en"}:
            return language
    return "de"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def _style() -> str:
    return (PAGES / "style.css").read_text(encoding="utf-8")


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - reads the disk, once

    return version("inkasso-gateway")
