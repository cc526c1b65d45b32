from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from assistant.adapters.langchain import UnitEmbeddings, named_embeddings
from assistant.embedding import OnnxEmbeddings, open_embeddings
from assistant.errors import MissingPart, SettingError
from assistant.settings import read_settings

TEXTS = ["Lower your hips slowly.", "Breathe out as you stand.", "Do 8 to 12 reps per side."]


def test_any_langchain_model_can_be_used_and_its_vectors_get_unit_length() -> None:
    model = UnitEmbeddings(DeterministicFakeEmbedding(size=20))
    vectors = np.asarray(model.embed_documents(TEXTS))
    assert vectors.shape == (3, 20)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.linalg.norm(model.embed_query("hips")) == pytest.approx(1, abs=1e-5)
    assert model.embed_documents([]) == []


def test_our_model_is_a_langchain_model_and_serves_a_langchain_vector_store(
    model_folder: Path, tmp_path: Path
) -> None:
    from langchain_chroma import Chroma

    model = UnitEmbeddings(OnnxEmbeddings(model_folder))
    assert isinstance(model, Embeddings)
    store = Chroma.from_texts(TEXTS, model, persist_directory=str(tmp_path))
    found = store.similarity_search("how many repetitions?", k=1)
    assert found[0].page_content == TEXTS[2]


def test_a_provider_whose_package_is_not_installed_names_the_line_that_installs_it(
    tmp_path: Path,
) -> None:
    settings = read_settings(data=tmp_path, embeddings="cohere:embed-english-v3.0")
    with pytest.raises(MissingPart, match="pip install"):
        open_embeddings(settings)


@pytest.mark.parametrize("name", ["nobody:model", "openai:", ":model"])
def test_a_name_that_langchain_does_not_know_is_a_setting_error(name: str) -> None:
    with pytest.raises(SettingError, match="ASSISTANT_EMBEDDINGS"):
        named_embeddings(name)
