"""The templates of the page, and marks by which parts are known."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ...render import html
from ...texts.say import say
from ...texts.visible import unseen, visible


@cache
def environment() -> Environment:
    """Return the templates: whatever they show is escaped."""
    made = Environment(
        loader=PackageLoader("saidao.app"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    made.globals["table"] = html.table
    made.globals["home"] = ""  # where a page's name leads, if elsewhere than to the cases
    made.filters["strong"] = html.strong
    return made


def _seen(value: Any) -> Any:
    """Return what is shown, control signs of a text from elsewhere as escapes."""
    return type(value)(visible(value)) if isinstance(value, str) and unseen(value) else value


def render(template: str, lang: str, **values: Any) -> str:
    """Return a template filled in; `t` says a sentence in *lang*."""
    found = environment().get_template(template)
    return found.render(t=lambda key, **words: say(key, lang, **words), lang=lang, **values)


def mark_of(text: str) -> str:
    """Return a short mark by which a browser and the server know that a part is the same."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
