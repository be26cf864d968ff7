"""Words that say nothing of the object."""

from __future__ import annotations

from duizhao.compare.everyday import names_an_object, without_everyday


def test_a_phrase_of_everyday_words_names_no_object() -> None:
    assert not names_an_object("协同联动")
    assert names_an_object("设施农业")


def test_the_words_that_name_the_object_stay() -> None:
    assert without_everyday("推动水库提质增效") == "，水库，，"
