"""Damage to any file: the older generation serves, or the error is clear; never a lie."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged, IndexUnavailable, ModelMismatch
from assistant.index import OpenIndex, open_index
from assistant.index.manifest import read_manifest, write_manifest
from assistant.index.opening import open_folder
from tests.index.conftest import Site
from tests.index.damage import DAMAGES, Damage
from tests.index.pages_for_tests import MODEL, write_pages

FILES = (
    "manifest.json",
    "store.sqlite",
    "vectors.npy",
    "units.npy",
    "chroma/chroma.sqlite3",
    "chroma/data_level0.bin",
    "chroma/header.bin",
    "chroma/index_metadata.pickle",
    "chroma/length.bin",
    "chroma/link_lists.bin",
    "lexical/meta.json",
    "lexical/term",
)


def file_of(folder: Path, name: str) -> Path:
    """Find a file whose folder or stem is random."""
    part, _, tail = name.rpartition("/")
    if not part:
        return folder / name
    return next(path for path in (folder / part).rglob(f"*{tail}") if path.is_file())


def answers(index: OpenIndex) -> list[object]:
    """Ask everything that an index can be asked."""
    index.warm()
    out: list[object] = [name.slug for name in index.names()]
    for row in range(index.manifest.passages):
        passage = index.passages([row])[0]
        page = index.page(passage.page)
        assert page is not None
        assert page.text[passage.start : passage.end] == passage.text
        out += [
            [row for row, _ in index.dense(index.vectors([row])[0], 1)],
            index.unit_vectors(row),
        ]
        out += [index.lexical(passage.text, 1)[0][0]]
    return [item.tolist() if hasattr(item, "tolist") else item for item in out]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with two generations."""
    site = Site(tmp_path_factory.mktemp("twice"))
    site.ingest()
    write_pages(site.pages, 1, first=60)
    site.ingest()
    return site


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_newest_generation_gives_way_to_the_older_one(
    twice: Site, tmp_path: Path, name: str, damage: Damage
) -> None:
    data = tmp_path / "data"
    shutil.copytree(twice.data, data)
    damage(file_of(data / "index" / "generations" / "000002", name))
    index = open_index(data, model_id=MODEL)
    assert index.generation == 1
    assert len(index.names()) == 4
    assert "Generation 1 serves" in index.degraded[0]
    index.close()


def test_the_older_generation_answers_exactly_as_it_did(twice: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(twice.data, data)
    intact = open_folder(data / "index" / "generations" / "000001", tmp_path)
    (data / "index" / "generations" / "000002" / "store.sqlite").write_bytes(b"")
    fallen_back = open_index(data, model_id=MODEL)
    assert answers(fallen_back) == answers(intact)
    fallen_back.close()
    intact.close()


def test_with_no_valid_generation_the_error_names_the_damage_and_the_way_out(
    copied: Callable[[], Path],
) -> None:
    data = copied()
    (data / "index" / "generations" / "000001" / "units.npy").write_bytes(b"short")
    with pytest.raises(IndexUnavailable, match=r"units\.npy.*python -m assistant ingest"):
        open_index(data, model_id=MODEL)


def test_ingest_heals_a_damaged_index_though_no_page_changed(site: Site) -> None:
    site.ingest()
    for path in (site.root / "generations" / "000001" / "chroma").rglob("*.bin"):
        path.write_bytes(b"")
    report = site.ingest()
    assert (report.generation, report.changed, report.embedded) == (2, True, 0)
    index = open_index(site.data, model_id=MODEL)
    assert (index.generation, index.degraded) == (2, ())
    index.close()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"generation": "x"}', b'{"generation": true}', b"\xff\x00"]
)
def test_an_unreadable_pointer_serves_the_newest_generation_and_says_so(
    twice: Site, tmp_path: Path, content: bytes
) -> None:
    data = tmp_path / "data"
    shutil.copytree(twice.data, data)
    (data / "index" / "current").write_bytes(content)
    index = open_index(data, model_id=MODEL)
    assert index.generation == 2
    assert "current" in index.degraded[0]
    index.close()


def test_a_pointer_to_a_removed_generation_serves_the_one_before(
    twice: Site, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(twice.data, data)
    shutil.rmtree(data / "index" / "generations" / "000002")
    index = open_index(data, model_id=MODEL)
    assert index.generation == 1
    assert index.degraded
    index.close()


def test_a_generation_that_was_never_published_does_not_serve(twice: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(twice.data, data)
    (data / "index" / "current").write_text(json.dumps({"generation": 1}))
    index = open_index(data, model_id=MODEL)
    assert (index.generation, index.degraded) == (1, ())
    index.close()


def test_a_manifest_of_another_layout_is_refused(copied: Callable[[], Path]) -> None:
    folder = copied() / "index" / "generations" / "000001"
    manifest = read_manifest(folder)
    fields = {name: getattr(manifest, name) for name in manifest.__slots__}
    write_manifest(folder, type(manifest)(**{**fields, "schema": 99}))
    with pytest.raises(IndexDamaged, match="layout 99"):
        open_folder(folder, folder)


def test_a_generation_under_the_number_of_another_is_refused(copied: Callable[[], Path]) -> None:
    data = copied()
    root = data / "index" / "generations"
    (root / "000001").rename(root / "000007")
    (data / "index" / "current").unlink()
    with pytest.raises(IndexUnavailable, match="holds generation 1"):
        open_index(data, model_id=MODEL)


def test_another_model_is_refused_with_both_names(published: Site) -> None:
    with pytest.raises(ModelMismatch, match=rf"'{MODEL}'.*'other'"):
        open_index(published.data, model_id="other")


def test_an_empty_data_folder_says_how_to_build_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="There is no index"):
        open_index(tmp_path / "nothing", model_id=MODEL)
    assert list(tmp_path.iterdir()) == []


def test_opening_and_asking_changes_no_byte_of_the_generation(copied: Callable[[], Path]) -> None:
    data = copied()
    folder = data / "index" / "generations" / "000001"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    index = open_index(data, model_id=MODEL)
    answers(index)
    index.close()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_many_threads_may_ask_one_index(published: Site) -> None:
    index = open_index(published.data, model_id=MODEL)
    wanted = answers(index)
    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(answers(index))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [wanted] * 8
    index.close()


def test_when_chroma_cannot_open_its_copy_every_vector_is_compared_and_the_status_says_so(
    copied: Callable[[], Path],
) -> None:
    data = copied()
    index = open_index(data, model_id=MODEL)
    file_of(data / "index" / "generations" / "000001", "chroma/chroma.sqlite3").write_bytes(b"xx")
    index.warm()
    assert index.dense(index.vectors([3])[0], 1)[0][0] == 3
    assert "Chroma does not work" in index.degraded[0]
    index.close()


def test_a_folder_that_a_killed_reader_left_is_removed_at_the_next_opening(
    copied: Callable[[], Path],
) -> None:
    data = copied()
    left = data / "index" / "open" / "000001-999999999-abc"
    left.mkdir(parents=True)
    (left / "lock").touch()
    index = open_index(data, model_id=MODEL)
    assert not left.exists()
    assert len(list((data / "index" / "open").iterdir())) == 1
    index.close()
    assert list((data / "index" / "open").iterdir()) == []
