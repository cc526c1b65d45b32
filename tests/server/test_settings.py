import pytest

from assistant.errors import SettingError
from server.settings import read_server_settings


def test_the_defaults_listen_on_loopback():
    settings = read_server_settings()
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert settings.cors_origins == ("*",)


def test_a_variable_sets_a_field_and_an_option_wins_over_it(monkeypatch):
    monkeypatch.setenv("ASSISTANT_PORT", "9001")
    monkeypatch.setenv("ASSISTANT_CORS_ORIGINS", "https://a.example, http://b.example:81")
    assert read_server_settings().port == 9001
    assert read_server_settings(port="9002").port == 9002
    origins = read_server_settings().cors_origins
    assert origins == ("https://a.example", "http://b.example:81")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("HOST", ""),
        ("WORKERS", "0"),
        ("BODY_BYTES", "1"),
        ("HEAD_SECONDS", "0"),
        ("HEAD_SECONDS", "nan"),
        ("CORS_ORIGINS", "site.example"),
        ("CORS_ORIGINS", "https://site.example/path"),
        ("CORS_ORIGINS", "https://site.example;x"),
        ("PUBLIC_ORIGIN", ""),
        ("PUBLIC_ORIGIN", "*"),
        ("PUBLIC_ORIGIN", "chat.example"),
        ("PUBLIC_ORIGIN", "https://chat.example/"),
        ("PUBLIC_ORIGIN", "https://chat.example; script-src *"),
    ],
)
def test_a_bad_value_is_refused_by_name_with_what_is_allowed(monkeypatch, name, value):
    monkeypatch.setenv(f"ASSISTANT_{name}", value)
    with pytest.raises(SettingError) as caught:
        read_server_settings()
    assert caught.value.message.startswith(f"ASSISTANT_{name} is ")
    assert caught.value.advice


def test_an_option_at_fault_is_named_as_an_option():
    with pytest.raises(SettingError, match=r"ASSISTANT_PORT \(--port\) is 'x'"):
        read_server_settings(port="x")
