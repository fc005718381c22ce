"""No module or package is called utils, helpers, common, base or manager.

Such a name says where code was put and not what it is about, so everything fits into
it and nothing is found there. Name the concept: `signing`, `pagination`, `lease`.
"""

from collections.abc import Iterator

from lint.source import Source

NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "base", "manager", "managers"})


def applies(source: Source) -> bool:
    return source.is_python


def find(source: Source) -> Iterator[tuple[int, str]]:
    for name in (*source.path.parts[:-1], source.path.stem):
        if name in NAMES:
            yield 1, f"{name!r} says nothing about what is inside; name the concept"
