"""Chroma as we use it: rows and cosines, nothing downloaded, nothing held after closing."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.chroma import ChromaVectors, build_chroma
from assistant.errors import IndexDamaged, StorageError
from assistant.index.exact import nearest
from assistant.ports import Vectors


def random_vectors(count: int, dimensions: int = 384, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, dimensions), np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Vectors]:
    folder = tmp_path_factory.mktemp("chroma") / "chroma"
    vectors = random_vectors(2_000)
    build_chroma(folder, vectors)
    return folder, vectors


@pytest.fixture(scope="module")
def chroma(built: tuple[Path, Vectors], tmp_path_factory: pytest.TempPathFactory) -> ChromaVectors:
    copy = tmp_path_factory.mktemp("copy") / "chroma"
    shutil.copytree(built[0], copy)
    return ChromaVectors(copy)


def test_each_vector_finds_its_own_row_at_similarity_one(
    chroma: ChromaVectors, built: tuple[Path, Vectors]
) -> None:
    assert len(chroma) == 2_000
    for row in range(0, 2_000, 97):
        found, similarity = chroma.search(built[1][row], 1)[0]
        assert (found, similarity) == (row, pytest.approx(1, abs=1e-4))


def test_recall_at_ten_against_all_vectors_is_at_least_99_percent_at_2000(
    chroma: ChromaVectors, built: tuple[Path, Vectors]
) -> None:
    questions = random_vectors(100, seed=1)
    shared = 0
    for question in questions:
        exact = {row for row, _ in nearest(built[1], question, 10)}
        shared += len(exact & {row for row, _ in chroma.search(question, 10)})
    assert shared / 1_000 >= 0.99


def test_similarities_are_cosines_and_come_best_first(
    chroma: ChromaVectors, built: tuple[Path, Vectors]
) -> None:
    question = random_vectors(1, seed=2)[0]
    hits = chroma.search(question, 20)
    for row, similarity in hits:
        assert similarity == pytest.approx(float(built[1][row] @ question), abs=1e-4)
    assert [s for _, s in hits] == sorted((s for _, s in hits), reverse=True)


def test_more_neighbours_than_rows_gives_all_rows(tmp_path: Path) -> None:
    build_chroma(tmp_path / "chroma", random_vectors(3, 8))
    small = ChromaVectors(tmp_path / "chroma")
    assert sorted(row for row, _ in small.search(random_vectors(1, 8)[0], 50)) == [0, 1, 2]
    assert small.search(random_vectors(1, 8)[0], 0) == []
    small.close()


def test_many_threads_may_search_at_once(
    chroma: ChromaVectors, built: tuple[Path, Vectors]
) -> None:
    wrong: list[int] = []

    def search() -> None:
        rows = range(0, 2_000, 50)
        wrong.extend(row for row in rows if chroma.search(built[1][row], 1)[0][0] != row)

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_closing_releases_every_file(built: tuple[Path, Vectors], tmp_path: Path) -> None:
    copy = tmp_path / "chroma"
    shutil.copytree(built[0], copy)
    opened = ChromaVectors(copy)
    opened.search(built[1][0], 1)
    assert files_open_below(copy)
    opened.close()
    end = time.monotonic() + 10  # its connection pool closes in the background
    while files_open_below(copy) and time.monotonic() < end:
        time.sleep(0.01)
    assert files_open_below(copy) == []


def files_open_below(folder: Path) -> list[str]:
    links = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
    targets = [os.readlink(link) for link in links if os.path.islink(link)]
    return [target for target in targets if target.startswith(str(folder))]


def test_building_leaves_nothing_to_replay_at_opening(built: tuple[Path, Vectors]) -> None:
    level0 = next(built[0].rglob("data_level0.bin"))
    assert level0.stat().st_size >= 2_000 * 384 * 4


def test_a_folder_without_our_collection_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="Chroma cannot open"):
        ChromaVectors(tmp_path / "nothing")


def test_a_place_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="Chroma could not write"):
        build_chroma(tmp_path / "file", random_vectors(2, 8))


def test_a_vector_of_another_width_is_damage_and_not_a_crash(chroma: ChromaVectors) -> None:
    with pytest.raises(IndexDamaged, match="Chroma cannot search"):
        chroma.search(random_vectors(1, 8)[0], 3)
