from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.low_rank import FACTORS
from assistant.embedding import OnnxEmbeddings, TokenStates
from assistant.errors import MissingPart
from assistant.exported_model import (
    CHECKOUT,
    EXPORTER,
    MODEL_ID,
    digest,
    exported_model,
    is_sound,
    read_manifest,
)


@pytest.fixture
def copy(model_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder, tmp_path / "copy"))


def test_the_manifest_names_weights_versions_and_how_near_the_export_came(
    model_folder: Path,
) -> None:
    manifest = json.loads((model_folder / "manifest.json").read_text())
    assert manifest["model_id"] == MODEL_ID
    assert manifest["weights_sha256"].startswith("53aa5117")
    assert manifest["check"]["float_max_difference"] < 1e-5
    assert set(manifest["versions"]) >= {"torch", "onnx", "onnxruntime", "sentence-transformers"}


def test_the_model_id_and_the_makefile_name_what_was_learned() -> None:
    learned = digest(FACTORS)[:8]
    assert f"all-minilm-l6-v2-53aa5117-{learned}-int8" == MODEL_ID
    assert f"MODEL := var/models/{MODEL_ID}\n" in (CHECKOUT / "Makefile").read_text("utf-8")


def test_a_sound_export_is_told_from_one_with_a_flipped_byte(copy: Path) -> None:
    assert is_sound(copy)
    damaged = bytearray((copy / "model.onnx").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (copy / "model.onnx").write_bytes(damaged)
    assert not is_sound(copy)


@pytest.mark.parametrize("name", ["model.onnx", "tokens.onnx", "tokenizer.json", "manifest.json"])
def test_a_file_that_is_cut_short_or_gone_is_a_missing_part(copy: Path, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes()[:100])
    with pytest.raises(MissingPart, match="make setup"):
        OnnxEmbeddings(copy)
    (copy / name).unlink()
    with pytest.raises(MissingPart, match="make setup"):
        OnnxEmbeddings(copy)
    assert not is_sound(copy)


def test_noise_of_the_right_size_is_a_missing_part(copy: Path) -> None:
    size = (copy / "model.onnx").stat().st_size
    (copy / "model.onnx").write_bytes(b"\x07" * size)
    with pytest.raises(MissingPart, match="cannot be read"):
        OnnxEmbeddings(copy)


def test_data_folders_take_the_checkouts_export_even_when_asked_at_once(
    model_folder: Path, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(4) as pool:
        folders = list(pool.map(exported_model, [tmp_path] * 4))
    assert set(folders) == {tmp_path / "models" / MODEL_ID}
    assert is_sound(folders[0])
    assert read_manifest(folders[0]) == read_manifest(model_folder)


def test_two_exports_at_once_leave_one_sound_folder_and_nothing_else(
    model_folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "models" / MODEL_ID
    command = [sys.executable, "-m", EXPORTER, str(target)]
    both = [
        subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    endings = [(process.communicate()[1], process.returncode) for process in both]
    assert [code for _, code in endings] == [0, 0], endings
    assert is_sound(target)
    assert [path.name for path in target.parent.iterdir() if path.is_dir()] == [MODEL_ID]
    question = "how many reps?"
    wanted = OnnxEmbeddings(model_folder).encode([question])[0]
    assert OnnxEmbeddings(target).encode([question])[0] @ wanted > 0.999


def test_an_export_of_an_earlier_release_is_made_again(copy: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "models" / MODEL_ID
    earlier.parent.mkdir()
    shutil.copytree(copy, earlier)
    (earlier / "tokens.onnx").unlink()
    assert is_sound(exported_model(tmp_path))


def test_tokens_have_a_state_each_where_they_stand(model_folder: Path) -> None:
    text = "Boat pose: the gym’s V-sit"
    states, spans = TokenStates(model_folder).of(text)
    assert states.shape == (len(spans), 384)
    assert spans[0] == spans[-1] == (0, 0)
    assert [text[start:end] for start, end in spans[1:4]] == ["Boat", "pose", ":"]
    assert not np.allclose(states[1], states[2])
