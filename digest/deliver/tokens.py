"""Signed words in links: each is good for one purpose, and nobody can make another one.

SHA-256 is named everywhere, because the library's default is SHA-1. The tokens for leaving are short, so that
List-Unsubscribe fits into a line: 96 bits of the signature are kept (RFC 2104, section 5, asks for at least 80).
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from itsdangerous import BadData, Signer, URLSafeSerializer
from itsdangerous.signer import HMACAlgorithm

from digest.errors import ConfigError

Purpose = Literal["unsubscribe", "preferences"]
CONFIRM_WITHIN = timedelta(days=3)
_LEAST_SECRET = 16
_SIGNATURE = 12  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a confirmation confirms: a subscriber's choices of publication and language."""

    subscriber: int
    choices: tuple[tuple[str, str], ...]


class _Short(HMACAlgorithm):
    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.new(key, value, hashlib.sha256).digest()[:_SIGNATURE]


class Tokens:
    """Makes and reads tokens under one secret. Raises ConfigError for a secret that can be guessed."""

    def __init__(self, secret: str, name: str = "DIGEST_SECRET") -> None:
        if len(secret) < _LEAST_SECRET:
            raise ConfigError(f"{name} needs at least {_LEAST_SECRET} characters; set it to: openssl rand -hex 32")
        self._secret = secret

    def number(self, purpose: Purpose, value: int) -> str:
        """Sign a number for one purpose; about 20 characters of the URL-safe alphabet."""
        return self._signer(purpose).sign(format(value, "x")).decode()

    def read_number(self, purpose: Purpose, token: str) -> int | None:
        """Return the number of a token of that purpose, None for anything else."""
        try:
            return int(self._signer(purpose).unsign(token.encode("utf-8", "replace")), 16)
        except (BadData, ValueError):
            return None

    def confirm(self, subscriber: int, choices: Sequence[tuple[str, str]], now: datetime) -> str:
        """Sign a wish; good for three days."""
        until = int((now + CONFIRM_WITHIN).timestamp())
        return str(self._serializer().dumps([subscriber, [list(choice) for choice in choices], until]))

    def read_confirm(self, token: str, now: datetime) -> Wish | None:
        """Return the wish of a token, None for one that is forged or too old."""
        try:
            subscriber, choices, until = self._serializer().loads(token)
        except (BadData, ValueError, TypeError):
            return None
        if datetime.fromtimestamp(until, UTC) < now:
            return None
        return Wish(subscriber=subscriber, choices=tuple((publication, language) for publication, language in choices))

    def _signer(self, purpose: str) -> Signer:
        return Signer(
            self._secret,
            salt=f"digest.{purpose}",
            key_derivation="hmac",
            digest_method=hashlib.sha256,
            algorithm=_Short(),
        )

    def _serializer(self) -> URLSafeSerializer:
        kwargs = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        return URLSafeSerializer(self._secret, salt="digest.confirm", serializer=json, signer_kwargs=kwargs)
