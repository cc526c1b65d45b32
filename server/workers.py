"""Several processes behind one listener, each with the published generation open for itself."""

from __future__ import annotations

import sys
from functools import partial
from socket import socket

from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from assistant.errors import AssistantError
from assistant.settings import Settings
from server.app import create_app
from server.opening import open_assistant
from server.serving import announce, config_of, log_to_stderr
from server.settings import ServerSettings

START_SECONDS = 120.0


class CannotServe(AssistantError):
    """The workers did not start."""

    code = "cannot_serve"


class AnnouncedWorkers(Multiprocess):
    """uvicorn's supervisor, which prints where it is on stdout once every worker accepts."""

    failed = False

    def init_processes(self) -> None:
        """Start the workers and wait for them; stop all when one cannot start."""
        super().init_processes()
        for process in self.processes:
            if not process.wait_until_ready(START_SECONDS, self.should_exit):
                self.failed = not self.signal_queue
                self.should_exit.set()
                return
        announce(self.sockets[0])


def serve_with_workers(core: Settings, settings: ServerSettings, listener: socket) -> None:
    """Serve until a signal comes; raises CannotServe when a worker does not start."""
    factory = partial(worker_app, core, settings)
    config = config_of(factory, settings, factory=True, workers=settings.workers)
    workers = AnnouncedWorkers(config, [listener])
    workers.run()
    if workers.failed:
        raise CannotServe("A worker could not start.", "Its own message stands above.")


def worker_app(core: Settings, settings: ServerSettings) -> FastAPI:
    """Return the application of one worker; it runs in the worker's process."""
    log_to_stderr()
    try:
        assistant = open_assistant(core)
    except AssistantError as error:
        print(error, file=sys.stderr)
        sys.exit(STARTUP_FAILURE)
    return create_app(assistant, settings, on_stop=assistant.close)
