"""What has to be so in every process, and in every domain that tells the world something."""

import ast
from collections.abc import Iterator
from pathlib import Path

import app
from app.webhooks import catalogue

ROOT = Path(app.__file__).parents[1]
# They only read.
READERS = {"app/cli/verify.py"}


def sources() -> Iterator[tuple[str, str]]:
    for package in ("app", "workers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")


class TestCompositionRoots:
    def test_that_open_the_database_have_public_facts_recorded(self) -> None:
        roots = {name: text for name, text in sources() if "await orm.init(" in text}

        assert {
            "app/main.py",
            "workers/runtime.py",
            "workers/scheduler.py",
            "workers/relay.py",
        } <= roots.keys()
        missing = [name for name, text in roots.items() if "recording.install()" not in text]
        assert set(missing) <= READERS, (
            "call recording.install(), or endpoints are not told what happens here"
        )


class TestCatalogue:
    def test_knows_every_public_event_by_name(self) -> None:
        told: set[str] = set()
        for _, text in sources():
            if "is_public=True" not in text:
                continue
            for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
                is_public = any(keyword.arg == "is_public" for keyword in call.keywords)
                if is_public and call.args and isinstance(call.args[0], ast.Constant):
                    told.add(str(call.args[0].value))

        assert {"member.invited", "usage.updated"} <= told
        assert told <= catalogue.BY_NAME.keys(), "describe them in app/webhooks/catalogue.py"

    def test_takes_names_areas_and_everything_for_patterns(self) -> None:
        assert all(catalogue.is_pattern(text) for text in ("job.failed", "job.*", "*"))
        wrong = ("", "job", "job.", "jobs.*", "*.failed", "job.f*", "job.unheard_of", "**", "job.failed ")
        assert not any(catalogue.is_pattern(text) for text in wrong)

    def test_matches_what_its_patterns_say(self) -> None:
        assert catalogue.patterns_of("job.failed") == ("job.failed", "job.*", "*")
