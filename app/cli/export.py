"""Writing a generated file that is kept in the repository, or checking that it is current."""

from pathlib import Path

import click

from app.cli.failures import Expected


def write_or_check(path: Path, text: str, *, check: bool, mend: str) -> None:
    """Raises `Expected` when `check` is set and the file differs from `text`."""
    current = path.read_text("utf-8") if path.exists() else None
    shown = _shown(path)
    if check and current != text:
        problem = "does not exist" if current is None else "is not what the code says"
        raise Expected(f"{shown} {problem}: write it with `{mend}`.")
    if not check and current != text:
        path.write_text(text, "utf-8")
    click.echo(f"{shown} is current." if check or current == text else f"Wrote {shown}.")


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
