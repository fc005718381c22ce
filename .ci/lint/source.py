"""What a rule is given, and what it gives back."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

# The reason is part of the form: an exception that nobody explains is not one.
_ALLOWED = re.compile(r"lint: allow (?P<rule>\w+): \S")


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    path: PurePosixPath
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.rule} {self.message}"


@dataclass(frozen=True)
class Source:
    """One file of the repository: its path from the root, and its text."""

    path: PurePosixPath
    text: str
    root: Path = Path("/")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node, collected once for all rules: walking is what costs the time."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def is_python(self) -> bool:
        return self.path.suffix == ".py"

    @property
    def calls(self) -> Iterator[ast.Call]:
        return (node for node in self.nodes if isinstance(node, ast.Call))

    def is_in(self, *packages: str) -> bool:
        return self.path.parts[0] in packages

    def allows(self, rule: str, line: int) -> bool:
        near = self.lines[max(line - 2, 0) : line]
        return any(found["rule"] == rule for text in near if (found := _ALLOWED.search(text)))


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a chain of names; calls are looked through, so `a.b().c` is `a.b.c` too."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return ""


def last_name(node: ast.expr) -> str:
    return dotted(node).rpartition(".")[2]


def imported_names(source: Source) -> dict[str, str]:
    """What each imported name stands for: `{"dt": "datetime", "now": "time.time"}`."""
    names: dict[str, str] = {}
    for node in source.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                # `import a.b` binds `a`; `import a.b as c` binds `a.b`.
                bound = alias.name if alias.asname else alias.name.partition(".")[0]
                names[alias.asname or bound] = bound
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names
