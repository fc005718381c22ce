"""The `launchkit` command line: one module per command, each imported only when it is asked for."""

from app.cli.group import launchkit as main

__all__ = ["main"]
