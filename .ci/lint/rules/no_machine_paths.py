"""No file names somebody's home directory or a package registry.

A path that exists on one machine breaks on all others and tells who wrote it. A
registry's address in a lock file makes everybody use the one that the last person to
lock happened to have; the hashes already say which file is meant, and pip and npm know
where to look. So: no absolute home path, not the path of this checkout, no URL with a
registry as its host, no index option with an address, no `resolved` in npm's lock file.
"""

import re
from collections.abc import Iterator

from lint.source import Source

# Put together from halves so that this file does not find itself.
_HOMES = "|".join(("ho" + "me", "Us" + "ers"))
_REGISTRIES = "|".join(
    (
        "py" + "pi",
        "python" + "hosted",
        "npm" + "js",
        "yarn" + "pkg",
        "regis" + "try",
        "dev" + "pi",
        "artifac" + "tory",
    )
)
_NPM_LOCKS = frozenset({"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"})
# `make run` on the checkout "/" or "/app" must not find every path that begins so.
_FEWEST_PARTS = 3

_PATTERNS = (
    (re.compile(rf"(?<![\w.~$}}/-])/(?:{_HOMES})/[A-Za-z_][\w.-]*"), "an absolute home path"),
    (re.compile(r"(?<![\w.~$}/-])/ro" + r"ot/[\w.]"), "an absolute home path"),
    (re.compile(rf"\b[A-Za-z]:\\+(?:{_HOMES})\\+\w"), "an absolute home path"),
    (
        re.compile(rf"https?://(?:[^/\s@]*@)?(?:[\w-]+\.)*(?:[\w-]+-)?(?:{_REGISTRIES})(?:-[\w-]+)?\."),
        "a package registry",
    ),
    (re.compile(r"(?:^|\s)--(?:extra-)?index-url[ =]\S*//"), "a package index"),
)
_RESOLVED = re.compile(r'^\s*"?resolved"?:?\s')


def applies(source: Source) -> bool:
    return True


def find(source: Source) -> Iterator[tuple[int, str]]:
    patterns = [*_PATTERNS, *_checkout(source)]
    for pattern, what in patterns:
        for found in pattern.finditer(source.text):
            yield source.text.count("\n", 0, found.end()) + 1, f"names {what}"
    if source.path.name in _NPM_LOCKS:
        for number, line in enumerate(source.lines, start=1):
            if _RESOLVED.match(line):
                yield number, "names where a package came from; lock with omit-lockfile-registry-resolved"


def _checkout(source: Source) -> Iterator[tuple[re.Pattern[str], str]]:
    if len(source.root.parts) >= _FEWEST_PARTS:
        yield (
            re.compile(rf"(?<![\w.-]){re.escape(source.root.as_posix())}(?![\w-])"),
            "the path of this checkout",
        )
