"""What a command prints, and what it prints when it cannot do its work."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import app
from app.cli.group import Commands, launchkit

VARIABLES = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "LAUNCHKIT_SECRET_KEY", "LAUNCHKIT_ENV", "PORT")


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LAUNCHKIT_DATA_DIR", str(tmp_path / "data"))
    return CliRunner()


class TestHelp:
    def test_is_shown_without_arguments(self, runner: CliRunner) -> None:
        result = runner.invoke(launchkit, [])
        assert result.exit_code == 0
        assert "Start everything on this machine" in result.output

    def test_names_every_command(self, runner: CliRunner) -> None:
        result = runner.invoke(launchkit, ["--help"])
        for name in (
            "dev",
            "demo",
            "doctor",
            "serve",
            "worker",
            "relay",
            "scheduler",
            "migrate",
            "seed",
            "verify",
        ):
            assert f"\n  {name} " in result.output

    def test_imports_no_command(self) -> None:
        code = (
            "import sys\nfrom app.cli.group import launchkit\nlaunchkit(['--help'], standalone_mode=False)\n"
            "heavy = {'aiohttp', 'tortoise', 'strawberry', 'dramatiq', 'rich', 'pydantic'} & set(sys.modules)\n"
            "assert not heavy, heavy"
        )
        root = Path(app.__file__).parents[1]
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=root)

    @pytest.mark.parametrize("name", Commands(name="x").list_commands(None))  # type: ignore[arg-type]
    def test_of_each_command_explains(self, runner: CliRunner, name: str) -> None:
        result = runner.invoke(launchkit, [name, "--help"])
        assert result.exit_code == 0, result.output
        assert len(result.output.splitlines()) > 4


class TestSettingsErrors:
    def test_name_every_variable_at_once_without_a_traceback(self, runner: CliRunner) -> None:
        result = runner.invoke(launchkit, ["serve"])
        assert result.exit_code == 1
        assert result.stdout == ""
        lines = result.stderr.splitlines()
        assert [line.split()[0] for line in lines] == ["DATABASE_URL", "REDIS_URL", "LAUNCHKIT_SECRET_KEY"]

    def test_refuse_an_empty_secret_in_development(
        self, runner: CliRunner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/x")
        monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
        for command in ("serve", "worker", "seed"):
            result = runner.invoke(launchkit, [command])
            assert result.exit_code == 1
            assert result.stderr.startswith("LAUNCHKIT_SECRET_KEY is not set")

    def test_say_what_is_wrong_with_a_value(self, runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", "99999")
        result = runner.invoke(launchkit, ["dev"])
        assert (result.exit_code, result.stderr) == (
            1,
            "PORT is '99999': use a whole number from 1 to 65535.\n",
        )

    def test_dev_is_not_for_production(self, runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LAUNCHKIT_ENV", "production")
        monkeypatch.setenv("LAUNCHKIT_SECRET_KEY", "0123456789abcdefghijklmnopqrstuvwxyz")
        monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/x")
        monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
        for command in ("dev", "seed"):
            result = runner.invoke(launchkit, [command])
            assert result.exit_code == 1
            assert result.stderr.startswith("LAUNCHKIT_ENV is production")


class TestUnreachableServers:
    def test_are_one_sentence(self, runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/x")
        result = runner.invoke(launchkit, ["migrate"])
        assert result.exit_code == 1
        assert result.stderr.startswith("A server cannot be reached")
        assert len(result.stderr.splitlines()) == 1
