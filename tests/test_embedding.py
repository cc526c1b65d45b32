from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import OnnxEmbeddings, open_embeddings
from assistant.errors import MissingPart, SettingError
from assistant.exported_model import CHECKOUT, MODEL_ID
from assistant.settings import read_settings

TEXTS = [
    "How many reps should I do?",
    "",
    "naïve café – ½ °C “quotes” 🎯",
    "Is it safe for my lower back if I have a slipped disc and sciatica?",
    "Lie on your back with knees bent and feet flat. " * 10,
    "word " * 2000,
    "plank",
]
TOPICS = {
    "How many repetitions per set?": "A good start is 6 to 12 controlled reps per side.",
    "When do I breathe out?": "Exhale as your knees move down to the side.",
    "Do I need a dumbbell?": "The only equipment needed is a mat; no weights.",
    "I am pregnant, may I do it?": "Avoid long periods on your back after the first trimester.",
}


@pytest.fixture(scope="module")
def model(model_folder: Path) -> OnnxEmbeddings:
    return OnnxEmbeddings(model_folder)


def python(code: str, *arguments: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", code, *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_vectors_agree_with_sentence_transformers_own(
    model: OnnxEmbeddings, tmp_path: Path
) -> None:
    code = """
import json, sys
import numpy as np
from assistant.adapters.sentence_transformers import load_adapted
texts = json.load(open(sys.argv[1]))
np.save(sys.argv[2], load_adapted().encode(texts, normalize_embeddings=True))
"""
    (tmp_path / "texts.json").write_text(json.dumps(TEXTS))
    python(code, str(tmp_path / "texts.json"), str(tmp_path / "wanted.npy"))
    wanted = np.load(tmp_path / "wanted.npy")
    cosines = (model.encode(TEXTS) * wanted).sum(axis=1)
    assert cosines.min() >= 0.975
    assert cosines.mean() >= 0.985


def test_a_question_is_nearest_to_the_text_that_answers_it(model: OnnxEmbeddings) -> None:
    questions, answers = model.encode(list(TOPICS)), model.encode(list(TOPICS.values()))
    assert (questions @ answers.T).argmax(axis=1).tolist() == list(range(len(TOPICS)))


def test_vectors_have_unit_length_and_the_stated_dimensions(model: OnnxEmbeddings) -> None:
    vectors = model.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_depends_on_its_own_text_only(model: OnnxEmbeddings) -> None:
    together = model.encode(TEXTS)
    backwards = model.encode(TEXTS[::-1])[::-1]
    alone = np.stack([model.encode([text])[0] for text in TEXTS])
    assert np.array_equal(together, backwards)
    assert np.array_equal(together, alone)


def test_a_question_and_a_document_with_the_same_words_get_the_same_vector(
    model: OnnxEmbeddings,
) -> None:
    assert model.embed_query(TEXTS[0]) == model.embed_documents([TEXTS[0]])[0]


def test_text_beyond_256_tokens_changes_nothing(model: OnnxEmbeddings) -> None:
    vectors = model.encode(["word " * 254, "word " * 254 + "elephants and violins"])
    assert np.array_equal(vectors[0], vectors[1])


def test_no_texts_give_no_vectors(model: OnnxEmbeddings) -> None:
    assert model.encode([]).shape == (0, model.dimensions)
    assert model.embed_documents([]) == []


def test_several_threads_get_the_same_vectors_as_one(model: OnnxEmbeddings) -> None:
    questions = [f"how many sets of exercise number {n}?" for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        side_by_side = list(pool.map(model.embed_query, questions))
    assert side_by_side == [model.embed_query(question) for question in questions]


def test_embedding_imports_neither_torch_nor_transformers_nor_langchain(model_folder: Path) -> None:
    code = """
import sys
from pathlib import Path
from assistant.embedding import OnnxEmbeddings
assert "onnxruntime" not in sys.modules, "imported before it is needed"
OnnxEmbeddings(Path(sys.argv[1])).embed_documents(["one", "two"])
heavy = {"torch", "transformers", "sentence_transformers", "langchain", "langchain_core"}
print(sorted(heavy & set(sys.modules)))
"""
    assert python(code, str(model_folder)).strip() == "[]"


def test_the_setting_opens_the_bundled_model_with_an_id_for_its_vectors(
    model_folder: Path, tmp_path: Path
) -> None:
    opened, model_id = open_embeddings(read_settings(data=tmp_path))
    assert model_id == MODEL_ID
    assert opened.embed_query("plank") == OnnxEmbeddings(model_folder).embed_query("plank")
    assert (tmp_path / "models" / model_id / "model.onnx").exists()


def test_a_missing_export_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="make setup"):
        OnnxEmbeddings(tmp_path / "nowhere")


def test_an_unknown_model_name_says_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="provider:model"):
        open_embeddings(read_settings(data=tmp_path, embeddings="word2vec"))
