"""A judge that cannot work is a named mode that the status shows, with what to do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
import pytest

from assistant.bootstrap import build
from assistant.embedding import LazyEmbeddings
from assistant.exported_model import CHECKOUT, MODEL_ID
from assistant.index import LiveIndex
from assistant.safety import SafetyLayer, assess
from assistant.safety.learned import FOLDER, load_learned
from assistant.settings import Settings
from tests.safety.phrasebook import phrases
from tests.server.running import running

NPZ, MANIFEST = "learned.npz", "learned.json"


def _copied(folder: Path) -> Path:
    for name in (NPZ, MANIFEST):
        shutil.copy(FOLDER / name, folder)
    return folder


def _rewritten(folder: Path, change: Callable[[dict[str, np.ndarray]], None]) -> None:
    with np.load(folder / NPZ) as stored:
        arrays = dict(stored)
    change(arrays)
    np.savez_compressed(folder / NPZ, **arrays)  # type: ignore[arg-type]


def _cut_short(folder: Path) -> None:
    (folder / NPZ).write_bytes((folder / NPZ).read_bytes()[:20_000])


def _one_byte_changed(folder: Path) -> None:
    held = bytearray((folder / NPZ).read_bytes())
    held[len(held) // 2] ^= 0xFF
    (folder / NPZ).write_bytes(held)


def _no_numbers(folder: Path) -> None:
    def change(arrays: dict[str, np.ndarray]) -> None:
        arrays["embedding"][3, 1] = np.nan

    _rewritten(folder, change)


def _one_level_less(folder: Path) -> None:
    def change(arrays: dict[str, np.ndarray]) -> None:
        arrays["words_alone"] = arrays["words_alone"][:, :4]

    _rewritten(folder, change)


def _fewer_words(folder: Path) -> None:
    def change(arrays: dict[str, np.ndarray]) -> None:
        arrays["words_beside"] = arrays["words_beside"][:-1]

    _rewritten(folder, change)


def _no_thresholds(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    del manifest["thresholds"]
    (folder / MANIFEST).write_text(json.dumps(manifest))


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no weights": lambda folder: (folder / NPZ).unlink(),
    "no manifest": lambda folder: (folder / MANIFEST).unlink(),
    "weights of no bytes": lambda folder: (folder / NPZ).write_bytes(b""),
    "weights that are a page": lambda folder: (folder / NPZ).write_text("<html>404</html>"),
    "a manifest cut short": lambda folder: (folder / MANIFEST).write_text('{"model_id": "a'),
    "a manifest that is a list": lambda folder: (folder / MANIFEST).write_text("[]"),
    "weights cut short": _cut_short,
    "one byte changed": _one_byte_changed,
    "weights that are no numbers": _no_numbers,
    "one level less": _one_level_less,
    "fewer words": _fewer_words,
    "no thresholds": _no_thresholds,
}


def _layer(embeddings: LazyEmbeddings, weights: Path) -> SafetyLayer:
    return SafetyLayer(embeddings.embed_documents, MODEL_ID, weights)


def test_sound_weights_are_the_whole_layer_and_nothing_is_degraded(
    embeddings: LazyEmbeddings, tmp_path: Path, raised: str
) -> None:
    layer = _layer(embeddings, _copied(tmp_path))
    assert layer.mode == "whole"
    assert layer.trouble() == ()
    assert assess(raised).level == "none"
    assert layer(raised).level == "emergency"
    assert layer.trouble() == ()


@pytest.mark.parametrize("name", DAMAGES)
def test_without_sound_weights_the_rules_work_alone_and_that_is_said_with_what_to_do(
    embeddings: LazyEmbeddings, tmp_path: Path, raised: str, name: str
) -> None:
    DAMAGES[name](_copied(tmp_path))
    layer = _layer(embeddings, tmp_path)
    assert layer.mode == "rules alone"
    (line,) = layer.trouble()
    assert line.startswith("Safety layer, rules alone: ")
    assert str(tmp_path) in line
    assert "Restore both files from the repository, then start again." in line
    for text in [*phrases("emergency")[::20], *phrases("harmless")[::20], raised]:
        assert layer(text) == assess(text)


def test_weights_for_another_model_judge_by_words_alone_and_name_both_models() -> None:
    layer = SafetyLayer(_failing, "ollama:other")
    assert layer.mode == "words alone"
    (line,) = layer.trouble()
    assert line.startswith("Safety layer, words alone: ")
    assert "'ollama:other'" in line
    assert repr(load_learned().model_id) in line
    assert "Unset ASSISTANT_EMBEDDINGS" in line
    assert "restore learned.npz and learned.json from the repository" in line
    assert layer("how many reps should i do?").level == "none"


def _failing(texts: list[str]) -> list[list[float]]:
    raise RuntimeError("the model is gone: " + texts[0])


def test_a_failing_judge_is_said_without_the_message_until_one_is_judged_again(
    embeddings: LazyEmbeddings, raised: str
) -> None:
    broken = [True]

    def sometimes(texts: list[str]) -> list[list[float]]:
        return _failing(texts) if broken[0] else embeddings.embed_documents(texts)

    layer = SafetyLayer(sometimes, MODEL_ID)
    assert layer.trouble() == ()
    assert layer(raised).reasons == ("safety.layer_failed",)
    assert layer.mode == "failing"
    (line,) = layer.trouble()
    assert line.startswith("Safety layer, failing: the learned judge failed")
    assert "RuntimeError" in line
    assert "start again" in line
    assert raised not in line
    layer("crushing chest pain down my left arm")  # the rules decide: the judge is not asked
    assert layer.mode == "failing"
    broken[0] = False
    assert layer(raised).level == "emergency"
    assert layer.mode == "whole"
    assert layer.trouble() == ()


def test_vectors_that_are_no_numbers_fail_and_are_not_taken_for_harmless(raised: str) -> None:
    layer = SafetyLayer(lambda texts: [[float("nan")] * 384] * len(texts), MODEL_ID)
    assert layer(raised).level == "stop"
    assert layer.mode == "failing"


def test_readyz_and_the_assistants_status_show_it(
    asking_settings: Settings, indexes: LiveIndex, embeddings: LazyEmbeddings, tmp_path: Path
) -> None:
    _cut_short(_copied(tmp_path))
    layer = _layer(embeddings, tmp_path)
    assistant = build(asking_settings, indexes=indexes, embeddings=embeddings, assess=layer)
    assert assistant.status().ready
    assert assistant.status().degraded == layer.trouble() != ()
    with running(assistant) as url:
        response = httpx.get(url + "/readyz", trust_env=False)
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["degraded"] == list(layer.trouble())


@pytest.fixture(scope="module")
def damaged_checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program whose weights were cut short on the disk."""
    root = _checkout(tmp_path_factory.mktemp("checkout"))
    _cut_short(root / "assistant" / "safety")
    return root


def _checkout(root: Path) -> Path:
    for name in ("assistant", "server"):
        shutil.copytree(CHECKOUT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", root)
    return root


def _run(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", *map(str, arguments)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_status_command_shows_a_broken_file_and_an_emergency_is_still_one(
    damaged_checkout: Path, asking_data: Path
) -> None:
    as_json = _run(damaged_checkout, "status", "--json", "--data", asking_data)
    assert as_json.returncode == 0, as_json.stderr
    document = json.loads(as_json.stdout)
    assert document["status"] == "degraded"
    (line,) = document["degraded"]
    assert "rules alone" in line
    assert str(damaged_checkout) in line
    plain = _run(damaged_checkout, "status", "--data", asking_data)
    assert plain.returncode == 0, plain.stderr
    assert plain.stdout.startswith("degraded: generation 1 serves.")
    assert "Restore both files from the repository" in " ".join(plain.stdout.split())
    asked = _run(
        damaged_checkout, "ask", "crushing chest pain down my arm", "--json", "--data", asking_data
    )
    assert json.loads(asked.stdout)["safety"]["level"] == "emergency"


def test_the_server_starts_with_a_broken_file_says_so_and_answers(
    damaged_checkout: Path, asking_data: Path
) -> None:
    command = [sys.executable, "-m", "server", "--port", "0", "--data", str(asking_data)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=damaged_checkout, **pipes)  # type: ignore[call-overload]
    try:
        url = process.stdout.readline().split()[-1]
        ready = httpx.get(url + "/readyz", trust_env=False)
        body = {"message": "how long should I hold a plank?"}
        answer = httpx.post(url + "/v1/chat", json=body, trust_env=False, timeout=30)
    finally:
        process.terminate()
        _, log = process.communicate(timeout=30)
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert "rules alone" in ready.json()["degraded"][0]
    assert answer.json()["kind"] == "answer"
    assert "rules alone" in log


def test_weights_of_restrictions_for_another_model_are_shown(
    tmp_path: Path, asking_data: Path
) -> None:
    root = _checkout(tmp_path)
    weights = root / "assistant" / "policy" / "restricting.json"
    weights.write_text(weights.read_text("utf-8").replace(MODEL_ID, "an-earlier-one"), "utf-8")
    done = _run(root, "status", "--json", "--data", asking_data)
    assert done.returncode == 0, done.stderr
    (line,) = json.loads(done.stdout)["degraded"]
    assert line.startswith("Restrictions in prose, signs alone:")
    assert "'an-earlier-one'" in line


def test_a_sound_installation_is_ready(asking_data: Path) -> None:
    done = _run(CHECKOUT, "status", "--json", "--data", asking_data)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "ready"
    assert _run(CHECKOUT, "status", "--data", asking_data).stdout.startswith("ready: generation 1")
