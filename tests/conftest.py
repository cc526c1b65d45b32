"""What every test may use: the real embedding model, exported once into the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.weights import CHECKOUT, exported_model


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The folder of the exported model; other data folders take their copy from it."""
    return exported_model(CHECKOUT / "var")
