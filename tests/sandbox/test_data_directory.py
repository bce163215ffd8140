"""A data directory is ours, whole, and used by one demo at a time: or one line says what to do."""

import json
from datetime import date
from itertools import product

import pytest

from sandbox.data_directory import LAYOUT, DataDirectory, DataDirectoryError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "demo"


@pytest.fixture
def open_directory(path):
    opened = []

    def open_it():
        directory = DataDirectory(path)
        opened.append(directory)
        return directory

    yield open_it
    for directory in opened:
        directory.close()


def test_secrets_stay_the_same_between_runs_and_are_only_ours(open_directory, path):
    first = open_directory().prepare(fresh=False)
    (path / "lock").unlink()

    assert open_directory().prepare(fresh=False) == first
    assert (path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_fresh_removes_everything_but_the_directory(open_directory, path):
    directory = open_directory()
    first = directory.prepare(fresh=False)
    directory.note_complete(seeded_on=date(2026, 11, 21), schema="a1")
    (path / "postgres").mkdir()
    (path / "postgres" / "row").write_text("Jeg vil gå en tur")

    second = directory.prepare(fresh=True)

    assert directory.seeded_on is None
    assert not (path / "postgres").exists()
    assert first != second


def test_the_day_of_the_sample_data_is_remembered(open_directory):
    directory = open_directory()

    directory.note_complete(seeded_on=date(2026, 11, 21), schema="a1")

    assert (directory.seeded_on, directory.schema) == (date(2026, 11, 21), "a1")


def test_a_directory_that_no_demo_made_is_never_touched(path):
    path.mkdir()
    (path / "thesis.txt").write_text("ten years of work")

    with pytest.raises(DataDirectoryError, match="no demo made it"):
        DataDirectory(path)

    assert [entry.name for entry in path.iterdir()] == ["thesis.txt"]


def test_a_second_demo_is_refused(open_directory):
    open_directory()

    with pytest.raises(DataDirectoryError, match="Another demo"):
        open_directory()


def test_a_file_in_its_place_is_named(path):
    path.write_text("")

    with pytest.raises(DataDirectoryError, match=r"demo.*--data"):
        DataDirectory(path)


def test_a_newer_layout_is_refused(open_directory, path):
    directory = open_directory()
    (path / "enplan-demo.json").write_text(json.dumps({"layout": LAYOUT + 1}))

    with pytest.raises(DataDirectoryError, match="newer version"):
        directory.prepare(fresh=False)


NUMBERS = '{"portal_key": 1, "plan_api_key": 2, "client_secret": 3}'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *product(["enplan-demo.json", "secrets.json"], ["", "[]", "{}", "\x00"]),
        ("enplan-demo.json", '{"layout": 1, "seeded_on": "last week"}'),
        ("enplan-demo.json", '{"layout": 1, "schema": 7}'),
        ("secrets.json", NUMBERS),
    ],
)
def test_a_damaged_file_is_named_and_fresh_mends_it(open_directory, path, name, content):
    directory = open_directory()
    directory.prepare(fresh=False)
    (path / name).write_text(content)

    with pytest.raises(DataDirectoryError, match=f"{name} is damaged. Begin anew with --fresh"):
        directory.prepare(fresh=False)

    assert directory.prepare(fresh=True)
