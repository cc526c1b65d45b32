"""What several tests of the safety layer share."""

from __future__ import annotations

import pytest

from assistant.embedding import LazyEmbeddings
from assistant.exported_model import MODEL_ID
from assistant.safety import SafetyLayer, assess
from evals.safety.phrases import read_phrases, training_files


@pytest.fixture(scope="module")
def raised(embeddings: LazyEmbeddings) -> str:
    """A message that is an emergency for the judge and not for the rules."""
    layer = SafetyLayer(embeddings.embed_documents, MODEL_ID)
    taught = (phrase.turns[0] for phrase in read_phrases(training_files()))
    missed = (text for text in taught if assess(text).level == "none")
    return next(text for text in missed if layer(text).level == "emergency")
