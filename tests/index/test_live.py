"""A serving process takes up new generations by itself, and never fails a request for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import IndexUnavailable, ModelMismatch
from assistant.index import LiveIndex, OpenIndex
from assistant.index.manifest import describe_files, read_manifest, write_manifest
from tests.index.conftest import Site
from tests.index.pages_for_tests import MODEL, write_pages


def wait_for(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def generation_of(live: LiveIndex) -> int:
    with live.use() as index:
        return index.generation


def test_a_new_generation_is_taken_up_without_one_failed_request(site: Site) -> None:
    site.ingest()
    live = LiveIndex(site.data, MODEL, warm=True)
    stop = threading.Event()
    errors: list[BaseException] = []
    served: set[int] = set()

    def ask() -> None:
        while not stop.is_set():
            try:
                with live.use() as index:
                    question(index)
                    served.add(index.generation)
            except BaseException as error:
                errors.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(3):
        write_pages(site.pages, 1, first=50 + number)
        site.ingest(keep=1)
        wait_for(lambda number=number: errors or number + 2 in served)  # type: ignore[misc]
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert served == {1, 2, 3, 4}
    live.close()
    assert list((site.root / "open").iterdir()) == []


def question(index: OpenIndex) -> None:
    row = len(index.names()) - 1
    assert index.dense(index.vectors([row])[0], 3)[0][0] == row
    assert index.lexical("rotate the shoulder", 3)
    assert index.passages([row])[0].units


def test_a_generation_in_use_stays_open_until_its_last_user_is_done(site: Site) -> None:
    site.ingest()
    live = LiveIndex(site.data, MODEL)
    with live.use() as old:
        write_pages(site.pages, 1, first=50)
        site.ingest()
        wait_for(lambda: generation_of(live) == 2)
        question(old)
        scratch = old._scratch.path
        assert scratch.exists()
    assert not scratch.exists()
    live.close()


def test_a_new_generation_has_its_words_open_before_it_serves(site: Site) -> None:
    site.ingest()
    live = LiveIndex(site.data, MODEL)
    with live.use() as index:
        assert not words_of(index).exists()  # the first is opened by the first question
    write_pages(site.pages, 1, first=50)
    site.ingest()
    wait_for(lambda: generation_of(live) == 2)
    with live.use() as index:
        assert words_of(index).exists()
    live.close()


def words_of(index: OpenIndex) -> Path:
    return index._scratch.path / "lexical"


def test_a_new_generation_whose_words_cannot_open_is_not_taken_up_and_leaves_nothing(
    site: Site,
) -> None:
    site.ingest()
    live = LiveIndex(site.data, MODEL)
    generation_of(live)
    kept = list((site.root / "open").iterdir())
    write_pages(site.pages, 1, first=50)
    site.ingest(checkpoint=lambda step: without_words(site) if step == "publish" else None)
    wait_for(lambda: generation_of(live) == 1 and bool(live.status().degraded))
    assert live.status().generation == 1
    assert list((site.root / "open").iterdir()) == kept
    live.close()


def without_words(site: Site) -> None:
    """Put a word index that is none into the newest generation, and list it as written."""
    folder = site.root / "generations" / "000002"
    for path in (folder / "lexical").iterdir():
        path.write_bytes(b"?")
    write_manifest(folder, replace(read_manifest(folder), files=describe_files(folder)))


def test_a_damaged_new_generation_changes_nothing_but_the_status(site: Site) -> None:
    site.ingest()
    live = LiveIndex(site.data, MODEL)
    assert generation_of(live) == 1
    write_pages(site.pages, 1, first=50)
    site.ingest(checkpoint=lambda step: damage(site) if step == "publish" else None)
    wait_for(lambda: bool(generation_of(live) and live.status().degraded))
    status = live.status()
    assert (status.ready, status.generation) == (True, 1)
    assert "vectors.npy" in status.degraded[0]
    with live.use() as index:
        question(index)
    live.close()


def damage(site: Site) -> None:
    (site.root / "generations" / "000002" / "vectors.npy").write_bytes(b"")


def test_what_cannot_be_opened_at_all_is_logged_and_the_open_one_goes_on_serving(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.ingest()
    live = LiveIndex(site.data, MODEL)
    assert generation_of(live) == 1
    write_pages(site.pages, 1, first=50)
    site.ingest()
    for file in (site.root / "generations").glob("*/vectors.npy"):
        file.unlink()
    wait_for(lambda: bool(generation_of(live) and live.status().degraded))
    assert "cannot be taken up" in live.status().degraded[0]
    (logged,) = [each for each in caplog.records if each.name == "assistant.index.live"]
    assert logged.exc_info
    with live.use() as index:
        question(index)
    live.close()


def test_without_an_index_it_says_how_to_build_one_and_serves_as_soon_as_there_is_one(
    site: Site,
) -> None:
    live = LiveIndex(site.data, MODEL)
    with pytest.raises(IndexUnavailable, match="python -m assistant ingest"):
        generation_of(live)
    assert live.status().ready is False
    assert live.status().generation is None
    site.ingest()
    assert generation_of(live) == 1
    assert live.status().ready is True
    live.close()


def test_another_model_is_refused_with_what_to_do(site: Site) -> None:
    site.ingest()
    live = LiveIndex(site.data, "another-model")
    with pytest.raises(ModelMismatch, match="ASSISTANT_EMBEDDINGS"):
        generation_of(live)
    live.close()


def test_a_closed_live_index_serves_nobody(published: Site) -> None:
    live = LiveIndex(published.data, MODEL)
    generation_of(live)
    live.close()
    live.close()
    with pytest.raises(IndexUnavailable, match="closed"):
        generation_of(live)


def test_looking_at_the_pointer_costs_microseconds(published: Site) -> None:
    live = LiveIndex(published.data, MODEL)
    generation_of(live)
    started = time.perf_counter()
    for _ in range(1_000):
        generation_of(live)
    assert (time.perf_counter() - started) / 1_000 < 0.001
    live.close()


def test_a_removed_pointer_file_does_not_stop_the_serving(site: Site, tmp_path: Path) -> None:
    site.ingest()
    live = LiveIndex(site.data, MODEL)
    assert generation_of(live) == 1
    (site.root / "current").unlink()
    for _ in range(20):
        with live.use() as index:
            question(index)
    live.close()
