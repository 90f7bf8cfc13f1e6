"""The errors that end a command, one class per exit code.

DigestError            1  unexpected
├── UsageError         2  wrong words on the command line
│   └── ConfigError    2  a configuration that can't be read
├── AllSourcesFailed   3  every source failed, nothing is published
├── ModelError         4  the model is unavailable or over budget and no fallback is allowed
├── StoreError         5  the database can't be used
├── DeliveryError      6  delivery is incomplete
└── LockedError       75  another run holds the lock

Each message is one line that names the subject and the remedy. Trouble of one source or one reader is
no exception but a value in the result.
"""


class DigestError(Exception):
    """Base of all errors that a person at the terminal is shown as one line."""

    exit_code = 1


class UsageError(DigestError):
    """The command line asks for what does not exist."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration can't be read or holds a wrong key or value."""


class AllSourcesFailed(DigestError):  # noqa: N818  reads as what happened
    """No source could be read, so nothing is published."""

    exit_code = 3


class ModelError(DigestError):
    """The model is unavailable or over budget, and no fallback is allowed."""

    exit_code = 4


class StoreError(DigestError):
    """The database can't be opened, is of another version, or is damaged."""

    exit_code = 5


class DeliveryError(DigestError):
    """Some readers did not get their message yet."""

    exit_code = 6


class LockedError(DigestError):
    """Another run holds the lock."""

    exit_code = 75
