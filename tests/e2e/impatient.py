"""`launchkit`, whose supervisors start again at once what has crashed: where one worker after the other is to end.

By itself each crash soon after the last doubles a pause, up to half a minute.
"""

from app.cli.group import launchkit
from app.dev import children

children._LONGEST_PAUSE_SECONDS = 0.5

if __name__ == "__main__":
    launchkit(prog_name="launchkit")
