"""What ingest publishes, what it reuses, and what it refuses to lose."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexDamaged, NothingToPublish
from assistant.index import open_index
from tests.fakes import HashingEmbeddings
from tests.index.conftest import Site
from tests.index.pages_for_tests import MODEL, page_text, write_pages


def test_first_ingest_publishes_generation_one_with_every_page(site: Site) -> None:
    report = site.ingest()
    assert (report.generation, report.published, report.changed) == (1, True, True)
    assert (report.pages, report.passages, report.embedded, report.reused) == (4, 12, 12, 0)
    assert json.loads((site.root / "current").read_text()) == {"generation": 1}
    index = open_index(site.data, model_id=MODEL)
    assert [name.slug for name in index.names()] == [f"move-000{n}" for n in range(4)]
    assert index.degraded == ()
    index.close()


def test_unchanged_ingest_parses_nothing_loads_no_model_and_publishes_nothing(site: Site) -> None:
    site.ingest()
    site.reader.parsed.clear()
    report = site.ingest()
    assert (report.generation, report.published, report.changed) == (1, True, False)
    assert (report.pages, report.passages, report.reused) == (4, 12, 12)
    assert site.reader.parsed == []
    assert site.loaded == 1
    assert site.generations() == ["000001"]


def test_only_the_changed_page_is_parsed_and_only_its_changed_texts_are_embedded(
    site: Site,
) -> None:
    site.ingest()
    page = site.pages / "move-0002.txt"
    page.write_text(page.read_text().replace("Keep the shoulder", "Keep each shoulder"))
    site.reader.parsed.clear()
    site.embeddings.texts.clear()
    report = site.ingest()
    assert site.reader.parsed == ["move-0002.txt"]
    assert (report.generation, report.embedded, report.reused) == (2, 1, 11)
    assert len(site.embeddings.texts) == report.texts == 2  # the passage and one of its units


def test_reused_vectors_are_the_same_as_freshly_embedded_ones(site: Site, tmp_path: Path) -> None:
    site.ingest()
    write_pages(site.pages, 2, first=10)
    site.ingest()
    fresh = Site(tmp_path / "fresh")
    fresh.pages = site.pages
    fresh.ingest()
    with_reuse = open_index(site.data, model_id=MODEL)
    without = open_index(fresh.data, model_id=MODEL)
    rows = range(18)
    assert np.array_equal(with_reuse.vectors(rows), without.vectors(rows))
    assert with_reuse.passages(rows) == without.passages(rows)
    for row in rows:
        assert np.array_equal(with_reuse.unit_vectors(row), without.unit_vectors(row))
    assert with_reuse.corpus == without.corpus
    with_reuse.close()
    without.close()


def test_a_deleted_file_leaves_the_index(site: Site) -> None:
    site.ingest()
    (site.pages / "move-0001.txt").unlink()
    report = site.ingest()
    assert report.removed == ("move-0001",)
    assert report.pages == 3


def test_add_keeps_the_pages_of_other_sources(site: Site, tmp_path: Path) -> None:
    site.ingest()
    more = write_pages(tmp_path / "more", 1, first=7)
    report = site.ingest(more, add=True)
    assert (report.pages, report.removed) == (5, ())
    assert site.ingest(more).removed == tuple(f"move-000{n}" for n in range(4))


def test_add_drops_a_file_that_is_gone_from_the_given_folder(site: Site) -> None:
    site.ingest()
    (site.pages / "move-0001.txt").unlink()
    assert site.ingest(add=True).removed == ("move-0001",)


def test_a_page_that_shrinks_by_more_than_half_keeps_its_text_until_accepted(site: Site) -> None:
    site.ingest()
    page = site.pages / "move-0002.txt"
    page.write_text("Hold shoulder 2\nTips\nShort.\n")
    report = site.ingest()
    assert (report.changed, report.generation) == (False, 1)
    assert "shrank from" in report.quarantined[0].reason
    assert "--accept-shrunk" in report.quarantined[0].advice
    write_pages(site.pages, 1, first=20)
    held = site.ingest()
    assert (held.generation, len(held.quarantined)) == (2, 1)
    index = open_index(site.data, model_id=MODEL)
    kept = index.page("move-0002")
    assert kept is not None
    assert kept.text == page_text(2)
    index.close()
    accepted = site.ingest(accept_shrunk=True)
    assert (accepted.generation, accepted.quarantined) == (3, ())


def test_a_file_that_becomes_unreadable_keeps_its_page(site: Site) -> None:
    site.ingest()
    (site.pages / "move-0002.txt").write_bytes(b"\xff\xfe\x00 not text")
    report = site.ingest()
    assert (report.changed, report.pages) == (False, 4)
    reasons = [held.reason for held in report.quarantined]
    assert reasons[0] == "it is not UTF-8"
    assert "move-0002 of generation 1 stays" in reasons[1]


def test_two_pages_with_one_slug_give_one_page_and_a_reason(site: Site, tmp_path: Path) -> None:
    again = write_pages(tmp_path / "pages2", 1)
    report = site.ingest(site.pages, again)
    assert report.pages == 4
    assert "same slug" in report.quarantined[0].reason
    assert site.ingest(site.pages, again).changed is False


def test_no_page_at_all_publishes_nothing_and_the_old_generation_serves(
    site: Site, tmp_path: Path
) -> None:
    site.ingest()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingToPublish, match="No page came from"):
        site.ingest(empty)
    index = open_index(site.data, model_id=MODEL)
    assert (index.generation, len(list(index.names()))) == (1, 4)
    index.close()


def test_another_model_embeds_everything_again_without_parsing(site: Site) -> None:
    site.ingest()
    site.reader.parsed.clear()
    report = site.ingest(model_id="hashing-24", embeddings=lambda: HashingEmbeddings(24))
    assert (report.generation, report.embedded, report.reused) == (2, 12, 0)
    assert site.reader.parsed == []


def test_a_new_parser_version_reads_every_file_again_and_embeds_nothing(site: Site) -> None:
    site.ingest()
    site.reader.parsed.clear()
    report = site.ingest(version="2")
    assert len(site.reader.parsed) == 4
    assert (report.changed, report.embedded, report.texts) == (True, 0, 0)
    assert site.loaded == 1


def test_three_generations_are_kept_and_older_ones_removed(site: Site) -> None:
    for number in range(5):
        write_pages(site.pages, 1, first=30 + number)
        site.ingest()
    assert site.generations() == ["000003", "000004", "000005"]


def test_a_generation_that_somebody_reads_is_not_removed(site: Site) -> None:
    site.ingest()
    reading = open_index(site.data, model_id=MODEL)
    for number in range(4):
        write_pages(site.pages, 1, first=30 + number)
        site.ingest(keep=1)
    assert site.generations() == ["000001", "000004", "000005"]
    assert reading.lexical("rotate", 3)
    reading.close()
    write_pages(site.pages, 1, first=40)
    site.ingest(keep=1)
    assert site.generations() == ["000005", "000006"]


@pytest.mark.parametrize(
    "bad", [lambda n: [[0.0] * 8] * n, lambda n: [[float("nan")] * 8] * n, lambda n: [[1.0] * 8]]
)
def test_a_model_that_gives_unusable_vectors_publishes_nothing(site: Site, bad: object) -> None:
    class Broken(HashingEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return bad(len(texts))  # type: ignore[operator]

    with pytest.raises(IndexDamaged, match="nothing was published"):
        site.ingest(embeddings=Broken)
    assert site.generations() == []


def test_a_model_that_fails_is_named_as_what_failed(site: Site) -> None:
    class Unreachable(HashingEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise ConnectionError("no route to host")

    with pytest.raises(IndexDamaged, match=r"embedding model gave no vectors.*no route to host"):
        site.ingest(embeddings=Unreachable)


def test_a_model_that_changes_its_width_under_one_name_publishes_nothing(site: Site) -> None:
    site.ingest()
    write_pages(site.pages, 1, first=10)
    with pytest.raises(IndexDamaged, match="24 numbers a vector where it gave 48"):
        site.ingest(embeddings=lambda: HashingEmbeddings(24))
    assert site.generations() == ["000001"]


def test_a_failed_build_leaves_nothing_behind(site: Site) -> None:
    def fail(step: str) -> None:
        if step == "seal":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        site.ingest(checkpoint=fail)
    assert {path.name for path in site.root.iterdir()} <= {"generations", "lock", "next"}
    assert site.ingest().generation == 2


def test_progress_names_every_stage_and_ends_embedding_with_its_total(site: Site) -> None:
    seen: list[tuple[str, int, int]] = []
    report = site.ingest(progress=lambda stage, done, total: seen.append((stage, done, total)))
    assert ("embed", report.texts, report.texts) in seen
    assert set(report.seconds) == {stage for stage, _, _ in seen}
