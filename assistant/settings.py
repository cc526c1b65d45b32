"""Settings of the core: frozen values read once, at the edge, from ``ASSISTANT_*`` variables."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingError


class Settings(BaseSettings):
    """Everything that the core can be told; each field is also ``ASSISTANT_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, extra="ignore")

    data: Path = Field(Path("var"), description="folder for the index, the model and conversations")
    corpus: Path = Field(Path("corpus"), description="pages to index when there is no index yet")
    embeddings: str = Field(
        "all-minilm-l6-v2",
        min_length=1,
        description="the bundled model, or LangChain's provider:model for another",
    )
    region: str = Field(
        "INT", description="whose emergency and crisis lines are named: INT, GB, US, DE…"
    )
    keep_generations: int = Field(
        2, ge=1, le=50, description="older index generations that are kept beside the live one"
    )
    page_bytes: int = Field(
        2 * 1024 * 1024, ge=1024, description="largest page that is read, in bytes"
    )
    parse_seconds: float = Field(
        10.0, gt=0, le=600, description="longest time that parsing one file may take, in seconds"
    )
    conversation_days: int = Field(
        30, ge=1, le=3650, description="days after its last turn that a conversation is forgotten"
    )
    conversation_turns: int = Field(
        100, ge=1, le=10_000, description="turns that a conversation remembers; older ones go"
    )
    conversations: int = Field(
        100_000, ge=1, description="conversations that are kept; the longest unused go first"
    )


def read_settings(**overrides: object) -> Settings:
    """Return the settings of this process; raises SettingError naming the variable at fault."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSISTANT_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingError(
            f"{name} is {first['input']!r}: {first['msg'].lower()}.",
            "Correct the variable or unset it for the default.",
        ) from error
