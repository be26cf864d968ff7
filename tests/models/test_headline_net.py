"""What an editor would keep of an opening, and what that says of lines."""

from __future__ import annotations

import numpy as np

from duizhao.documents import identified
from duizhao.summarize.outline import outline
from duizhao.summarize.salience import reading
from duizhao.types.articles import Document
from duizhao_models import clause_net, headline_net

TEXT = (
    "本报讯（记者 林知秋）4月12日下午，清泽市图书馆新馆正式开馆。新馆位于清泽河畔，可容纳读者2600人。\n"
    "市民周一禾说，以前借书要走半个城。"
)


def kept(text: str = TEXT) -> np.ndarray:
    read = outline(identified(Document("a", text, "")), 10_000)
    return clause_net.scores([reading(read)])[0].kept


def test_each_character_that_was_read_has_two_chances_and_others_none() -> None:
    chances = kept()
    assert chances.shape == (len(TEXT), 2)
    assert np.isnan(chances[TEXT.index("本报讯")]).all() and np.isnan(chances[TEXT.index("\n")]).all()
    read = chances[TEXT.index("清泽市") : TEXT.index("。")]
    assert ((read > 0) & (read < 1)).all()


def test_the_news_is_kept_rather_than_the_scene() -> None:
    chances = kept()[:, 0]
    news, scene = TEXT.index("图书馆新馆"), TEXT.index("以前借书")
    assert chances[news : news + 5].mean() > 2 * chances[scene : scene + 8].mean()


def test_a_long_text_is_read_in_its_first_window_alone() -> None:
    text = TEXT + "读者很多，馆内坐满了人。" * 60
    assert np.isnan(kept(text)[-200:]).all()


def test_lines_of_what_is_kept_are_told_from_others() -> None:
    chances = np.full((12, 2), 0.1, dtype=np.float32)
    chances[:6] = 0.9
    features = headline_net.line_features(chances, [[(0, 6)], [(6, 12)], [(0, 3), (9, 12)]])
    assert features.shape[0] == 3
    assert features[0, 0] > features[2, 0] > features[1, 0]
    assert features[:, -len(headline_net.COMPARED)].max() == 0


def test_unread_characters_count_for_nothing() -> None:
    chances = np.full((8, 2), np.nan, dtype=np.float32)
    chances[:4] = 0.5
    features = headline_net.line_features(chances, [[(0, 4)], [(4, 8)]])
    assert np.isfinite(features).all() and features[1, 0] == 0


def test_no_lines_have_no_features() -> None:
    assert len(headline_net.line_features(np.zeros((3, 2), dtype=np.float32), [])) == 0
