from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import conversations
from assistant.asked import Feedback, Note
from assistant.conversations import SqliteConversations, days_ago, new_id, now
from assistant.domain import Turn
from assistant.errors import StorageError, UnknownConversation, UnknownMessage

Open = Callable[..., SqliteConversations]
BEFORE_NOTES = Path(__file__).parent / "stores" / "conversations_0_1_0.sql"
OWNERS = ("turns", "notes", "feedback")


def turn(message: str = "how often?", at: str | None = None) -> Turn:
    return Turn(message, "plank", {"text": f"½ – “{message}” 🎯", "kind": "answer"}, at or now())


def replied(identity: str, message: str = "how often?", at: str | None = None) -> Turn:
    """A turn with an answer that has the citations 1 and 2."""
    reply = {
        "id": identity,
        "kind": "answer",
        "safety": {"level": "caution", "reasons": []},
        "exercises": ["plank", "cat-cow"],
        "citations": [{"number": 1}, {"number": 2}],
    }
    return Turn(message, "plank", reply, at or now())


def rows_of(path: Path, *tables: str) -> list[int]:
    database = sqlite3.connect(path)
    counts = [database.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables]
    database.close()
    return counts


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    stores = []

    def open_store(**bounds: int) -> SqliteConversations:
        bounds = {"turns": 5, "most": 100, "days": 30, **bounds}
        stores.append(SqliteConversations(tmp_path / "new" / "talk.sqlite", **bounds))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


def test_turns_come_back_as_they_were_said_oldest_first(opened: Open) -> None:
    store = opened()
    made = store.create()
    turns = [turn("first"), turn("second")]
    for number, each in enumerate(turns):
        store.append(made.id, each, {"exercises": ["plank"], "n": number})
    loaded = store.load(made.id)
    assert list(loaded.turns) == turns
    assert loaded.state == {"exercises": ["plank"], "n": 1}
    assert loaded.id == made.id


def test_a_conversation_is_there_from_its_first_turn_on(opened: Open) -> None:
    store = opened()
    made = store.create()
    with pytest.raises(UnknownConversation):
        store.load(made.id)
    store.append(made.id, turn(), {})
    assert len(store.load(made.id).turns) == 1


def test_only_the_latest_turns_are_kept(opened: Open) -> None:
    store = opened(turns=3)
    made = store.create()
    for number in range(8):
        store.append(made.id, turn(str(number)), {})
    assert [each.message for each in store.load(made.id).turns] == ["5", "6", "7"]


def test_a_conversation_expires_days_after_its_last_turn(opened: Open) -> None:
    store = opened(days=30)
    old, young = store.create(), store.create()
    store.append(old.id, turn(at=days_ago(30.1)), {})
    store.append(young.id, turn(at=days_ago(29.9)), {})
    assert store.load(young.id).turns
    with pytest.raises(UnknownConversation, match="expired"):
        store.load(old.id)


def test_what_has_expired_is_gone_from_the_disk_after_a_restart(
    opened: Open, tmp_path: Path
) -> None:
    store = opened()
    made = store.create()
    store.append(made.id, turn(at=days_ago(31)), {})
    store.close()
    opened()
    with sqlite3.connect(tmp_path / "new" / "talk.sqlite") as database:
        assert database.execute("SELECT count(*) FROM conversations").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM turns").fetchone() == (0,)
    database.close()


def test_of_too_many_conversations_the_longest_unused_go(opened: Open) -> None:
    store = opened(most=100)
    ids = [store.create().id for _ in range(6)]
    for age, each in enumerate(ids):
        store.append(each, turn(at=days_ago(10 - age)), {})
    store.append(ids[0], turn("again"), {})
    store.close()
    few = opened(most=3)
    kept = []
    for each in ids:
        try:
            few.load(each)
            kept.append(each)
        except UnknownConversation:
            pass
    assert kept == [ids[0], ids[4], ids[5]]


def test_a_forgotten_conversation_is_gone_with_its_turns(opened: Open, tmp_path: Path) -> None:
    store = opened()
    made = store.create()
    store.append(made.id, turn("my secret"), {})
    store.delete(made.id)
    for act in (store.load, store.delete):
        with pytest.raises(UnknownConversation):
            act(made.id)
    with sqlite3.connect(tmp_path / "new" / "talk.sqlite") as database:
        assert database.execute("SELECT count(*) FROM turns").fetchone() == (0,)
    database.close()


def test_an_unknown_id_is_an_error_that_says_what_to_do(opened: Open) -> None:
    store = opened()
    for strange in ("", "cnv_unknown", "x" * 10_000, "' OR 1=1 --", "\0"):
        with pytest.raises(UnknownConversation, match="leave conversation_id out") as caught:
            store.load(strange)
        assert len(str(caught.value)) < 250


def test_conversations_are_there_after_reopening(opened: Open) -> None:
    first = opened()
    made = first.create()
    first.append(made.id, turn("kept"), {"n": 1})
    first.close()
    loaded = opened().load(made.id)
    assert [each.message for each in loaded.turns] == ["kept"]
    assert loaded.state == {"n": 1}


def test_several_threads_lose_no_turn_and_mix_no_conversation(opened: Open) -> None:
    store = opened(turns=100)
    shared = store.create().id
    ids = [store.create().id for _ in range(4)]
    errors: list[BaseException] = []

    def talk(own: str) -> None:
        try:
            for number in range(10):
                store.append(own, turn(f"{own} {number}"), {"own": own})
                store.append(shared, turn(f"{own} {number}"), {})
                assert len(store.load(own).turns) == number + 1
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=talk, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    for each in ids:
        assert [t.message for t in store.load(each).turns] == [f"{each} {n}" for n in range(10)]
        assert store.load(each).state == {"own": each}
    said = [t.message for t in store.load(shared).turns]
    assert sorted(said) == sorted(f"{each} {n}" for each in ids for n in range(10))


def test_two_processes_may_share_the_file(opened: Open) -> None:
    one, other = opened(), opened()
    made = one.create()
    one.append(made.id, turn("one"), {})
    other.append(made.id, turn("other"), {})
    assert [each.message for each in one.load(made.id).turns] == ["one", "other"]


@pytest.mark.skipif(os.name == "nt", reason="folders have no such permissions there")
def test_a_folder_that_cannot_be_written_is_an_error_with_advice(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(StorageError, match="can be written") as caught:
        SqliteConversations(blocked / "talk.sqlite", turns=1, most=1, days=1)
    assert str(blocked) in caught.value.message
    assert caught.value.advice


def test_a_read_only_file_is_an_error_with_advice_and_changes_nothing(
    opened: Open, tmp_path: Path
) -> None:
    opened().close()
    path = tmp_path / "new" / "talk.sqlite"
    path.write_bytes(b"no database at all, but twenty words of something else" * 20)
    with pytest.raises(StorageError, match="Check that the data folder") as caught:
        opened()
    assert str(path) in caught.value.message


def test_ids_are_unguessable_and_never_the_same() -> None:
    ids = {new_id("cnv") for _ in range(1_000)}
    assert len(ids) == 1_000
    assert all(each.startswith("cnv_") and len(each) >= 4 + 22 for each in ids)


def test_what_was_asked_comes_back_with_its_note_oldest_first(opened: Open) -> None:
    store = opened()
    made = store.create()
    store.append(made.id, replied("msg_1", "first", days_ago(2)), {}, Note(0.25))
    refused = Note(1.5, "unknown_exercise", "kettlebell swing")
    store.append(made.id, replied("msg_2", "second", days_ago(1)), {}, refused)
    store.append(store.create().id, replied("msg_3", "third"), {})
    found = store.asked(days_ago(5))
    assert [(each.message, each.note) for each in found] == [
        ("first", Note(0.25)),
        ("second", refused),
        ("third", None),
    ]
    first = found[0]
    assert (first.kind, first.level, first.exercises) == ("answer", "caution", ("plank", "cat-cow"))
    assert (first.page, first.feedback) == ("plank", ())
    assert [each.message for each in store.asked(days_ago(1.5))] == ["second", "third"]
    assert store.asked(days_ago(-1)) == []


def test_a_vote_is_kept_with_its_words_and_a_later_one_takes_its_place(opened: Open) -> None:
    store = opened()
    store.append(store.create().id, replied("msg_a"), {}, Note(0.1))
    store.rate("msg_a", Feedback("up", created_at="2026-05-01"))
    store.rate("msg_a", Feedback("down", "½ – “no” 🎯", created_at="2026-05-02"))
    store.rate("msg_a", Feedback("up", citation=2, created_at="2026-05-03"))
    (found,) = store.asked(days_ago(1))
    assert found.feedback == (
        Feedback("down", "½ – “no” 🎯", None, "2026-05-02"),
        Feedback("up", "", 2, "2026-05-03"),
    )
    assert found.voted_down


@pytest.mark.parametrize("citation", [0, 3, -1, 10**15])
def test_a_vote_on_a_citation_that_the_reply_has_not_is_refused(
    opened: Open, citation: int
) -> None:
    store = opened()
    store.append(store.create().id, replied("msg_a"), {})
    with pytest.raises(UnknownMessage, match="no citation with the number"):
        store.rate("msg_a", Feedback("down", citation=citation))
    assert store.asked(days_ago(1))[0].feedback == ()


def test_a_vote_on_an_unknown_forgotten_or_expired_reply_is_refused(opened: Open) -> None:
    store = opened()
    forgotten, old = store.create().id, store.create().id
    store.append(forgotten, replied("msg_forgotten"), {})
    store.append(old, replied("msg_old", at=days_ago(31)), {})
    store.delete(forgotten)
    for message in ("msg_none", "", "x" * 10_000, "' OR 1=1 --", "msg_forgotten", "msg_old"):
        with pytest.raises(UnknownMessage) as caught:
            store.rate(message, Feedback("up"))
        assert len(str(caught.value)) < 250


def test_notes_and_votes_go_with_their_conversation(opened: Open, tmp_path: Path) -> None:
    store = opened(turns=2)
    kept, gone = store.create().id, store.create().id
    for number in range(3):
        store.append(kept, replied(f"msg_{number}"), {}, Note(0.1))
        store.rate(f"msg_{number}", Feedback("up"))
    store.append(gone, replied("msg_gone", "my secret"), {}, Note(0.1, "outside", "my secret"))
    store.rate("msg_gone", Feedback("down", "my secret too"))
    path = tmp_path / "new" / "talk.sqlite"
    assert rows_of(path, *OWNERS) == [3, 3, 3]
    store.delete(gone)
    assert rows_of(path, *OWNERS) == [2, 2, 2]
    assert "my secret" not in {each.message for each in store.asked(days_ago(1))}


def test_what_has_expired_is_no_longer_looked_back_on(opened: Open, tmp_path: Path) -> None:
    store = opened()
    store.append(store.create().id, replied("msg_a", at=days_ago(31)), {}, Note(0.1))
    assert store.asked(days_ago(90)) == []
    store.close()
    opened()
    assert rows_of(tmp_path / "new" / "talk.sqlite", *OWNERS) == [0, 0, 0]


def test_a_look_back_reads_the_newest_up_to_a_cap(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "MOST_ASKED", 2)
    store = opened()
    for age in (3, 1, 2):
        store.append(store.create().id, replied(f"msg_{age}", f"{age}", days_ago(age)), {})
    assert [each.message for each in store.asked(days_ago(9))] == ["2", "1"]


def test_nobody_waits_while_the_owner_looks_back(opened: Open) -> None:
    store = opened()
    store.append(store.create().id, replied("msg_a"), {})
    with store._transaction():  # a conversation is being written
        found = threading.Thread(target=lambda: asked.extend(store.asked(days_ago(1))))
        asked: list[object] = []
        found.start()
        found.join(5)
        assert len(asked) == 1


def test_a_store_of_the_release_before_opens_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    database = sqlite3.connect(path)
    database.executescript(BEFORE_NOTES.read_text("utf-8"))
    before = list(database.execute("SELECT * FROM turns"))
    database.close()
    store = SqliteConversations(path, turns=100, most=1000, days=30_000)
    found = store.asked("2000")
    assert [(each.message, each.kind, each.exercises) for each in found] == [
        ("how long should I hold a plank?", "answer", ("plank",)),
        ("and who invented it?", "abstain", ()),
        ("how do I do a kettlebell swing?", "abstain", ()),
        ("what is the weather today?", "abstain", ()),
        ("I have crushing chest pain going down my left arm", "urgent", ()),
    ]
    assert found[-1].is_private
    database = sqlite3.connect(path)
    assert list(database.execute("SELECT * FROM turns")) == before
    conversation, reply = database.execute(
        "SELECT conversation, json_extract(reply, '$.id') FROM turns WHERE number = 2"
    ).fetchone()
    database.close()
    store.rate(reply, Feedback("down", "of an old reply"))
    assert store.asked("2000")[1].voted_down
    assert [each.message for each in store.load(conversation).turns][1] == "and who invented it?"
    store.close()


def test_the_release_before_can_still_write_into_a_store_of_this_one(
    opened: Open, tmp_path: Path
) -> None:
    store = opened()
    made = store.create()
    store.append(made.id, replied("msg_a"), {}, Note(0.1))
    database = sqlite3.connect(tmp_path / "new" / "talk.sqlite")
    database.execute("PRAGMA foreign_keys = ON")
    row = (made.id, 2, now(), "as before", None, '{"id": "msg_b", "kind": "answer"}')
    database.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)", row)
    database.commit()
    assert [(each.message, each.note) for each in store.asked(days_ago(1))][1] == (
        "as before",
        None,
    )
    store.rate("msg_b", Feedback("up"))
    database.execute("DELETE FROM conversations")
    database.commit()
    database.close()
    assert rows_of(tmp_path / "new" / "talk.sqlite", *OWNERS) == [0, 0, 0]
