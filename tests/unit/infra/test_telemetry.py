"""What traces show."""

from yarl import URL

from app.infra import telemetry


class TestWithoutQuery:
    def test_shows_where_to_and_no_secret(self) -> None:
        shown = telemetry.without_query(URL("https://user:pass@hooks.example/a/b?token=hidden"))

        assert shown == "https://hooks.example/a/b"
