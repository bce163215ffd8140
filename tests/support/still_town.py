"""A demo in which it is always the same moment: pictures and transcripts of it stay as they are."""

from pathlib import Path

from tests.support.demo import RunningDemo

MOMENT = "2026-10-14T08:00:00+00:00"
"""A Wednesday, 10 o'clock in Denmark. Never later than today: see `still_day`."""

_STOPS_THE_CLOCK = Path(__file__).parent / "still_day"


class StillTown(RunningDemo):
    """The whole demo, each of its Python processes on a clock that stands still."""

    def __init__(self, data: Path, port: int) -> None:
        super().__init__(
            data,
            port,
            settings={"PYTHONPATH": str(_STOPS_THE_CLOCK), "STILL_AT": MOMENT},
        )
