from __future__ import annotations

from pathlib import Path

import pytest

from assistant.bootstrap import build, ingest
from assistant.domain import Finished
from assistant.embedding import LazyEmbeddings
from assistant.errors import (
    IndexUnavailable,
    ModelMismatch,
    NothingToPublish,
    SettingError,
    SourceError,
    StorageError,
)
from assistant.index import LiveIndex
from assistant.safety import Assessment
from assistant.settings import Settings, read_settings
from tests.asking import OWN_PAGES

EMERGENCY = "I have crushing chest pain going down my left arm"


def test_without_an_index_building_is_quick_and_asking_says_what_to_do(tmp_path: Path) -> None:
    assistant = build(read_settings(data=tmp_path))
    assert not assistant.status().ready
    with pytest.raises(IndexUnavailable, match="ingest"):
        assistant.ask("how long is a plank?")
    with pytest.raises(IndexUnavailable):
        build(read_settings(data=tmp_path), warm=True)


def test_a_part_that_is_not_known_is_refused_by_name(asking_settings: Settings) -> None:
    with pytest.raises(TypeError, match="'llama'"):
        build(asking_settings, llama=object())


def test_every_part_can_be_given(
    asking_settings: Settings, indexes: LiveIndex, embeddings: LazyEmbeddings
) -> None:
    heard: list[tuple[str, tuple[str, ...]]] = []

    def assess(message: str, earlier: tuple[str, ...]) -> Assessment:
        heard.append((message, tuple(earlier)))
        return Assessment()

    assistant = build(asking_settings, indexes=indexes, embeddings=embeddings, assess=assess)
    first = assistant.ask("how long is a plank?")
    assistant.ask("and how often?", conversation_id=first.conversation_id)
    assert heard == [
        ("how long is a plank?", ()),
        ("and how often?", ("how long is a plank?",)),
    ]


def test_a_warm_assistant_answers_its_first_question_in_full(
    asking_settings: Settings, indexes: LiveIndex, embeddings: LazyEmbeddings
) -> None:
    assistant = build(asking_settings, warm=True, indexes=indexes, embeddings=embeddings)
    assert isinstance(list(assistant.stream("how long is a plank?"))[-1], Finished)


def test_the_region_decides_whose_number_is_named(
    asking_settings: Settings, indexes: LiveIndex, embeddings: LazyEmbeddings
) -> None:
    for region, number in (("GB", "999"), ("us", "911")):
        mine = asking_settings.model_copy(update={"region": region})
        reply = build(mine, indexes=indexes, embeddings=embeddings).ask(EMERGENCY)
        assert number in reply.text


def test_a_region_that_is_not_known_stops_the_start_and_not_an_emergency(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"'ATLANTIS'.*GB"):
        build(read_settings(data=tmp_path, region="ATLANTIS"))


def test_an_index_of_another_model_is_a_clear_error(asking_settings: Settings) -> None:
    other = asking_settings.model_copy(update={"embeddings": "ollama:nomic-embed-text"})
    assistant = build(other)
    with pytest.raises(ModelMismatch):
        assistant.ask("how long is a plank?")
    assert not assistant.status().ready


def test_ingest_refuses_what_it_cannot_use_and_keeps_what_is_there(
    asking_settings: Settings, tmp_path: Path
) -> None:
    settings = read_settings(data=tmp_path / "data")
    with pytest.raises(SourceError, match="no-such-folder"):
        ingest([tmp_path / "no-such-folder"], settings)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToPublish):
        ingest([tmp_path / "empty"], settings)


def test_a_data_folder_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    settings = read_settings(data=blocked / "data")
    with pytest.raises(StorageError, match=str(blocked)):
        ingest([OWN_PAGES / "feather-hold.md"], settings)
    with pytest.raises(StorageError, match=str(blocked)):
        build(settings)
