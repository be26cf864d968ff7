"""The process that owns models: calls of the engine on standard input, their results on standard output, pickled.

Run by `duizhao.api.processes`; both ends are this program, nothing else is ever unpickled. Each message is a 4-byte
big-endian length and that many bytes. The first one is the settings.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
from typing import IO, Any

LENGTH = struct.Struct(">I")


class WorkFailed(Exception):
    """An unexpected error in the model process; its type and place, never its message, which may quote a text."""


def read_message(stream: IO[bytes] | None) -> bytes:
    """The next message.

    Raises:
        EOFError: the other end is gone.
    """
    head = stream.read(LENGTH.size) if stream else b""
    if len(head) < LENGTH.size:
        raise EOFError
    size = LENGTH.unpack(head)[0]
    body = stream.read(size) if stream else b""
    if len(body) < size:
        raise EOFError
    return body


def write_message(stream: IO[bytes] | None, body: bytes) -> None:
    """Send a message."""
    if stream:
        stream.write(LENGTH.pack(len(body)) + body)
        stream.flush()


def main() -> None:
    """Answers calls until the other end is gone."""
    # the server ends this process itself; Ctrl-C at a terminal reaches the whole group
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # whatever a library prints must not get between the messages
    os.dup2(2, 1)
    from duizhao.api.engine import Engine

    engine = Engine(pickle.loads(read_message(calls)))
    while True:
        try:
            method, args, named = pickle.loads(read_message(calls))
        except EOFError:
            return
        write_message(answers, _answer(engine, method, args, named))


def _answer(engine: Any, method: str, args: tuple[Any, ...], named: dict[str, Any]) -> bytes:
    from duizhao.api.logs import error_facts
    from duizhao.errors import DuizhaoError

    try:
        return pickle.dumps((True, getattr(engine, method)(*args, **named)))
    except DuizhaoError as error:
        return pickle.dumps((False, error))
    except Exception as error:
        return pickle.dumps((False, WorkFailed(error_facts(error))))
