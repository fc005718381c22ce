"""An actor takes keyword arguments only and ends in `**_`.

A message outlives the deploy that wrote it. Keyword arguments make it readable in the
queue and independent of their order; `**_` lets the old worker run a message to which
the new sender has added an argument.
"""

import ast
from collections.abc import Iterator

from lint.source import Source, last_name

Function = ast.FunctionDef | ast.AsyncFunctionDef


def applies(source: Source) -> bool:
    return source.is_python and source.is_in("workers")


def find(source: Source) -> Iterator[tuple[int, str]]:
    for node in source.nodes:
        if isinstance(node, Function) and any(last_name(each) == "actor" for each in node.decorator_list):
            yield from _problems(node)


def _problems(function: Function) -> Iterator[tuple[int, str]]:
    arguments = function.args
    if arguments.posonlyargs or arguments.args or arguments.vararg:
        yield function.lineno, f"actor {function.name} takes positional arguments; begin its list with *"
    if arguments.kwarg is None or arguments.kwarg.arg != "_":
        yield function.lineno, f"actor {function.name} must end in **_ for rolling deploys"
