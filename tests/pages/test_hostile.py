"""What a page file may not do: hang, eat memory, hide what is beside it, or crash the reading."""

import gzip
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import SourceError
from assistant.pages import Limits, SourceResult, find_sources, read_sources

GOOD = "Dead bug\n\nInstructions\n\n• Lie on your back.\n• Press your back into the floor.\n"
LIMITS = Limits(seconds=1.5)


def read(folder: Path, limits: Limits = LIMITS) -> dict[str, SourceResult]:
    return {Path(result.source).name: result for result in read_sources([folder], limits=limits)}


HOSTILE: dict[str, Callable[[], bytes]] = {
    "million.html": lambda: b"<p>" * 1_000_000,
    "deep.html": lambda: b"<div>" * 300_000,
    "inline.html": lambda: b"<b>" * 400_000 + b"x",
    "attributes.html": lambda: b"<a " + b" ".join(b"a%d=1" % n for n in range(150_000)) + b">x</a>",
    "gzip.html": lambda: gzip.compress(b"<h1>Plank</h1>" * 1000),
    "noise.html": lambda: os.urandom(60_000),
    "noise.txt": lambda: bytes(range(256)) * 200,
    "scripts.html": lambda: b"<script>" + b"x=1;" * 5000 + b"</script><div id=app></div>",
    "empty.txt": lambda: b"",
    "blank.md": lambda: b"\xef\xbb\xbf \n\n",
    "nul.txt": lambda: b"\0" * 5000,
    "pdf.txt": lambda: b"%PDF-1.7 ...",
    "large.html": lambda: b"<p>" + b"knee " * 600_000,
    "array.json": lambda: b"[" * 500_000,
    "object.json": lambda: b'{"a":' * 100_000,
    "broken.json": lambda: b'{"title": "Plank", ',
    "number.json": lambda: b"12",
    "front.md": lambda: b"---\ntitle: [unclosed\n---\n# Plank\n\nHold still.\n",
    "bomb.md": lambda: (
        b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 108)
        )
        + b"title: Plank\n---\n## Tips\n- Breathe.\n"
    ),
}


def test_hostile_files_are_quarantined_by_name_and_the_good_page_beside_them_is_read(
    tmp_path: Path,
) -> None:
    for name, content in HOSTILE.items():
        (tmp_path / name).write_bytes(content())
    (tmp_path / "dead-bug.txt").write_text(GOOD)
    (tmp_path / "zz-last.txt").write_text(GOOD.replace("Dead bug", "Bird dog"))
    begun = time.monotonic()
    results = read(tmp_path)
    assert time.monotonic() - begun < 25
    for name in HOSTILE:
        assert results[name].pages == (), name
        (reason,) = results[name].quarantined
        assert reason.source.endswith(name)
        assert reason.reason.endswith(".")
        assert reason.advice
    assert [page.title for page in results["dead-bug.txt"].pages] == ["Dead bug"]
    assert [page.title for page in results["zz-last.txt"].pages] == ["Bird dog"]


def test_a_file_that_needs_too_much_memory_is_quarantined(tmp_path: Path) -> None:
    (tmp_path / "many.html").write_bytes(b"<p>a" * 500_000)
    (tmp_path / "plank.txt").write_text(GOOD)
    results = read(tmp_path, Limits(seconds=20, memory_bytes=200 * 1024 * 1024))
    assert results["many.html"].pages == ()
    assert results["plank.txt"].pages


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with (tmp_path / "big.json").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    results = read(tmp_path)
    for name in ("big.txt", "big.json"):
        (reason,) = results[name].quarantined
        assert "52,428,800 bytes" in reason.reason


def test_one_line_without_end_costs_a_jsonl_file_only_that_record(tmp_path: Path) -> None:
    record = json.dumps({"title": "Plank", "instructions": ["Hold still."]})
    file = tmp_path / "pages.jsonl"
    file.write_text('{"title": "' + "x" * 3_000_000 + '"}\n' + record + "\n")
    (result,) = read_sources([file], limits=LIMITS)
    assert [page.slug for page in result.pages] == ["plank"]
    (reason,) = result.quarantined
    assert reason.source == f"{file}:1"


def test_bad_lines_are_named_by_number_and_the_others_are_kept(tmp_path: Path) -> None:
    good = [
        {"id": f"e{n}", "name": f"Exercise {n}", "instructions": ["Stand.", f"Lift {n}."]}
        for n in range(3)
    ]
    lines = [
        json.dumps(good[0]),
        "{broken",
        "",
        json.dumps([1]),
        json.dumps(good[1]),
        '"x"',
        "\x00",
        json.dumps(good[2]),
    ]
    file = tmp_path / "pages.jsonl"
    file.write_text("\r\n".join(lines))
    (result,) = read_sources([file])
    assert [page.slug for page in result.pages] == ["e0", "e1", "e2"]
    assert [reason.source for reason in result.quarantined] == [f"{file}:{n}" for n in (2, 4, 6, 7)]


def test_a_missing_path_is_an_error_that_says_which(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.txt does not exist"):
        find_sources([tmp_path / "nowhere.txt"])


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert find_sources([tmp_path]) == []
    assert list(read_sources([tmp_path])) == []


def test_an_unknown_ending_is_passed_over_in_a_folder_and_explained_when_named(
    tmp_path: Path,
) -> None:
    image = tmp_path / "plank.png"
    image.write_bytes(b"\x89PNG....")
    assert find_sources([tmp_path]) == []
    (result,) = read_sources([image])
    (reason,) = result.quarantined
    assert "'.png'" in reason.reason


def test_what_cannot_be_opened_as_a_file_is_quarantined(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    dangling = tmp_path / "gone.md"
    dangling.symlink_to(tmp_path / "never-there.md")
    results = {Path(r.source).name: r for r in read_sources([pipe, dangling])}
    assert results["pipe.txt"].quarantined
    assert results["gone.md"].quarantined


def test_a_folder_named_like_a_page_is_walked(tmp_path: Path) -> None:
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    (folder / "dead-bug.txt").write_text(GOOD)
    assert [path.name for path in find_sources([tmp_path])] == ["dead-bug.txt"]


def test_links_that_leave_the_folder_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(GOOD)
    folder = tmp_path / "site"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "notes.txt").write_text(GOOD)
    (folder / ".hidden.txt").write_text(GOOD)
    (folder / "inside.txt").write_text(GOOD)
    (folder / "leaves.txt").symlink_to(outside)
    (folder / "dots.txt").symlink_to("../outside.txt")
    (folder / "stays.txt").symlink_to(folder / "inside.txt")
    (folder / "loop").symlink_to(folder)
    names = [path.name for path in find_sources([folder])]
    assert len(names) == 1
    assert names[0] in ("inside.txt", "stays.txt")


def test_a_newline_in_a_name_is_spelled_out_and_the_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "dead\nbug.txt").write_text(GOOD)
    (result,) = read_sources([tmp_path])
    assert result.source.endswith("dead\\nbug.txt")
    assert [page.slug for page in result.pages] == ["dead-bug"]


def test_a_name_that_is_no_utf8_is_spelled_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/pl\xffank.txt")).write_text(GOOD)
    (result,) = read_sources([tmp_path])
    result.source.encode()
    result.pages[0].slug.encode()


def test_the_reader_goes_on_after_its_child_was_killed(tmp_path: Path) -> None:
    from assistant.pages.process import ChildFailed, ParserProcess

    with ParserProcess(LIMITS) as process:
        header = {"kind": "page", "source": "a", "name": "a.txt"}
        assert "page" in process.ask(header, GOOD.encode())[0]
        assert process.child is not None
        process.child.kill()
        process.child.wait()
        with pytest.raises(ChildFailed):
            process.ask(header, GOOD.encode())
        assert "page" in process.ask(header, GOOD.encode())[0]
