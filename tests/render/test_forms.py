"""Sign-up pages on the common base."""

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from digest.errors import DigestError
from digest.render.forms import page
from tests.render.pages import texts

OWN = '{% extends "base.html" %}{% block main %}<h1>{{ title }}</h1><p>{{ told }}</p>{% endblock %}'


@pytest.fixture
def theme(tmp_path: Path) -> str:
    tmp_path.joinpath("signup").mkdir()
    tmp_path.joinpath("signup", "told.html").write_text(OWN, "utf-8")
    return str(tmp_path)


def test_a_page_stands_on_the_base_and_escapes(theme: str) -> None:
    html = page("told", theme=theme, told="<script>", title="Hello", language="zh")
    assert texts(html.encode(), "main h1, main p") == ["Hello", "<script>"]
    assert '<html lang="zh-CN">' in html
    assert 'href="/index.html"' in html


def test_a_value_that_is_missing_is_an_error(theme: str) -> None:
    with pytest.raises(UndefinedError):
        page("told", theme=theme)


def test_names_are_words(theme: str) -> None:
    with pytest.raises(DigestError, match="one word"):
        page("../base", theme=theme)
    with pytest.raises(TemplateNotFound):
        page("nothing", theme=theme)
