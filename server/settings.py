"""Settings of the server: frozen values read once, at the edge, from ``ASSISTANT_*`` variables."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.errors import SettingError

_ORIGIN = re.compile(r"https?://[\w.:\[\]-]+", re.ASCII)
SECRET = ("insights_key",)  # never shown, not even in the message about a bad one


class ServerSettings(BaseSettings):
    """Everything that the server can be told; each field is also ``ASSISTANT_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    host: str = Field("127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(
        8000, ge=0, le=65535, description="port to listen on, 0 to 65535; 0 takes a free one"
    )
    workers: int = Field(1, ge=1, le=64, description="number of processes that serve, 1 to 64")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        ("*",),
        description="sites whose pages may call /v1 and load the widget, separated by commas",
    )
    public_origin: str | None = Field(
        None,
        description="address by which visitors reach the server, like https://chat.example.org; "
        "without one, /embed names the address that it was asked by",
    )
    body_bytes: int = Field(65_536, ge=8_192, le=2**24, description="largest request body, bytes")
    head_bytes: int = Field(
        32_768, ge=4_096, le=2**20, description="largest request line and headers, bytes"
    )
    head_seconds: float = Field(
        10.0, gt=0, le=600, description="longest time for a request's headers to arrive, seconds"
    )
    body_seconds: float = Field(
        10.0, gt=0, le=600, description="longest time for a request's body to arrive, seconds"
    )
    send_seconds: float = Field(
        30.0, gt=0, le=600, description="longest time a client may take to read on, seconds"
    )
    connections: int = Field(
        1_000, ge=2, le=100_000, description="open connections; beyond, the oldest idle one goes"
    )
    threads: int = Field(8, ge=1, le=256, description="requests that are worked on at one time")
    waiting: int = Field(
        64, ge=0, le=10_000, description="requests that wait for a thread; beyond, 503"
    )
    ping_seconds: float = Field(
        15.0, gt=0, le=600, description="pause in an event stream after which a ping is sent"
    )
    shutdown_seconds: int = Field(
        10, ge=1, le=600, description="longest time that running requests get when it stops"
    )

    insights_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="key to /insights, at least 16 characters; without one the page is off",
    )

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())

    @field_validator("cors_origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is neither * nor an origin like https://example.org")
        return origins

    @field_validator("public_origin")
    @classmethod
    def _check_origin(cls, origin: str | None) -> str | None:
        if origin is not None and not _ORIGIN.fullmatch(origin):
            raise ValueError("no origin like https://chat.example.org, without a path")
        return origin


def read_server_settings(**overrides: object) -> ServerSettings:
    """Return the server's settings; raises SettingError naming the variable at fault."""
    try:
        return ServerSettings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        option = f" (--{field})" if field in overrides else ""
        allowed = ServerSettings.model_fields[field].description
        shown = "" if field in SECRET else f" is {first['input']!r}"
        raise SettingError(
            f"ASSISTANT_{field.upper()}{option}{shown}: {first['msg'].lower()}.",
            f"It is the {allowed}; correct it or leave it out for the default.",
        ) from error
