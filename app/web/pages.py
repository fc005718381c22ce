"""The pages for browsers: GraphiQL, the API docs, and what mailed links open; and the files they load.

Everything comes from this server: no content network sees who reads the docs,
and the pages work without the internet. Only the files listed here can be
fetched; the path in a URL is a key into that list and never touches the disk.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from aiohttp import web

OWN: Final = "launchkit"
STATIC: Final = Path(__file__).parent / "static"

SERVED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "graphiql": frozenset({"graphiql.min.js", "graphiql.min.css"}),
        "graphql-ws": frozenset({"umd/graphql-ws.min.js"}),
        "react": frozenset({"umd/react.production.min.js"}),
        "react-dom": frozenset({"umd/react-dom.production.min.js"}),
        "swagger-ui-dist": frozenset({"swagger-ui-bundle.js", "swagger-ui.css"}),
        OWN: frozenset(
            {
                "accept-invitation.graphql",
                "accept-invitation.js",
                "account.graphql",
                "account.js",
                "docs.js",
                "graphiql.js",
                "icon.svg",
                "pages.css",
                "welcome.graphql",
            }
        ),
    }
)

CONTENT_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".graphql": "text/plain; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
    }
)

YEAR: Final = 31_536_000
UNVERSIONED_SECONDS: Final = 300

_ASSET_URL: Final = re.compile(r'"/assets/(?P<package>[\w-]+)/(?P<path>[\w./-]+)"')


# GraphiQL's dialogs add one constant <style> element that stops the page behind
# them from scrolling. Its hash admits exactly that text and no other inline style.
_SCROLL_LOCK: Final = "'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='"

# 'self' covers the WebSocket of the same host too (CSP level 3).
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        f"style-src 'self' {_SCROLL_LOCK}",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


PAGE_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
    }
)


class AssetMissing(Exception):
    """A listed file is not on the disk: the browser assets were never installed."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Where the served packages lie: `<directory>/node_modules`, and our own beside this module."""

    directory: Path

    def file(self, package: str, path: str) -> Path | None:
        """The file behind an asset URL; `None` for everything that is not listed."""
        if path not in SERVED.get(package, frozenset()):
            return None
        return self._root(package) / path

    def version(self, package: str, path: str) -> str:
        """What `?v=` must say for this file to be cached for good. Raises `AssetMissing`."""
        file = self.file(package, path)
        if file is None or not file.is_file():
            raise AssetMissing(f"{package}/{path}")
        if package == OWN:
            return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        return _package_version(self._root(package))

    def page(self, name: str) -> str:
        """One of our HTML pages, each asset URL completed by its version. Raises `AssetMissing`."""

        def versioned(found: re.Match[str]) -> str:
            url = found.group(0).strip('"')
            return f'"{url}?v={self.version(found["package"], found["path"])}"'

        return _ASSET_URL.sub(versioned, (STATIC / name).read_text("utf-8"))

    def _root(self, package: str) -> Path:
        return STATIC if package == OWN else self.directory / "node_modules" / package


def _package_version(root: Path) -> str:
    try:
        return str(json.loads((root / "package.json").read_bytes())["version"])
    except (OSError, ValueError, KeyError) as problem:
        raise AssetMissing(f"{root.name}/package.json") from problem


ASSETS: Final = web.AppKey("launchkit.assets", Assets)


def add_routes(app: web.Application, *, assets_dir: Path) -> None:
    """Serve `/docs`, `/account/…` and `/assets/…`; `assets_dir` is the folder that holds `node_modules`."""
    app[ASSETS] = Assets(assets_dir)
    app.router.add_get("/docs", docs_page, name="docs")
    app.router.add_get("/account/accept-invitation", accept_invitation_page, name="accept-invitation")
    app.router.add_get("/account/verify-email", verify_email_page, name="verify-email")
    app.router.add_get("/account/reset-password", reset_password_page, name="reset-password")
    app.router.add_get("/assets/{package}/{path:.+}", asset, name="asset")


async def graphiql_page(request: web.Request) -> web.Response:
    """GraphiQL. The GraphQL view calls this for a GET that asks for HTML and carries no query."""
    return await _page(request, "graphiql.html")


async def docs_page(request: web.Request) -> web.Response:
    """The REST description, to read and to try."""
    return await _page(request, "docs.html")


async def accept_invitation_page(request: web.Request) -> web.Response:
    """Where the link in the mail of an invitation leads."""
    return await _page(request, "accept-invitation.html")


async def verify_email_page(request: web.Request) -> web.Response:
    """Where the link in a mail leads that confirms an address."""
    return await _page(request, "verify-email.html")


async def reset_password_page(request: web.Request) -> web.Response:
    """Where a link is asked for that sets a new password, and where it leads."""
    return await _page(request, "reset-password.html")


async def asset(request: web.Request) -> web.StreamResponse:
    """One listed file. Only the version that is really here may be kept by caches for good."""
    package, path = request.match_info["package"], request.match_info["path"]
    assets = request.config_dict[ASSETS]
    file = assets.file(package, path)
    if file is None:
        raise web.HTTPNotFound(text="No such asset.")
    try:
        version = await asyncio.to_thread(assets.version, package, path)
    except AssetMissing:
        raise web.HTTPNotFound(text="This asset is not installed: `make assets` installs it.") from None
    return web.FileResponse(
        file,
        headers={
            "Content-Type": CONTENT_TYPES[file.suffix],
            "Cache-Control": _cache_control(is_current=request.query.get("v") == version),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _cache_control(*, is_current: bool) -> str:
    # During a rolling deploy a page of the new version may reach a process of the
    # old one: bytes under a version that they do not have must not stick.
    if is_current:
        return f"public, max-age={YEAR}, immutable"
    return f"public, max-age={UNVERSIONED_SECONDS}"


async def _page(request: web.Request, name: str) -> web.Response:
    assets = request.config_dict[ASSETS]
    status = 200
    try:
        text = await asyncio.to_thread(assets.page, name)
    except AssetMissing:
        status, text = 503, await asyncio.to_thread(assets.page, "missing.html")
    return web.Response(
        text=text, status=status, content_type="text/html", charset="utf-8", headers=PAGE_HEADERS
    )
