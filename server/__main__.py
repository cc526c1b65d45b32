"""``python -m server``: serves the API, the widget and the pages; prints its URL once it answers.

Exit codes: 0 stopped on request, 1 could not start or serve, 2 bad options or settings.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from socket import socket

from assistant.errors import AssistantError, SettingError
from assistant.settings import Settings, read_settings
from server.settings import ServerSettings, read_server_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; every error of ours is one message on stderr."""
    options = _options(arguments)
    try:
        core, settings = _read(options)
        _serve(core, settings)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, SettingError) else 1
    except KeyboardInterrupt:
        pass
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m server",
        description="Serve the assistant. Builds the index from the corpus when there is none.",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (default: var)")
    parser.add_argument("--host", metavar="H", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", metavar="P", help="port; 0 takes a free one (default: 8000)")
    parser.add_argument("--workers", metavar="N", help="processes that serve (default: 1)")
    return parser.parse_args(arguments)


def _read(options: argparse.Namespace) -> tuple[Settings, ServerSettings]:
    """Return both settings; an option given on the command line wins over its variable."""
    core = {"data": options.data}
    server = {"host": options.host, "port": options.port, "workers": options.workers}
    return read_settings(**_given(core)), read_server_settings(**_given(server))


def _given(options: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in options.items() if value is not None}


def _serve(core: Settings, settings: ServerSettings) -> None:
    from server.opening import build_first_index, has_index
    from server.serving import bind, log_to_stderr, stop_on_sigterm

    log_to_stderr()
    stop_on_sigterm()
    with bind(settings.host, settings.port) as listener:
        if not has_index(core):
            build_first_index(core)
        if settings.workers == 1:
            _serve_alone(core, settings, listener)
        else:
            from server.workers import serve_with_workers

            serve_with_workers(core, settings, listener)


def _serve_alone(core: Settings, settings: ServerSettings, listener: socket) -> None:
    from server.app import create_app
    from server.opening import open_assistant
    from server.serving import server_of

    assistant = open_assistant(core)
    app = create_app(assistant, settings, on_stop=assistant.close)
    server_of(app, settings).run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(main())
