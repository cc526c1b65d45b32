"""The yardstick for start-up: a FastAPI app with chromadb imported, and nothing else.

Run as ``python -m evals.bench.bare PORT``.
"""

from __future__ import annotations

import sys

import chromadb  # noqa: F401  # its import is what is measured
import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/readyz")
def ready() -> dict[str, bool]:
    """Say that it answers."""
    return {"ready": True}


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
