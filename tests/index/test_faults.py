"""Kills, two writers, disks that are full or read-only: the index that was there still answers.

One trial of each kind; ``python -m tests.faults`` runs hundreds.
"""

from __future__ import annotations

import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import IngestBusy, StorageError
from assistant.index import open_index
from assistant.index.generations import Generations
from tests.faults.answers import answer
from tests.faults.ingester import outcome, start
from tests.index.conftest import Site
from tests.index.pages_for_tests import MODEL, write_pages

STEPS = (
    "sweep",
    "read",
    "split",
    "number",
    "embed",
    "write",
    "derive",
    "sync",
    "seal",
    "verify",
    "complete",
    "publish",
    "prune",
    "done",
)
PUBLISHED = ("prune", "done")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with one generation, and pages that have changed since."""
    site = Site(tmp_path_factory.mktemp("before"))
    site.ingest()
    write_pages(site.pages, 2, first=70)
    return site


def test_a_kill_at_any_step_leaves_the_old_or_the_new_index_and_the_next_ingest_works(
    before: Site, tmp_path: Path
) -> None:
    def trial(step: str) -> tuple[str, int, Path]:
        data = tmp_path / step
        shutil.copytree(before.data, data)
        code, _ = outcome(start(data, before.pages, kill_at=step))
        assert code == -signal.SIGKILL
        return step, answer(data)[0], data

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(trial, STEPS))
    for step, generation, _ in results:
        assert generation == (2 if step in PUBLISHED else 1), step
    for step, generation, data in results:
        site = Site(tmp_path / f"{step}-again")
        site.data, site.pages, site.root = data, before.pages, data / "index"
        report = site.ingest()
        assert report.changed is (generation == 1), step
        assert report.pages == 6, step
        left = {path.name for path in site.root.iterdir()}
        assert left <= {"current", "generations", "lock", "next", "open"}, (step, left)
        assert list((site.root / "open").iterdir()) == [], step


def test_a_number_is_never_given_twice_though_its_ingest_was_killed(tmp_path: Path) -> None:
    generations = Generations.of(tmp_path)
    generations.prepare()
    first = generations.reserve()
    assert generations.reserve() == first + 1
    (generations.root / "next").write_text("garbage")
    (generations.root / "building-000041").mkdir()
    assert generations.reserve() == 42
    generations.sweep()
    assert generations.reserve() == 43


def test_two_ingests_at_once_end_with_a_good_index(before: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(before.data, data)
    both = [start(data, before.pages), start(data, before.pages)]
    results = [outcome(process) for process in both]
    assert any(code == 0 for code, _ in results)
    for code, said in results:
        assert code == 0 or said["error"] == "IngestBusy"
    assert answer(data)[0] == 2


def test_a_second_ingest_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    generations = Generations.of(tmp_path)
    generations.prepare()
    with (
        generations.lock(),
        pytest.raises(IngestBusy, match=f"Process {os.getpid()} is ingesting"),
        generations.lock(seconds=0.05),
    ):
        pass


@pytest.mark.parametrize("largest_file", [1_000, 8_000, 30_000, 70_000])
def test_a_disk_that_takes_no_more_is_a_clear_error_and_the_old_index_answers(
    before: Site, tmp_path: Path, largest_file: int
) -> None:
    data = tmp_path / "data"
    shutil.copytree(before.data, data)
    code, said = outcome(start(data, before.pages, largest_file=largest_file))
    assert (code, said["error"]) == (1, "StorageError")
    assert "free space" in str(said["message"])
    assert answer(data)[0] == 1


def test_a_data_folder_that_cannot_be_made_is_a_clear_error(site: Site, tmp_path: Path) -> None:
    site.data = tmp_path / "file" / "data"
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match=r"cannot be written.*Check that the folder"):
        site.ingest()


def test_a_data_folder_that_cannot_be_written_still_answers(before: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(before.data, data)
    shutil.rmtree(data / "index" / "open", ignore_errors=True)
    (data / "index" / "open").write_text("no folder can be made here")
    assert answer(data)[0] == 1
    index = open_index(data, model_id=MODEL)
    scratch = index._scratch.path
    assert tmp_path not in scratch.parents
    index.close()
    assert not scratch.exists()


def test_a_copy_that_does_not_fit_beside_the_index_goes_to_the_temporary_folder(
    before: Site, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(before.data, data)
    index = open_index(data, model_id=MODEL)
    (index._scratch.path / "lexical").write_text("in the way")
    assert index.lexical("rotate", 3)
    assert data not in index._scratch.path.parents
    index.close()
    assert list((data / "index" / "open").iterdir()) == []
