"""The child process: what it says, how it dies, and that we live on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged
from assistant.index.child import Child
from assistant.index.generations import Generations
from tests.index.damage import flip


def folder_of(data: Path) -> Path:
    return Generations.of(data).folder(1)


def test_a_good_generation_passes_the_canary_and_a_damaged_one_does_not(
    copied: Callable[[], Path],
) -> None:
    with Child() as child:
        child.run("check", folder_of(copied()), 60)
        damaged = folder_of(copied())
        flip(damaged / "vectors.npy")
        with pytest.raises(IndexDamaged, match=r"vectors\.npy has other bytes"):
            child.run("check", damaged, 60)


def test_a_child_that_crashes_is_an_error_that_names_the_signal(
    copied: Callable[[], Path],
) -> None:
    with Child() as child:
        pid = child._process.pid
        threading.Timer(0.2, lambda: os.kill(pid, signal.SIGSEGV)).start()
        with pytest.raises(IndexDamaged, match="died of signal 11"):
            child.run("check", folder_of(copied()), 60)


def test_a_child_that_hangs_is_ended_and_is_an_error(copied: Callable[[], Path]) -> None:
    with Child() as child:
        os.kill(child._process.pid, signal.SIGSTOP)
        with pytest.raises(IndexDamaged, match="took longer than 0 s"):
            child.run("check", folder_of(copied()), 0.2)
    assert child._process.poll() is not None


def test_a_child_does_not_outlive_the_process_that_started_it() -> None:
    script = (
        "from assistant.index.child import Child; import time\n"
        "print(Child()._process.pid, flush=True); time.sleep(60)"
    )
    root = Path(__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    end = time.monotonic() + 30
    while _runs(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_an_operator_may_run_the_canary_alone(copied: Callable[[], Path]) -> None:
    command = [sys.executable, "-m", "assistant.index.canary", str(folder_of(copied()))]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
