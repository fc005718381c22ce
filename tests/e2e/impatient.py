"""`launchkit`, whose supervisors start again at once what has crashed: where one worker after the other is to end.

By itself each crash soon after the last doubles a pause, up to half a minute. Where they stop, they give a busy machine
more than the two seconds that ten leave to a worker after its handlers' eight.
"""

from app.cli.group import launchkit
from app.dev import children

children._LONGEST_PAUSE_SECONDS = 0.5
children.Children.stop.__defaults__ = (30.0,)

if __name__ == "__main__":
    launchkit(prog_name="launchkit")
