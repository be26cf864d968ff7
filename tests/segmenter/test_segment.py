"""Segmenting a page of text: what belongs together comes together, and every character is owned once."""

from __future__ import annotations

import pytest

from duizhao.readers.plain import read_page
from duizhao.segmenter import segment
from duizhao.types.articles import Article, SegmentedPage
from printed import INVENTED, column, page

MEETING = (
    (
        "本报讯（记者 周文博 李 明）3月1日上午，全市春耕生产工作会议在清泽市召开，总结去年粮食生产情况，"
        "安排部署今年春耕备耕重点任务，动员全市上下抢抓农时、攻坚克难，奋力夺取夏粮丰收。"
    ),
    (
        "会议指出，要稳定粮食播种面积，把大面积提高单产摆在更加突出的位置，加快高标准农田建设，"
        "确保种子、化肥、农机及时到位。同时要抓好病虫害统防统治，做好农资打假和质量监管，"
        "让农民用上放心种子、放心农药。"
    ),
    (
        "会议强调，各县区要压实责任，组织农技人员进村入户，指导农户因地制宜安排播种时间，"
        "坚决打好春耕生产这场硬仗。市农业农村局要建立调度机制，每周通报一次进展情况，"
        "及时帮助基层解决用水用电用工等难题。"
    ),
)
PORT = (
    (
        "新华社江原3月2日电 清泽港新航道2日正式通航，十万吨级货轮可以全天候进出港口，"
        "港口年通过能力提高到一千二百万吨。航道管理部门同步启用了智能助航系统，船舶进出港全程可视。"
    ),
    (
        "新航道全长十六公里，工程历时三年，沿线设置航标四十二座，"
        "通航以后货轮平均等泊时间由九小时缩短到三小时。截至目前，港口已同国内外六十多个港口建立航线联系，"
        "去年完成货物吞吐量一亿二千万吨。"
    ),
    (
        "港口负责人说，下一步还将建设两座自动化泊位，开通到周边五个城市的集装箱班轮，带动临港产业集聚发展。"
        "市政府近日印发实施方案，提出用三年时间把清泽港建成区域性航运枢纽，带动就业两万人。"
    ),
)


def segmented(text: str) -> SegmentedPage:
    return segment(read_page(text.encode(), source="test.txt", page_id="p"))


def headlines(result: SegmentedPage) -> list[str]:
    return [a.headline.text if a.headline else "" for a in result.articles]


def bodies(article: Article) -> list[str]:
    return [p.text for p in article.paragraphs]


def test_headlines_above_their_bodies() -> None:
    result = segmented(page("抓紧抓实春耕生产", column(MEETING, 17), "清泽港新航道正式通航", column(PORT, 17)))
    assert headlines(result) == ["抓紧抓实春耕生产", "清泽港新航道正式通航"]
    assert [bodies(a) for a in result.articles] == [list(MEETING), list(PORT)]


def test_headlines_below_their_bodies() -> None:
    result = segmented(page(column(MEETING, 17), "抓紧抓实春耕生产", column(PORT, 17), "清泽港新航道正式通航"))
    assert headlines(result) == ["抓紧抓实春耕生产", "清泽港新航道正式通航"]
    assert [bodies(a) for a in result.articles] == [list(MEETING), list(PORT)]


def test_kicker_and_two_line_headline_are_told_apart() -> None:
    head = "全市春耕生产工作会议召开强调\n\n抓紧抓实春耕生产\n不误农时打好硬仗"
    (article,) = segmented(page(head, column(MEETING, 17))).articles
    assert article.kicker is not None
    assert article.headline is not None
    assert article.kicker.text == "全市春耕生产工作会议召开强调"
    assert article.headline.text == "抓紧抓实春耕生产 不误农时打好硬仗"


def test_a_dash_opens_a_sub_headline() -> None:
    (article,) = segmented(page("港口换新颜\n——清泽港新航道通航记", column(PORT, 17))).articles
    assert article.subheadline is not None
    assert article.subheadline.text == "——清泽港新航道通航记"


def test_byline_dateline_and_authors_stand_inline() -> None:
    result = segmented(page("抓紧抓实春耕生产", column(MEETING, 17), "清泽港新航道正式通航", column(PORT, 17)))
    first, second = result.articles
    assert first.byline is not None
    assert first.byline.inline
    assert first.byline.text == "本报讯（记者 周文博 李 明）"
    assert first.authors == ("周文博", "李明")
    assert second.dateline is not None
    assert second.dateline.text == "新华社江原3月2日电"


def test_a_name_that_is_cut_by_the_line_end_comes_out_whole() -> None:
    body = column(["本报讯（记者 周子墨 赵博 林晓舟）" + INVENTED[0] * 2], 17)
    assert "林晓\n舟" in body
    (article,) = segmented(page("抓紧抓实春耕生产", body)).articles
    assert article.authors == ("周子墨", "赵博", "林晓舟")


def test_a_jump_mark_in_the_last_line_is_cut_out_of_the_paragraph() -> None:
    text = page("抓紧抓实春耕生产", column(MEETING, 17) + " （下转7版）", "清泽港新航道正式通航", column(PORT, 17))
    first = segmented(text).articles[0]
    assert first.continues_on is not None
    assert first.continues_on.text == "（下转7版）"
    assert first.jump is not None
    assert first.jump.page == 7
    assert bodies(first) == list(MEETING)


def test_a_mark_from_another_page_stands_outside_of_the_paragraph() -> None:
    (article,) = segmented(page("抓紧抓实春耕生产", "（上接第一版）" + column(INVENTED[:3], 17))).articles
    assert article.continued_from is not None
    assert article.jump is not None
    assert article.jump.page == 1
    assert bodies(article)[0].startswith(INVENTED[0][:9])


def test_a_heading_inside_an_article_stays_in_its_body() -> None:
    text = page("抓紧抓实春耕生产", column(MEETING, 17), "农技服务进田头", column(INVENTED[2:6], 17))
    result = segmented(text)
    assert "农技服务进田头" in [p for a in result.articles for p in bodies(a)] + headlines(result)


def test_captions_go_to_the_article_that_they_illustrate() -> None:
    photo = "图为清泽港新航道。 本报记者 韩冬 摄"
    text = page("抓紧抓实春耕生产", column(MEETING, 17), "清泽港新航道正式通航", column(PORT, 17), photo)
    last = segmented(text).articles[-1]
    assert [c.text for c in last.captions] == [photo]


def test_a_headline_without_a_body_stays_alone() -> None:
    text = page(
        column(MEETING, 17), "抓紧抓实春耕生产", column(PORT, 17), "清泽港新航道正式通航", "博物馆里过大年（详见6版）"
    )
    alone = [a for a in segmented(text).articles if a.kind == "headline_only"]
    assert [a.headline.text for a in alone if a.headline] == ["博物馆里过大年"]
    assert alone[0].jump is not None
    assert alone[0].jump.page == 6


def test_page_head_and_foot_are_furniture_and_tell_paper_date_and_number() -> None:
    text = page(
        "2版",
        "要闻",
        "2024年3月3日 星期日",
        "清泽日报",
        "国内统一连续出版物号 CN 65-0071",
        "抓紧抓实春耕生产",
        column(MEETING, 17),
        "责任编辑：韩冬 版式设计：许诺 校对：彭可",
    )
    result = segmented(text)
    assert (result.page.paper, result.page.date, result.page.number) == ("清泽日报", "2024-03-03", 2)
    assert [f.role for f in result.furniture] == ["folio", "section", "date", "masthead", "cn_number", "editors"]
    assert headlines(result) == ["抓紧抓实春耕生产"]


def test_a_public_service_slogan_is_furniture() -> None:
    result = segmented(page("抓紧抓实春耕生产", column(MEETING, 17), "节约用水 人人有责", "公益广告"))
    assert [f.text for f in result.furniture] == ["节约用水 人人有责", "公益广告"]


def test_reading_order_gives_the_numbers() -> None:
    result = segmented(page("抓紧抓实春耕生产", column(MEETING, 17), "清泽港新航道正式通航", column(PORT, 17)))
    assert [a.id for a in result.articles] == ["a1", "a2"]


@pytest.mark.parametrize("text", ["字", "a", "（下转7版）", "图为港口。", "2版\n", "标题\n\n标题\n", "。\n，\n"])
def test_next_to_nothing_is_segmented_too(text: str) -> None:
    result = segmented(text)
    assert result.articles or result.furniture


def test_a_page_of_furniture_alone_warns() -> None:
    assert segmented("2024年3月3日 星期日\n").warnings == ("no article was found on the page",)


def test_one_line_for_each_paragraph_is_a_page_too() -> None:
    result = segmented("抓紧抓实春耕生产\n" + "\n".join(MEETING) + "\n")
    assert headlines(result) == ["抓紧抓实春耕生产"]
    assert bodies(result.articles[0]) == list(MEETING)


@pytest.mark.parametrize(
    "text",
    [
        "会议指出，要坚持稳中求进。" * 40_000,
        "（" * 200_000,
        "字" + " " * 500_000 + "字",
        "标题\n\n" * 8_000,
        "（下转7版）\n" * 8_000,
        "会议指出，要坚持稳中求进\n" * 20_000,
        (("清" * 17 + " " + "泽" * 17) + "\n") * 5_000,
    ],
    ids=["one line", "brackets", "spaces", "headlines", "jumps", "no stops", "two columns"],
)
def test_monstrous_pages_are_segmented(text: str) -> None:
    assert segmented(text).articles
