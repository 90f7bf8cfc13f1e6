"""The pages of sign-up and preferences that the server answers with."""

import re

from digest.errors import DigestError
from digest.render.environment import environment
from digest.render.site import SITE_NAME

_NAME = re.compile(r"[a-z0-9_-]+")


def page(name: str, **values: object) -> str:
    """Render templates/signup/<name>.html, everything escaped.

    The templates extend base.html; what that needs has defaults: `language` "en", `root` "/" (the site's folder with a
    slash at its end), `title`, `site_name`, and `theme` (a folder of own templates). Raises DigestError for a name
    that is no page's, and jinja2.UndefinedError for a value that the page needs and did not get.
    """
    if not _NAME.fullmatch(name):
        raise DigestError(f"no such page: {name!r}; its name is one word")
    theme = values.pop("theme", "")
    defaults: dict[str, object] = {"language": "en", "root": "/", "title": SITE_NAME, "site_name": SITE_NAME}
    return environment(str(theme)).get_template(f"signup/{name}.html").render(defaults | values)
