"""The LangChain tutorial's RAG over the same pages: split at 1000/200, Chroma, the best chunk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import uuid4

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings as LangChainEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.adapters.sentence_transformers import load_original
from assistant.domain import Page
from assistant.ports import Embeddings


class Original:
    """all-MiniLM-L6-v2 by sentence-transformers, as the tutorial loads it."""

    def __init__(self) -> None:
        self._model = load_original()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text, in order."""
        vectors: list[list[float]] = self._model.encode(texts, normalize_embeddings=True).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question."""
        return self.embed_documents([text])[0]


class Tutorial:
    """Chunks of pages in a vector store that lives as long as this object.

    The embedding model is the original one, which the assistant's own was adapted from. The store
    looks at every chunk, so that the figures are the same in each run.
    """

    def __init__(self, embeddings: Embeddings | None = None) -> None:
        """Begin an empty store; ``embeddings`` replace the original model."""
        embeddings = embeddings or Original()
        self.store = Chroma(
            collection_name=f"tutorial-{uuid4().hex}",
            embedding_function=cast(LangChainEmbeddings, embeddings),
            collection_configuration={"hnsw": {"space": "cosine", "ef_search": 10_000}},
        )
        self.chunks: list[dict[str, Any]] = []

    def ingest(self, pages: Iterable[Page]) -> None:
        """Split, embed and store the pages; a chunk knows where on its page it stands."""
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=1000, chunk_overlap=200, add_start_index=True
        )
        for page in pages:
            for document in splitter.create_documents([page.text], [{"page": page.slug}]):
                start = int(document.metadata["start_index"])
                text = document.page_content
                where = {"start": start, "end": start + len(text), "text": text}
                names = {"page": page.slug, "title": page.title, "section": "other", "heading": ""}
                self.chunks.append({**names, **where})
        self.store.add_texts(
            [chunk["text"] for chunk in self.chunks],
            metadatas=[{"row": row} for row in range(len(self.chunks))],
        )

    def search(self, query: str, k: int) -> list[dict[str, Any]]:
        """Return the ``k`` nearest chunks in the shape of ``GET /v1/search``, best first."""
        found = self.store.similarity_search_with_score(query, k)
        return [
            {**self.chunks[document.metadata["row"]], "score": -distance}
            for document, distance in found
        ]
