"""Names and scopes in, bearer keys out, shown once; later a presented key in, who it is out. Only hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, DateTime, Engine, String, Table, insert, select, update

from duizhao.errors import UsageError
from duizhao.stores.database import METADATA, moment

Scope = Literal["read", "write", "admin"]
# each scope allows what those before it allow
SCOPES: tuple[Scope, ...] = ("read", "write", "admin")
TOKEN = re.compile(r"dz_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
NAME = re.compile(r"[\w .@-]{1,60}")

KEYS = Table(
    "keys",
    METADATA,
    Column("id", String(12), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("scope", String(10), nullable=False),
    # sha256 is enough: the key has 256 random bits, so there is nothing to guess from
    Column("hash", String(64), nullable=False),
    Column("created", DateTime, nullable=False),
    Column("revoked", DateTime),
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret."""

    id: str
    name: str
    scope: Scope
    created: datetime
    revoked: datetime | None = None

    def allows(self, scope: Scope) -> bool:
        """Whether the key may do what needs this scope."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


def create_key(database: Engine, name: str, scope: Scope) -> tuple[Key, str]:
    """A new key and its token, which is not kept and cannot be shown again.

    Raises:
        UsageError: the name is empty, too long, or has other signs than letters, digits, space and . @ - _
    """
    if not NAME.fullmatch(name.strip()):
        raise UsageError("the name of a key has 1 to 60 letters, digits, spaces or . @ - _")
    key = Key(secrets.token_hex(6), name.strip(), scope, moment())
    secret = secrets.token_urlsafe(32)
    with database.begin() as connection:
        connection.execute(
            insert(KEYS).values(id=key.id, name=key.name, scope=scope, hash=_hash(secret), created=key.created)
        )
    return key, f"dz_{key.id}_{secret}"


def list_keys(database: Engine) -> Sequence[Key]:
    """All keys, the revoked ones too, in the order they were made."""
    with database.connect() as connection:
        rows = connection.execute(select(KEYS).order_by(KEYS.c.created, KEYS.c.id))
        return [Key(r.id, r.name, r.scope, r.created, r.revoked) for r in rows]


def revoke_key(database: Engine, key_id: str) -> bool:
    """End a key at once; whether there was such a key that still worked."""
    ended = update(KEYS).where(KEYS.c.id == key_id, KEYS.c.revoked.is_(None)).values(revoked=moment())
    with database.begin() as connection:
        return connection.execute(ended).rowcount == 1


def keys_exist(database: Engine) -> bool:
    """Whether a key was ever made. Revoking the last one locks the service, it does not open it."""
    with database.connect() as connection:
        return connection.execute(select(KEYS.c.id).limit(1)).first() is not None


def key_of(database: Engine, token: str) -> Key | None:
    """The key that this token opens, unless it is revoked. The time does not depend on how much of it is right."""
    found = TOKEN.fullmatch(token)
    if not found:
        return None
    with database.connect() as connection:
        row = connection.execute(select(KEYS).where(KEYS.c.id == found[1])).first()
    known = row.hash if row else "0" * 64
    right = hmac.compare_digest(_hash(found[2]), known)
    return Key(row.id, row.name, row.scope, row.created) if row and right and row.revoked is None else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
