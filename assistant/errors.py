"""Everything that can go wrong on purpose. Each message says what, where and what to do.

AssistantError
├── SettingError          a setting has a value that is not allowed
├── SourceError           a path given to ingest cannot be used at all
├── NothingToPublish      no source gave a page, so the old generation still serves
├── IngestBusy            another ingest holds the lock of the data folder
├── StorageError          the data folder cannot be written (read-only, full disk)
├── IndexUnavailable      no generation in the data folder can answer
├── IndexDamaged          a generation does not match its manifest or fails its canary
├── ModelMismatch         the index was built with another embedding model
├── MissingPart           something that is installed or exported by set-up is not there
├── InvalidQuestion       a message is empty or too long
├── UnknownPage           no page has this slug
├── UnknownConversation   no conversation has this id
└── UnknownMessage        no reply has this id, or it has no such citation
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of the tree: ``code`` is stable for programs, ``advice`` is for people."""

    code = "internal"

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(f"{message} {advice}".strip())
        self.message = message
        self.advice = advice


class SettingError(AssistantError):
    """A setting has a value that is not allowed."""

    code = "bad_setting"


class SourceError(AssistantError):
    """A path given to ingest cannot be used at all."""

    code = "bad_source"


class NothingToPublish(AssistantError):
    """No source gave a page, so the old generation still serves."""

    code = "nothing_to_publish"


class IngestBusy(AssistantError):
    """Another ingest holds the lock of the data folder."""

    code = "ingest_busy"


class StorageError(AssistantError):
    """The data folder cannot be written."""

    code = "storage"


class IndexUnavailable(AssistantError):
    """No generation in the data folder can answer."""

    code = "not_ready"


class IndexDamaged(AssistantError):
    """A generation does not match its manifest or fails its canary."""

    code = "index_damaged"


class ModelMismatch(AssistantError):
    """The index was built with another embedding model than the settings name."""

    code = "model_mismatch"


class MissingPart(AssistantError):
    """Something that set-up installs or exports is not there."""

    code = "missing_part"


class InvalidQuestion(AssistantError):
    """A message is empty or too long."""

    code = "invalid_request"


class UnknownPage(AssistantError):
    """No page in the index has this slug."""

    code = "unknown_page"


class UnknownConversation(AssistantError):
    """No conversation has this id, or it has expired."""

    code = "unknown_conversation"


class UnknownMessage(AssistantError):
    """No reply that is still kept has this id, or it has no such citation."""

    code = "unknown_message"
