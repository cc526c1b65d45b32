"""The child process: reads one request after another, answers with pages or reasons.

It is started as ``python -m assistant.pages.worker MEMORY_BYTES`` and ends with its input.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from pathlib import PurePath
from typing import Any, BinaryIO

from assistant.pages.blocks import Rejected
from assistant.pages.messages import HEADER_BYTES, Message, framed, page_message
from assistant.pages.parsing import parse_page, parse_record, record_page
from assistant.pages.record_list import records_in

OUT_OF_MEMORY = ("It needs more memory than a page may use.", "Simplify or split the file.")


def main() -> None:
    """Serve requests until the input ends."""
    bounded(int(sys.argv[1]))
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(quiet, descriptor)
    answers.write(framed(b'["ready"]'))
    answers.flush()
    while request := received(requests):
        header, body = request
        signal.setitimer(signal.ITIMER_REAL, 2 * float(header["seconds"]) + 1)
        answer = answered(header, body)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(framed(json.dumps(answer).encode()))
        answers.flush()


def bounded(memory: int) -> None:
    """Limit the address space; an alarm ends a child that hangs after its parent has gone."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def received(stream: BinaryIO) -> tuple[Message, bytes] | None:
    """Return the next request, or nothing at the end."""
    lengths = stream.read(2 * HEADER_BYTES)
    if len(lengths) < 2 * HEADER_BYTES:
        return None
    header = stream.read(int.from_bytes(lengths[:HEADER_BYTES], "big"))
    body = stream.read(int.from_bytes(lengths[HEADER_BYTES:], "big"))
    return json.loads(header), body


def answered(header: Message, body: bytes) -> list[Any]:
    """Return what was made of a request: for each item ``{"page": …}`` or ``{"reason": …}``."""
    source = header["source"]
    if header["kind"] == "page":
        return [outcome(lambda: parse_page(body, header["name"], source))]
    if header["kind"] == "json":
        return json_outcomes(body, source, int(header["most"]))
    return [
        outcome(lambda line=line: parse_record(line, source)) | {"line": number}
        for number, line in zip(header["lines"], body.split(b"\n"), strict=True)
    ]


def json_outcomes(body: bytes, source: str, most: int) -> list[Message]:
    """Return the outcomes of a ``.json`` file: one record, or a list of them."""
    found: list[Message] = []
    try:
        for number, record, size in records_in(body):
            if size > most:
                found.append(
                    {
                        "reason": f"Its record has more than {most:,} bytes.",
                        "advice": "Split it.",
                        "record": number,
                    }
                )
                continue
            stem = "" if number else PurePath(source).stem  # a file of one record names its page
            found.append(
                outcome(
                    lambda one=record, size=size, stem=stem: record_page(one, source, size, stem)
                )
                | {"record": number}
            )
    except Rejected as rejected:
        found.append({"reason": rejected.reason, "advice": rejected.advice, "record": 0})
    except MemoryError:
        found.append({"reason": OUT_OF_MEMORY[0], "advice": OUT_OF_MEMORY[1], "record": 0})
    return found


def outcome(parse: Any) -> Message:
    """Return the page that a call gives, or why it gives none."""
    try:
        return {"page": page_message(parse())}
    except Rejected as rejected:
        return {"reason": rejected.reason, "advice": rejected.advice}
    except MemoryError:
        return {"reason": OUT_OF_MEMORY[0], "advice": OUT_OF_MEMORY[1]}
    except RecursionError:
        return {"reason": "It is nested too deeply.", "advice": "Simplify the page."}
    except Exception as error:  # one page's fault must not cost the others theirs
        return {
            "reason": f"It could not be read ({type(error).__name__}: {error}).",
            "advice": "Please report this page.",
        }


if __name__ == "__main__":
    main()
