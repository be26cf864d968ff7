"""The name of a prompt and its variables in, the filled text and the digest of the file out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
import jinja2.meta
import yaml
from pydantic import BaseModel, ConfigDict

from duizhao.errors import UsageError

# In the wheel the prompts lie in the package, in the repository beside `service/`.
PACKAGED = "prompt_files"
SOURCE = Path(__file__).resolve().parents[2] / "prompts"
_HEADER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)


class Header(BaseModel):
    """The front matter of a prompt file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    purpose: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file: its header, its template text, and the SHA-256 digest of the file."""

    name: str
    header: Header
    template: str
    digest: str

    def fill(self, **values: Any) -> str:
        """The text with its variables filled in. A missing variable is an error, never an empty place."""
        return _environment().from_string(self.template).render(**values).strip()

    def used(self) -> frozenset[str]:
        """The variables that the text uses."""
        return frozenset(jinja2.meta.find_undeclared_variables(_environment().parse(self.template)))


def names() -> list[str]:
    """Names of the prompts that there are, sorted."""
    return sorted(f.name.removesuffix(".md") for f in _folder().iterdir() if f.name.endswith(".md"))


@lru_cache
def load(name: str) -> Prompt:
    """The prompt of this name. Raises UsageError with the known names where there is none."""
    if name not in names():
        raise UsageError(f"no prompt is called {name!r}; there are: {', '.join(names())}")
    raw = _folder().joinpath(f"{name}.md").read_bytes()
    text = raw.decode("utf-8")
    header = _HEADER.match(text)
    if not header:
        raise UsageError(f"prompts/{name}.md has no front matter (--- purpose, variables ---)")
    declared = Header.model_validate(yaml.safe_load(header[1]))
    return Prompt(name, declared, text[header.end() :], hashlib.sha256(raw).hexdigest())


def _folder() -> Any:
    packaged = resources.files("duizhao").joinpath(PACKAGED)
    return packaged if packaged.is_dir() else SOURCE


@lru_cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False, keep_trailing_newline=True)
