"""`python .ci/lint`: prints `file:line rule message` for each finding and exits 1 if there is one."""

import sys
from pathlib import Path

# `.ci` is no importable name, so the package is found through its parent directory.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lint import runner

sys.exit(runner.main())
