"""Texts to vectors: all-MiniLM-L6-v2 on ONNX Runtime, or any model that LangChain can name.

Dynamic int8 quantisation scales the activations over everything that one run computes, so the
vectors of a batch depend on its other texts and on padding. Here each run holds one text without
padding: a vector depends on its text alone, a question and a passage with the same words get the
same vector, and the processors are kept busy by running several texts side by side instead.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import MissingPart, SettingError
from assistant.exported_model import (
    ADVICE,
    BUNDLED,
    GRAPH,
    MODEL_ID,
    STATES_GRAPH,
    exported_model,
    read_manifest,
)
from assistant.ports import Embeddings, Vectors
from assistant.settings import Settings


class OnnxEmbeddings:
    """LangChain's two methods over an exported model; safe to call from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the export in ``folder``; raises MissingPart when it is absent or damaged."""
        manifest = read_manifest(folder)
        self.model_id = str(manifest["model_id"])
        self.dimensions = int(str(manifest["dimensions"]))
        self._session, self._tokenizer = _load(folder)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit-length vectors, shape (len(texts), dimensions), in the order of the texts."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)

        def fill(row: int) -> None:
            vectors[row] = self._vector(texts[row])

        workers = min(processors(), len(texts))
        if workers < 2:
            for row in range(len(texts)):
                fill(row)
            return vectors
        with ThreadPoolExecutor(workers, thread_name_prefix="embedding") as pool:
            for _ in pool.map(fill, range(len(texts))):
                pass
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit-length vector a text, in order."""
        rows: list[list[float]] = self.encode(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the unit-length vector of one question."""
        vector: list[float] = self._vector(text).tolist()
        return vector

    def _vector(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        vector: Vectors = self._session.run(None, {"input_ids": ids})[0][0]
        return vector


class TokenStates:
    """What the first layers of the exported model see of each token; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the export in ``folder``; raises MissingPart when it is absent or damaged."""
        read_manifest(folder)
        self._session, self._tokenizer = _load(folder, STATES_GRAPH)

    def of(self, text: str) -> tuple[Vectors, list[tuple[int, int]]]:
        """Return the states, shape (tokens, 384), and the span of each in code points.

        The first and the last token are marks of the model with an empty span; what is beyond
        the model's longest text has none.
        """
        encoding = self._tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        states: Vectors = self._session.run(None, {"input_ids": ids})[0][0]
        return states, list(encoding.offsets)


class LazyEmbeddings:
    """The model that the settings name, loaded at the first text; safe for several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._model: Embeddings | None = None
        self._lock = threading.Lock()

    def model(self) -> Embeddings:
        """Return the model, loading it now if it is not; raises what ``open_embeddings`` does."""
        with self._lock:
            if self._model is None:
                self._model, _ = open_embeddings(self._settings)
            return self._model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text, in order."""
        return self.model().embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question."""
        return self.model().embed_query(text)


def embeddings_id(settings: Settings) -> str:
    """Return the id of the model that the settings name, without loading it."""
    return MODEL_ID if settings.embeddings == BUNDLED else settings.embeddings


def open_embeddings(settings: Settings) -> tuple[Embeddings, str]:
    """Return the model that the settings name, and the id that identifies its vectors.

    Raises:
        MissingPart: the bundled model is not exported, or a provider's package is not installed.
        SettingError: the setting is neither the bundled model nor ``provider:model``.
    """
    name = settings.embeddings
    if name == BUNDLED:
        model = OnnxEmbeddings(exported_model(settings.data))
        return model, model.model_id
    if ":" not in name:
        raise SettingError(
            f"ASSISTANT_EMBEDDINGS is {name!r}, which is no model that is known here.",
            f"Use {BUNDLED!r}, or LangChain's provider:model such as 'ollama:nomic-embed-text'.",
        )
    from assistant.adapters.langchain import named_embeddings

    return named_embeddings(name), name


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _load(folder: Path, graph: str = GRAPH) -> tuple[Any, Any]:
    """Return the ONNX Runtime session and the tokenizer of an export."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(folder / graph),
            options,
            providers=["CPUExecutionProvider"],
            # The fused kernel takes several times as long as addition and normalisation apart.
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        return session, Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # both libraries raise types that share no base
        raise MissingPart(
            f"The exported model in {folder} cannot be read: {error}.", ADVICE
        ) from error
