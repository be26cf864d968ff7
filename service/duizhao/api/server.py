"""Settings in, a running server out; refuses to be reached from other machines before a key was made."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from duizhao.api import create_app, logs
from duizhao.api.middleware import is_loopback
from duizhao.errors import UsageError
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.keys import keys_exist

BACKLOG = 256
# what a connection may send as its head
HEAD_BYTES = 64 * 1024


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until a signal comes; `say` is told the address once it is bound.

    Raises:
        UsageError: the database cannot be opened, the address cannot be bound, or other machines reach it and no
            key was made yet.
    """
    check(settings)
    with bound(settings.host, settings.port) as listening:
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        say(f"对照 http://{name}:{listening.getsockname()[1]}/")
        logs.configure()
        config = uvicorn.Config(
            create_app(settings),
            access_log=False,
            server_header=False,
            proxy_headers=False,
            log_level="warning",
            timeout_graceful_shutdown=settings.shutdown_seconds,
            h11_max_incomplete_event_size=HEAD_BYTES,
        )
        uvicorn.Server(config).run(sockets=[listening])


def check(settings: Settings) -> None:
    """Refuse a database that cannot be used, and an address that other machines reach as long as there are no keys."""
    try:
        database = open_database(database_url(settings))
        guarded = keys_exist(database)
        database.dispose()
    except OSError as error:
        raise UsageError(f"the database cannot be opened ({error.strerror}): check DUIZHAO_DATA_DIR") from error
    if not guarded and not is_loopback(settings.host):
        raise UsageError(
            f"{settings.host} can be reached from other machines and there are no keys yet: make one with "
            "`duizhao keys create NAME`, or use --host 127.0.0.1"
        )


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise UsageError(f"{host}:{port} cannot be served: {error.strerror or error}; try another --port") from error
    # connections inherit it; without it the body of an answer waits 40 ms for the client to acknowledge its head
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
