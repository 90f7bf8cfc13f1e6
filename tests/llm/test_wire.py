"""The words of the protocol."""

import pytest

from digest.llm.wire import Habits, Later, Never, retry_after, translated

WHEN = {"date": "Wed, 21 Oct 2026 07:28:00 GMT"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "-1"}, 0.0),
        ({"retry-after": "nan"}, 0.0),
        ({"retry-after": "inf"}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, 0.0),
        (WHEN | {"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT"}, 30.0),
        (WHEN | {"retry-after": "Wed, 21 Oct 2026 07:27:00 GMT"}, 0.0),
        (WHEN | {"retry-after": "Wed, 21 Oct 2026 07:28:30 -0000"}, 0.0),
        (WHEN | {"retry-after": "soon"}, 0.0),
        (WHEN, 0.0),
        ({}, 0.0),
    ],
)
def test_retry_after_is_read(headers: dict[str, str], seconds: float) -> None:
    assert retry_after(headers) == seconds


def test_a_server_s_refusals_are_learnt_until_nothing_is_left() -> None:
    habits = Habits()
    assert habits.learn("Unsupported value: 'temperature'")
    assert habits.learn("use 'max_completion_tokens' instead")
    assert habits.learn("json_schema?")
    assert habits.learn("json_object?")
    assert not habits.learn("no")
    assert not Habits(proven=True).learn("Invalid character")
    assert Habits(proven=True).learn("response_format is not supported")
    assert (habits.form, habits.temperature, habits.limit) == (2, False, "max_completion_tokens")


def test_an_error_of_another_kind_is_not_retried() -> None:
    found = translated(RuntimeError("odd\nthing"))
    assert isinstance(found, Never)
    assert not isinstance(found, Later)
    assert found.trouble.message == "odd thing"
