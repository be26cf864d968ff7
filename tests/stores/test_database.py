from pathlib import Path

import pytest
from sqlalchemy import text

from duizhao.errors import UsageError
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database


def test_without_a_url_the_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    engine = open_database(database_url(Settings(data_dir=tmp_path / "new")))
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    assert (tmp_path / "new" / "duizhao.sqlite").is_file()
    engine.dispose()


@pytest.mark.parametrize("url", ["no url", "mysql://host/name"])
def test_a_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        open_database(url)


def test_a_database_that_cannot_be_reached_is_told_without_its_password(tmp_path: Path) -> None:
    for url in ("postgresql://user:secret@127.0.0.1:1/none", f"sqlite:///{tmp_path}"):
        with pytest.raises(UsageError, match="cannot be used") as told:
            open_database(url)
        assert "secret" not in str(told.value)
