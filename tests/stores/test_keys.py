"""Keys: made once, shown once, told by their secret, ended at once."""

import pytest
from sqlalchemy import Engine, text

from duizhao.errors import UsageError
from duizhao.stores.keys import create_key, key_of, keys_exist, list_keys, revoke_key


def test_a_key_is_told_by_its_token_and_by_nothing_else(database: Engine) -> None:
    key, token = create_key(database, "编辑部", "write")
    assert key_of(database, token) == key
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), token + "x", token.upper(), "", "dz_", key.id):
        assert key_of(database, wrong) is None


def test_the_secret_is_not_in_the_database(database: Engine) -> None:
    _, token = create_key(database, "archive", "read")
    with database.connect() as connection:
        rows = str(connection.execute(text("select * from keys")).all())
    assert token.rpartition("_")[2] not in rows and token[-20:] not in rows


def test_a_revoked_key_opens_nothing_and_still_counts_as_made(database: Engine) -> None:
    assert not keys_exist(database)
    key, token = create_key(database, "old", "admin")
    assert revoke_key(database, key.id) and not revoke_key(database, key.id)
    assert key_of(database, token) is None
    assert keys_exist(database) and list_keys(database)[0].revoked


def test_each_scope_allows_what_the_smaller_ones_allow(database: Engine) -> None:
    write, _ = create_key(database, "w", "write")
    assert write.allows("read") and write.allows("write") and not write.allows("admin")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 61, "<b>"])
def test_a_name_that_would_spoil_a_list_is_refused(database: Engine, name: str) -> None:
    with pytest.raises(UsageError):
        create_key(database, name, "read")
