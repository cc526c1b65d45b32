"""LangChain's embedding models by name, and ours in the shape that its vector stores accept."""

from __future__ import annotations

from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings as LangChainEmbeddings

from assistant.errors import MissingPart, SettingError
from assistant.ports import Embeddings, Vectors


class UnitEmbeddings(LangChainEmbeddings):
    """Any embedding model as LangChain's class, every vector scaled to unit length."""

    def __init__(self, model: Embeddings) -> None:
        self.model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit-length vector a text, in order."""
        if not texts:
            return []
        rows: list[list[float]] = _unit(self.model.embed_documents(texts)).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the unit-length vector of one question."""
        vector: list[float] = _unit([self.model.embed_query(text)])[0].tolist()
        return vector


def named_embeddings(name: str) -> UnitEmbeddings:
    """Return LangChain's model for ``provider:model``.

    Raises:
        MissingPart: the provider's integration package is not installed.
        SettingError: LangChain does not know the provider, or the provider refuses the settings.
    """
    try:
        from langchain.embeddings import init_embeddings

        model: Any = init_embeddings(name)
    except ImportError as error:
        raise MissingPart(
            f"ASSISTANT_EMBEDDINGS is {name!r}, and its package is not installed: {error}.",
            "Install that package into .venv with pip and start again.",
        ) from error
    except Exception as error:  # each provider refuses a missing key or address in its own way
        raise SettingError(
            f"ASSISTANT_EMBEDDINGS is {name!r}, which cannot be used: {error}.",
            "Set what the provider asks for, or unset the variable for the bundled model.",
        ) from error
    return UnitEmbeddings(model)


def _unit(rows: list[list[float]]) -> Vectors:
    vectors = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, 1e-12)
    return unit
