"""`python -m app.cli`: how the supervisors start their child processes."""

from app.cli.group import launchkit

launchkit(prog_name="launchkit")
