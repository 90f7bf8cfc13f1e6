import pytest

from digest.deliver.address import normal, sender_of
from digest.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" ann@e.org ", "ann@e.org"),
        ("Ann.B@E.ORG", "Ann.B@e.org"),
        ("a+b@bücher.de", "a+b@xn--bcher-kva.de"),
        ("a,b@e.org", None),
        ("a@e.org,b@e.org", None),
        ("a@e.org\r\nBcc: b@e.org", None),
        ("a@e.org\nb", None),
        ("a b@e.org", None),
        ('"a b"@e.org', None),
        ("a@[127.0.0.1]", None),
        ("a@localhost", None),
        ("ü@e.org", None),
        ("a\0@e.org", None),
        ("Ann <a@e.org>", None),
        ("a" * 65 + "@e.org", None),
        ("", None),
    ],
)
def test_an_address_is_one_recipient_or_none(text: str, address: str | None) -> None:
    assert normal(text) == address


def test_the_sender_has_a_name_and_an_address() -> None:
    assert sender_of("AI Weekly <news@e.org>") == ("AI Weekly", "news@e.org")
    assert sender_of("news@e.org") == ("", "news@e.org")
    with pytest.raises(ConfigError, match=r"\[mail\] from = '' is no address; write it like"):
        sender_of("")
