"""The command line: one module of commands a subject; importing a module registers its commands."""

from __future__ import annotations

import os
import sys

from duizhao import console
from duizhao.cli import compare, digest, jobs, local, pages
from duizhao.cli.app import app
from duizhao.errors import DuizhaoError, exit_code

__all__ = ["app", "compare", "digest", "jobs", "local", "main", "pages"]


def main() -> None:
    """Run the command line; errors become one sentence on stderr and a documented exit code."""
    try:
        app()
    except DuizhaoError as error:
        console.complain(str(error))
        raise SystemExit(exit_code(error)) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        console.complain(f"{error.filename or 'file'}: {error.strerror or error}")
        raise SystemExit(2) from None
