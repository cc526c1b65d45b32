"""The large sweep of faults: ``python -m tests.faults [--trials 100]``; prints a table.

Kills at random moments with and without an index, two writers at once, damage to every file,
full and read-only disks. Every trial asserts that the index answers rightly, from the old
generation or the new; the exit code is 1 when one did not.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.answers import answer
from tests.faults.ingester import outcome, start
from tests.index.damage import DAMAGES
from tests.index.pages_for_tests import write_pages

Trial = Callable[[int], str]


class Sweep:
    """Runs trials of one kind after another, and counts how each ended."""

    def __init__(self, root: Path, seed: int, only: str = "") -> None:
        self.root = root
        self.only = only
        self.random = random.Random(seed)
        self.rows: list[tuple[str, Counter[str], float]] = []
        self.failed = 0
        self.pages = write_pages(root / "pages", 12)
        self.base = root / "base"
        self.seconds = self._first_ingest()

    def _first_ingest(self) -> float:
        started = time.monotonic()
        code, said = outcome(start(self.base, self.pages))
        assert code == 0, said
        return time.monotonic() - started

    def run(self, name: str, trials: int, trial: Trial) -> None:
        if self.only not in name:
            return
        ends: Counter[str] = Counter()
        started = time.monotonic()
        for number in range(trials):
            try:
                ends[trial(number)] += 1
            except Exception:
                traceback.print_exc()
                ends["FAILED"] += 1
                self.failed += 1
            if sys.stderr.isatty():
                print(f"\r{name}: {number + 1}/{trials} ", end="", file=sys.stderr, flush=True)
        self.rows.append((name, ends, time.monotonic() - started))

    def table(self) -> str:
        lines = ["| fault | trials | how they ended | seconds |", "|---|---|---|---|"]
        for name, ends, seconds in self.rows:
            told = ", ".join(f"{count} {end}" for end, count in ends.most_common())
            lines.append(f"| {name} | {sum(ends.values())} | {told} | {seconds:.0f} |")
        return "\n".join(lines)

    def fresh(self, name: str) -> Path:
        """Give a data folder with one published generation."""
        data = self.root / name
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.base, data)
        return data

    def kill_one(self, data: Path) -> bool:
        """Kill an ingest at a random moment; says whether it was still running."""
        process = start(data, self.pages)
        time.sleep(self.random.uniform(0.2, self.seconds * 1.1))
        running = process.poll() is None
        process.kill()
        process.communicate()
        return running


def kills_with_an_index(sweep: Sweep) -> Trial:
    """The data folder lives on from trial to trial, with all that the killed ones left."""
    data = sweep.fresh("kills")
    state = {"generation": answer(data)[0]}

    def trial(number: int) -> str:
        write_pages(sweep.pages, 1, first=100 + number)
        before = state["generation"]
        killed = sweep.kill_one(data)
        state["generation"], _ = answer(data)
        assert state["generation"] >= before >= 1
        what = "old" if state["generation"] == before else "new"
        return f"{what} index answers ({'killed' if killed else 'was done'})"

    return trial


def kills_without_an_index(sweep: Sweep) -> Trial:
    def trial(number: int) -> str:
        data = sweep.root / f"empty-{number}"
        killed = sweep.kill_one(data)
        generation, _ = answer(data)
        if number % 5 == 0:
            code, said = outcome(start(data, sweep.pages))
            assert code == 0, said
            assert answer(data)[0] >= max(1, generation)
        what = "new index answers" if generation else "no index yet, and it says so"
        return f"{what} ({'killed' if killed else 'was done'})"

    return trial


def damaged_files(sweep: Sweep) -> tuple[int, Trial]:
    """Every file of a generation, damaged in every way, with an older generation behind it."""
    data = sweep.fresh("two")
    write_pages(sweep.pages, 1, first=900)
    assert outcome(start(data, sweep.pages))[0] == 0
    newest = data / "index" / "generations" / "000002"
    names = [path.relative_to(data) for path in sorted(newest.rglob("*")) if path.is_file()]
    cases = [(name, damage) for name in names for damage in DAMAGES]

    def trial(number: int) -> str:
        name, damage = cases[number]
        copy = sweep.root / "damaged"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(data, copy)
        damage(copy / name)
        generation, _ = answer(copy)
        assert generation == 1, (name, damage.__name__, generation)
        return "older generation answers"

    return len(cases), trial


def two_writers(sweep: Sweep) -> Trial:
    data = sweep.fresh("writers")

    def trial(number: int) -> str:
        write_pages(sweep.pages, 1, first=1000 + number)
        before, _ = answer(data)
        results = [outcome(process) for process in [start(data, sweep.pages) for _ in range(3)]]
        assert any(code == 0 for code, _ in results)
        assert answer(data)[0] == before + 1
        busy = sum(said.get("error") == "IngestBusy" for _, said in results)
        return f"one published, {busy} told to wait"

    return trial


def full_disk(sweep: Sweep, trials: int) -> Trial:
    """A file system of its own, a little larger each time, full in the middle of an ingest."""
    taken = sum(path.stat().st_size for path in sweep.base.rglob("*")) // 1024

    def trial(number: int) -> str:
        size = int(taken * (1.2 + 1.2 * number / trials))
        with mounted(sweep.root / "small", f"size={size}k") as disk:
            data = disk / "data"
            shutil.copytree(sweep.base, data)
            code, said = outcome(start(data, sweep.pages))
            generation, _ = answer(data)
            assert generation == (2 if code == 0 else 1), (code, said)
            assert code == 0 or said["error"] == "StorageError", said
            return "new index answers" if code == 0 else "StorageError, old index answers"

    return trial


def read_only_disk(sweep: Sweep) -> Trial:
    def trial(number: int) -> str:
        with mounted(sweep.root / "fixed", "size=20m") as disk:
            shutil.copytree(sweep.base, disk / "data")
            mount("-o", "remount,ro", str(disk))
            code, said = outcome(start(disk / "data", sweep.pages))
            assert (code, said["error"]) == (1, "StorageError"), said
            assert answer(disk / "data")[0] == 1
            return "StorageError, old index answers"

    return trial


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    mount("-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def may_mount(root: Path) -> bool:
    try:
        with mounted(root / "try", "size=1m"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--trials", type=int, default=100, help="kills, half of them with an index")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="run the faults whose name holds this")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as root:
        sweep = Sweep(Path(root), arguments.seed, arguments.only)
        half = arguments.trials // 2
        sweep.run("kill -9, an index present", arguments.trials - half, kills_with_an_index(sweep))
        sweep.run("kill -9, no index yet", half, kills_without_an_index(sweep))
        sweep.run("file damage", *damaged_files(sweep))
        sweep.run("three ingests at once", max(1, arguments.trials // 20), two_writers(sweep))
        if may_mount(sweep.root):
            trials = max(2, arguments.trials // 8)
            sweep.run("full disk", trials, full_disk(sweep, trials))
            sweep.run("read-only disk", 1, read_only_disk(sweep))
        else:
            print("full and read-only disks were left out: mounting needs root", file=sys.stderr)
        print(sweep.table())
    return 1 if sweep.failed else 0


if __name__ == "__main__":
    sys.exit(main())
