"""The browser pages: what is served, what is not, and under which headers."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from app.web import pages

ROOT = Path(__file__).resolve().parents[3]
Client = TestClient[web.Request, web.Application]


def install(assets: Path, *, version: str = "1.2.3") -> None:
    """A `node_modules` with every listed file, and one that is not listed beside each."""
    for package, files in pages.SERVED.items():
        if package == pages.OWN:
            continue
        root = assets / "node_modules" / package
        for name in (*files, "secret.js"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(f"/* {package} {name} */")
        (root / "package.json").write_text(json.dumps({"name": package, "version": version}))


def application(assets: Path) -> web.Application:
    app = web.Application()
    pages.add_routes(app, assets_dir=assets)
    app.router.add_get("/graphql", pages.graphiql_page)
    return app


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
    install(tmp_path)
    return await aiohttp_client(application(tmp_path))


@pytest.fixture
async def bare_client(aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
    return await aiohttp_client(application(tmp_path))


class TestAssets:
    @pytest.mark.parametrize(
        ("url", "content_type"),
        [
            ("/assets/graphiql/graphiql.min.js", "text/javascript; charset=utf-8"),
            ("/assets/graphiql/graphiql.min.css", "text/css; charset=utf-8"),
            ("/assets/react/umd/react.production.min.js", "text/javascript; charset=utf-8"),
            ("/assets/launchkit/graphiql.js", "text/javascript; charset=utf-8"),
            ("/assets/launchkit/icon.svg", "image/svg+xml"),
            ("/assets/launchkit/welcome.graphql", "text/plain; charset=utf-8"),
        ],
    )
    async def test_are_served_with_their_type(self, client: Client, url: str, content_type: str) -> None:
        answer = await client.get(url)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == content_type
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "url",
        [
            "/assets/graphiql/secret.js",
            "/assets/graphiql/package.json",
            "/assets/left-pad/index.js",
            "/assets/launchkit/graphiql.html",
            "/assets/graphiql/",
            "/assets/graphiql",
            "/assets/graphiql/./graphiql.min.js/.",
        ],
    )
    async def test_that_are_not_listed_do_not_exist(self, client: Client, url: str) -> None:
        assert (await client.get(url)).status == 404

    @pytest.mark.parametrize(
        "path",
        [
            "/assets/graphiql/../../package.json",
            "/assets/graphiql/%2e%2e/%2e%2e/package.json",
            "/assets/graphiql/..%2f..%2fpackage.json",
            "/assets/..%2f..%2f/package.json",
            "/assets/%2e%2e/secret.js",
            "/assets/launchkit/..%2fpages.py",
            "/assets/launchkit/%2fetc%2fpasswd",
            "/assets/launchkit//etc/passwd",
            "/assets/graphiql/..%5c..%5cpackage.json",
            "/assets/graphiql/graphiql.min.js%00.css",
        ],
    )
    async def test_cannot_be_left_by_a_path(self, client: Client, path: str) -> None:
        """Sent as they are: a client library would tidy the dots away."""
        assert client.port is not None
        status = await _raw_status(client.host, client.port, path)
        assert status in (400, 404)

    async def test_are_immutable_only_under_the_version_that_is_here(self, client: Client) -> None:
        right = await client.get("/assets/graphiql/graphiql.min.js?v=1.2.3")
        other = await client.get("/assets/graphiql/graphiql.min.js?v=9.9.9")
        plain = await client.get("/assets/graphiql/graphiql.min.js")
        assert right.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert other.headers["Cache-Control"] == plain.headers["Cache-Control"] == "public, max-age=300"

    async def test_answer_304_to_a_known_etag(self, client: Client) -> None:
        first = await client.get("/assets/launchkit/pages.css")
        again = await client.get(
            "/assets/launchkit/pages.css", headers={"If-None-Match": first.headers["ETag"]}
        )
        assert again.status == 304

    async def test_say_how_to_install_them_when_they_are_missing(self, bare_client: Client) -> None:
        answer = await bare_client.get("/assets/graphiql/graphiql.min.js")
        assert answer.status == 404
        assert "make assets" in await answer.text()


class TestPages:
    @pytest.mark.parametrize(
        "url",
        [
            "/docs",
            "/graphql",
            "/account/accept-invitation",
            "/account/verify-email",
            "/account/reset-password",
        ],
    )
    async def test_carry_the_security_headers(self, client: Client, url: str) -> None:
        answer = await client.get(url)
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy

    @pytest.mark.parametrize("url", ["/docs", "/graphql"])
    async def test_load_only_assets_that_are_served_and_immutable(self, client: Client, url: str) -> None:
        text = await (await client.get(url)).text()
        links = [part.split('"')[0] for part in text.split('"/assets/')[1:]]
        assert len(links) >= 4
        for link in links:
            answer = await client.get(f"/assets/{link}")
            assert answer.status == 200
            assert answer.headers["Cache-Control"].endswith("immutable")

    @pytest.mark.parametrize("name", [path.name for path in pages.STATIC.glob("*.html")])
    def test_hold_no_inline_script_or_style_and_no_foreign_address(self, name: str) -> None:
        text = (pages.STATIC / name).read_text("utf-8")
        assert text.count("<script") == text.count("<script defer src=")
        assert "<style" not in text
        assert " style=" not in text
        assert "//" not in text.replace("<!doctype", "")

    async def test_behind_links_need_nothing_installed(self, bare_client: Client) -> None:
        answer = await bare_client.get("/account/accept-invitation")
        assert answer.status == 200
        assert "accept-invitation.js?v=" in await answer.text()

    @pytest.mark.parametrize("url", ["/docs", "/graphql"])
    async def test_say_how_to_mend_missing_assets(self, bare_client: Client, url: str) -> None:
        answer = await bare_client.get(url)
        assert answer.status == 503
        assert answer.content_type == "text/html"
        assert "Content-Security-Policy" in answer.headers
        assert "make assets" in await answer.text()

    async def test_mend_themselves_once_the_assets_are_there(
        self, bare_client: Client, tmp_path: Path
    ) -> None:
        assert (await bare_client.get("/docs")).status == 503
        install(tmp_path)
        assert (await bare_client.get("/docs")).status == 200

    async def test_treat_a_broken_package_as_missing(self, client: Client, tmp_path: Path) -> None:
        (tmp_path / "node_modules" / "graphiql" / "package.json").write_text("{")
        assert (await client.get("/graphql")).status == 503


class TestPackageManifest:
    def test_pins_every_served_package_exactly(self) -> None:
        manifest = _json(ROOT / "assets" / "package.json")
        assert set(manifest["dependencies"]) == set(pages.SERVED) - {pages.OWN}
        assert all(version[0].isdigit() for version in manifest["dependencies"].values())

    def test_locks_hashes_and_names_no_host(self) -> None:
        lock = _json(ROOT / "assets" / "package-lock.json")
        installed = [entry for name, entry in lock["packages"].items() if name]
        assert installed
        assert all("integrity" in entry and "resolved" not in entry for entry in installed)

    def test_lists_own_files_that_exist(self) -> None:
        assert all((pages.STATIC / name).is_file() for name in pages.SERVED[pages.OWN])


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


async def _raw_status(host: str, port: int, path: str) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    await writer.drain()
    line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return int(line.split()[1])
