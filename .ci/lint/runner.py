"""Finds the files, runs the rules, prints the findings."""

import argparse
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from lint.rules import ALL, Rule
from lint.source import Finding, Source

_ROOT = Path(__file__).resolve().parents[2]
_SKIPPED_DIRECTORIES = frozenset({".git", ".venv", "node_modules", "__pycache__", "build", "dist"})
# Larger files are data; the rules are about what people write.
_LARGEST_BYTES = 2_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python .ci/lint", description="Checks the rules of this house.")
    parser.add_argument(
        "--root", type=Path, default=_ROOT, help="the tree to check (default: this repository)"
    )
    options = parser.parse_args(arguments)
    findings = sorted(check(read_all(options.root.resolve())))
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} found. Each rule tells its reason in .ci/lint/rules/<rule>.py")
    return 1 if findings else 0


def check(sources: Iterable[Source], rules: Sequence[Rule] = ALL) -> Iterator[Finding]:
    for source in sources:
        for rule in rules:
            yield from check_one(source, rule)


def check_one(source: Source, rule: Rule) -> Iterator[Finding]:
    if not rule.applies(source):
        return
    try:
        for line, message in rule.find(source):
            if not source.allows(rule.name, line):
                yield Finding(source.path, line, rule.name, message)
    except SyntaxError as problem:
        yield Finding(source.path, problem.lineno or 1, rule.name, f"cannot be parsed: {problem.msg}")


def read_all(root: Path) -> Iterator[Source]:
    for path in _paths(root):
        file = root / path
        if not file.is_file() or file.stat().st_size > _LARGEST_BYTES:
            continue
        content = file.read_bytes()
        if b"\0" not in content:
            yield Source(PurePosixPath(path), content.decode("utf-8", errors="replace"), root)


def _paths(root: Path) -> list[str]:
    """Tracked files and new ones that are not ignored; without git, every file outside of build results."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return sorted(_walk(root))
    return sorted({path for path in listing.stdout.decode("utf-8", "surrogateescape").split("\0") if path})


def _walk(root: Path) -> Iterator[str]:
    for file in root.rglob("*"):
        path = file.relative_to(root)
        if not _SKIPPED_DIRECTORIES.intersection(path.parts):
            yield path.as_posix()
