"""Generated files that are kept in the repository."""

from pathlib import Path

import pytest

from app.cli import export
from app.cli.failures import Expected


class TestWriteOrCheck:
    def test_writes_what_is_missing_or_old(self, tmp_path: Path) -> None:
        path = tmp_path / "schema.graphql"
        for text in ("type A\n", "type B\n"):
            export.write_or_check(path, text, check=False, mend="mend")
            assert path.read_text() == text

    def test_leaves_a_current_file_untouched(self, tmp_path: Path) -> None:
        path = tmp_path / "schema.graphql"
        path.write_text("type A\n")
        before = path.stat().st_mtime_ns
        export.write_or_check(path, "type A\n", check=False, mend="mend")
        export.write_or_check(path, "type A\n", check=True, mend="mend")
        assert path.stat().st_mtime_ns == before

    @pytest.mark.parametrize("content", [None, "type Old\n"])
    def test_check_refuses_and_writes_nothing(self, tmp_path: Path, content: str | None) -> None:
        path = tmp_path / "schema.graphql"
        if content is not None:
            path.write_text(content)
        with pytest.raises(Expected, match="write it with `launchkit schema export`"):
            export.write_or_check(path, "type A\n", check=True, mend="launchkit schema export")
        assert (path.read_text() if path.exists() else None) == content
