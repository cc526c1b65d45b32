"""Listening: bind first, open the assistant, serve, print one line once it answers."""

from __future__ import annotations

import signal
import socket
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI

from assistant.errors import AssistantError
from server.connections import ConnectionLimits, ServerConfig
from server.settings import ServerSettings

_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}


class CannotListen(AssistantError):
    """The address or port cannot be listened on."""

    code = "cannot_listen"


class AnnouncedServer(uvicorn.Server):
    """uvicorn's server, which prints where it is on stdout once it accepts requests."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the one line."""
        try:
            await super().startup(sockets)
        except OSError as error:  # another process began to listen after we bound
            raise cannot_listen(self.config.host, self.config.port, error) from error
        if self.started and sockets:
            announce(sockets[0])


def announce(listener: socket.socket) -> None:
    """Print the one line that stdout gets."""
    print(f"Exercise assistant at {url_of(listener)}", flush=True)


def bind(host: str, port: int) -> socket.socket:
    """Return a bound socket that does not yet accept; raises CannotListen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise cannot_listen(host, port, error) from error
    return listener


def cannot_listen(host: str, port: int, error: OSError) -> CannotListen:
    """Return the error that names the address and what to do."""
    reason = (error.strerror or str(error)).lower()
    return CannotListen(
        f"Cannot listen on {host} port {port}: {reason}.",
        "Choose another with --port (0 takes a free one) or --host.",
    )


def url_of(listener: socket.socket) -> str:
    """Return the URL at which a browser on this machine reaches the listener."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  listening everywhere was asked for
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def config_of(app: Any, settings: ServerSettings, **options: Any) -> ServerConfig:
    """Return uvicorn's configuration for an application, with our limits."""
    limits = ConnectionLimits(
        settings.connections, settings.head_bytes, settings.head_seconds, settings.send_seconds
    )
    return ServerConfig(
        app,
        limits,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        host=settings.host,
        port=settings.port,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        **options,
    )


def server_of(app: FastAPI, settings: ServerSettings) -> AnnouncedServer:
    """Return the server of an application; ``run(sockets=…)`` serves."""
    return AnnouncedServer(config_of(app, settings))


def log_to_stderr() -> None:
    """Send every log line to stderr; requests are not logged, since their paths hold secrets."""
    import logging.config

    logging.config.dictConfig(_LOGGING)


def stop_on_sigterm() -> None:
    """Make SIGTERM an orderly exit with code 0, also before and after uvicorn handles it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
