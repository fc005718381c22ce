"""Makes this checkout runnable: `launchkit` beside the Python that runs this script.

Why not `pip install --editable .`: it needs a build backend. Virtual environments have
had none since Python 3.12, and pip would fetch one from the network, unpinned and
unhashed, for nothing but two small files. This writes the two files. Both are relative
to where they lie, so the folder may be moved or renamed.
"""

import os
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# The first three lines are a shell command to a shell and a string to Python: a plain
# `#!` line cannot name a path that has spaces in it or is longer than 127 bytes.
LAUNCHER = """\
#!/bin/sh
'''exec' "$(dirname "$0")/python" "$0" "$@"
' '''
import sys

from app.cli import main

if __name__ == "__main__":
    sys.argv[0] = "launchkit"
    sys.exit(main())
"""


def main() -> None:
    if sys.prefix == sys.base_prefix:
        sys.exit("Run this with the Python of a virtual environment: .venv/bin/python .ci/link.py")
    packages = Path(sysconfig.get_path("purelib"))
    (packages / "launchkit.pth").write_text(os.path.relpath(ROOT, packages) + "\n")
    launcher = Path(sysconfig.get_path("scripts")) / "launchkit"
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)


main()
