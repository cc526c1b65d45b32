from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import SettingError
from assistant.settings import Settings, read_settings

WRONG = {
    "CONVERSATION_DAYS": "soon",
    "CONVERSATION_TURNS": "0",
    "CONVERSATIONS": "-1",
    "KEEP_GENERATIONS": "1000",
    "PAGE_BYTES": "12",
    "PARSE_SECONDS": "0",
    "EMBEDDINGS": "",
}


@pytest.fixture(autouse=True)
def _no_variables_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ASSISTANT_{name.upper()}", raising=False)


def test_every_setting_has_a_default_and_says_what_it_is() -> None:
    settings = read_settings()
    assert settings.data == Path("var")
    for name, field in Settings.model_fields.items():
        assert field.description, name


def test_every_setting_is_an_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", "elsewhere")
    monkeypatch.setenv("ASSISTANT_CONVERSATION_DAYS", "7")
    settings = read_settings()
    assert settings.data == Path("elsewhere")
    assert settings.conversation_days == 7


def test_what_the_code_says_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", "elsewhere")
    assert read_settings(data=Path("here")).data == Path("here")


@pytest.mark.parametrize("name", WRONG)
def test_a_bad_value_names_the_variable_the_value_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name}", WRONG[name])
    with pytest.raises(SettingError) as caught:
        read_settings()
    assert f"ASSISTANT_{name}" in caught.value.message
    assert repr(WRONG[name]) in caught.value.message
    assert "default" in caught.value.advice


def test_settings_do_not_change_once_they_are_read() -> None:
    settings = read_settings()
    with pytest.raises(ValidationError):
        settings.data = Path("other")  # type: ignore[misc]
