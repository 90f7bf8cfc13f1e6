"""One connection to the mail server, and what each of its answers means for a message."""

import smtplib
import ssl
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from digest.deliver.outbox import Fate
from digest.errors import ConfigError
from digest.text import one_line

Security = Literal["offered", "starttls", "tls"]
_PORTS = {"smtp": 25, "smtps": 465, "submission": 587}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_OK, _PERMANENT, _CLOSING, _START = 250, 500, 421, 354


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server. `security`: "tls" from the first byte, "starttls" or nothing, "offered": where there is TLS."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: Security = "offered"
    timeout_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server made of one message. `ours` says that the fault is not the address's: all sending must stop."""

    fate: Fate
    note: str = ""
    ours: bool = False
    closing: bool = False


def server_of(url: str, password: str = "") -> Server:
    """Read "smtp://user@host:587"; smtps:// is TLS from the first byte. A password is sent through TLS alone.

    Raises ConfigError.
    """
    parts = urlsplit(url)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError) as error:
        raise ConfigError(f"[mail] smtp_url = {url!r} can't be read; write it like smtp://user@host:587") from error
    if not parts.hostname or parts.password:
        remedy = "keep the password in the environment" if parts.password else "write it like smtp://user@host:587"
        raise ConfigError(f"[mail] smtp_url names no server, or a password; {remedy}")
    user = unquote(parts.username or "")
    if user and not password:
        raise ConfigError(f"[mail] smtp_url has the user {user!r} but the environment has no password for it")
    secret = bool(user) and parts.hostname not in _LOOPBACK
    security: Security = "tls" if parts.scheme == "smtps" else "starttls" if secret else "offered"
    return Server(host=parts.hostname, port=port, user=user, password=password, security=security)


class Line:
    """An open connection, to be closed. Raises OSError or smtplib.SMTPException when it can't be opened."""

    def __init__(self, server: Server) -> None:
        tls = _context(server)
        if server.security == "tls":
            self._smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_s, context=tls)
        else:
            self._smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
        try:
            self._greet(server, tls)
        except BaseException:
            self._smtp.close()
            raise

    def close(self) -> None:
        """Say good-bye, without waiting for a server that no longer listens."""
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def post(self, sender: str, recipient: str, content: bytes) -> Answer:
        """Send one message; its lines end with CRLF and none begins with a dot.

        Until the final dot nothing is sent, whatever breaks. From then until the answer nobody can know.
        """
        try:
            answer = self._envelope(sender, recipient)
            if answer is None:
                self._smtp.send(content + b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            return Answer("unsent", said(error), closing=True)
        if answer is not None:
            return answer
        try:
            code, words = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Answer("uncertain", f"no answer to the message: {said(error)}", closing=True)
        if code == _OK:
            return Answer("sent")
        return _refusal(code, words, ours=True)

    def _greet(self, server: Server, tls: ssl.SSLContext) -> None:
        self._smtp.ehlo_or_helo_if_needed()
        if server.security != "tls" and (server.security == "starttls" or self._smtp.has_extn("starttls")):
            self._smtp.starttls(context=tls)
            self._smtp.ehlo_or_helo_if_needed()
        if server.user:
            self._smtp.login(server.user, server.password)

    def _envelope(self, sender: str, recipient: str) -> Answer | None:
        """Open the message; None when the server waits for its bytes."""
        code, words = self._smtp.mail(sender)
        if code != _OK:
            return self._broken_off(_refusal(code, words, ours=True))
        code, words = self._smtp.rcpt(recipient)
        if code not in {_OK, _OK + 1}:
            return self._broken_off(_refusal(code, words, ours=False))
        code, words = self._smtp.docmd("DATA")
        if code != _START:
            return self._broken_off(_refusal(code, words, ours=True))
        return None

    def _broken_off(self, answer: Answer) -> Answer:
        if not answer.closing:
            self._smtp.rset()
        return answer


def _context(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.security == "offered":  # else it would be sent in the clear: any certificate is better
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _refusal(code: int, words: bytes, *, ours: bool) -> Answer:
    note = f"{code} {one_line(words.decode('utf-8', 'replace'))}"[:300]
    if code >= _PERMANENT:
        return Answer("unsent", note, ours=True) if ours else Answer("refused", note)
    return Answer("deferred", note, closing=code == _CLOSING)


def said(error: Exception) -> str:
    """Return what broke, on one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        return f"{error.smtp_code} {one_line(words.decode('utf-8', 'replace'))}"[:300]
    return one_line(str(error) or type(error).__name__)[:300]
