"""`.env.example` names every variable that is read."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.core import config

EXAMPLE = Path(__file__).parents[3] / ".env.example"
# Of the user's machine, not of LaunchKit.
FOREIGN = {"HOME", "XDG_DATA_HOME"}


class Recorder(Mapping[str, str]):
    """An environment with nothing in it that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class TestEnvExample:
    def test_names_every_variable_that_the_settings_read(self) -> None:
        environment = Recorder()
        config.load(environment)
        named = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE))

        assert environment.asked - FOREIGN <= named
