"""What `launchkit demo` takes and refuses."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import target
from app.cli.group import launchkit
from app.dev import state
from app.dev.state import Running


@pytest.fixture
def data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in ("LAUNCHKIT_URL", "LAUNCHKIT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LAUNCHKIT_DATA_DIR", str(tmp_path))
    return tmp_path


def announce(data_dir: Path) -> None:
    running = Running("http://127.0.0.1:1", "lk_live_key", "e", "p", "d", "r", os.getpid())
    state.announce(data_dir, running)


class TestText:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "Standard input is empty"),
            (b" \n", "Standard input is empty"),
            (b"\xff\xfe\x00", "Standard input is not UTF-8 text (byte 0 is not)"),
            (b"PK\x03\x04\0\0", "Standard input is a binary file"),
        ],
    )
    def test_of_no_use_is_refused(self, data_dir: Path, content: bytes, sentence: str) -> None:
        result = CliRunner().invoke(launchkit, ["demo"], input=content)
        assert result.exit_code == 1
        assert result.stderr.startswith(sentence)

    def test_a_missing_file_is_one_sentence(self, data_dir: Path) -> None:
        result = CliRunner().invoke(launchkit, ["demo", "nosuch.txt"])
        assert (result.exit_code, result.stderr) == (
            1,
            "nosuch.txt cannot be read: No such file or directory.\n",
        )


class TestTarget:
    def test_is_the_running_dev(self, data_dir: Path) -> None:
        announce(data_dir)
        assert target.find(None, None) == ("http://127.0.0.1:1", "lk_live_key")

    def test_is_what_was_named(self, data_dir: Path) -> None:
        assert target.find("http://other", "lk_live_other") == ("http://other", "lk_live_other")

    def test_is_missing_without_a_running_dev(self, data_dir: Path) -> None:
        result = CliRunner().invoke(launchkit, ["demo"], input="A text.")
        assert result.exit_code == 1
        assert result.stderr.startswith("No `launchkit dev` is running here")

    def test_the_demo_key_is_not_sent_elsewhere(self, data_dir: Path) -> None:
        announce(data_dir)
        result = CliRunner().invoke(launchkit, ["demo", "--url", "http://other"], input="A text.")
        assert result.stderr.startswith("http://other needs its own API key")

    def test_that_does_not_answer_is_one_sentence(self, data_dir: Path) -> None:
        announce(data_dir)
        result = CliRunner().invoke(launchkit, ["demo"], input="A text.")
        assert result.exit_code == 1
        assert (
            result.stderr == "No LaunchKit answers at http://127.0.0.1:1: start one with `launchkit dev`.\n"
        )
