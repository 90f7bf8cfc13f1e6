"""Addresses that may be mailed: one recipient each, in ASCII, without anything that could be a header."""

from email.utils import parseaddr

from email_validator import EmailNotValidError, validate_email

from digest.errors import ConfigError, UsageError


def normal(text: str) -> str | None:
    """Return an address in the form in which it is stored and sent to, or None where it is none.

    The domain is in lower case and in ASCII (IDNA). Local parts beyond ASCII are refused: many servers can't take them.
    Nothing is looked up in the network.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return None
    return found.ascii_email


def one(text: str) -> str:
    """Return an address as `normal` does. Raises UsageError where it is none."""
    found = normal(text)
    if found is None:
        raise UsageError(f"{text!r} is no e-mail address")
    return found


def sender_of(text: str) -> tuple[str, str]:
    """Return name and address of [mail] from, "Name <news@example.org>" or the address alone. Raises ConfigError."""
    name, address = parseaddr(text)
    found = normal(address)
    if found is None:
        raise ConfigError(f"[mail] from = {text!r} is no address; write it like: AI Weekly <news@example.org>")
    return name, found
