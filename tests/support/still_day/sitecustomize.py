"""Stops the clock of each Python process that finds this folder on its path: see `still_town`.

PostgreSQL keeps the real time, and counts with it how long a login lasts. The simulator's logins
are therefore made to end long after the stopped day.
"""

import os
import sys

import time_machine

if "simulator" in sys.orig_argv:
    from sandbox.broker import grants

    grants.SESSION_SECONDS = 10 * 365 * 24 * 3600

time_machine.travel(os.environ["STILL_AT"], tick=False).start()  # noqa: TID251 - no settings here
