"""Identity of articles and texts: genre, issuer, level, and the printed words that show them."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.segmenter.identify import identify, identify_text
from duizhao.types.articles import Article, Identity
from duizhao.types.pages import Field, Span

GOLD = Path(__file__).parents[1] / "data" / "samples"
SAMPLES = ("sample_page", "sample_county", "sample_evening")


def words(field: Field | None) -> str | None:
    return field.text if field else None


def printed(page: str, wanted: str) -> Field | None:
    """The field that a page prints these characters in, however its lines are cut."""
    places = [i for i, c in enumerate(page) if not c.isspace()]
    squashed = "".join(page[i] for i in places)
    characters = "".join(wanted.split())
    if not characters:
        return None
    start = squashed.index(characters)
    spans: list[Span] = []
    for at in places[start : start + len(characters)]:
        if spans and "\n" not in page[spans[-1].end : at]:
            spans[-1] = Span(spans[-1].start, at + 1)
        else:
            spans.append(Span(at, at + 1))
    return Field("".join(page[s:e] for s, e in spans), tuple(spans))


def article(page: str, gold: dict[str, Any]) -> Article:
    fields = {
        k: printed(page, gold[g]) for k, g in (("kicker", "kicker"), ("headline", "title"), ("subheadline", "sub"))
    }
    column = printed(page, gold["column"])
    byline = None if gold["byline_inline"] else printed(page, gold["byline"])
    return Article(
        gold["id"],
        "page",
        kind=gold["type"],
        column=column,
        byline=byline,
        paragraphs=tuple(f for p in gold["paragraphs"] if (f := printed(page, p))),
        captions=tuple(f for c in gold["captions"] if (f := printed(page, c))),
        **fields,
    )


def sample(name: str) -> list[tuple[str, dict[str, Any], Identity]]:
    page = files("duizhao").joinpath("samples", f"{name}.txt").read_text(encoding="utf-8")
    gold = json.loads((GOLD / f"{name}.gold.json").read_text(encoding="utf-8"))
    return [(page, a, identify(article(page, a))) for a in gold["articles"]]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_article_of_the_samples_says_who_speaks_on_which_level_and_in_which_genre(name: str) -> None:
    for _, gold, found in sample(name):
        assert (found.level, words(found.issuer), found.genre) == (gold["level"], gold["issuer"], gold["genre"]), gold[
            "id"
        ]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_evidence_is_made_of_slices_of_the_page(name: str) -> None:
    for page, _, found in sample(name):
        for field in (found.genre_evidence, found.issuer, found.level_evidence):
            if field:
                assert field.spans
                assert field.text == "".join(page[s:e] for s, e in field.spans).replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "genre", "issuer", "level"),
    [
        ("本报讯 4月2日，市委书记周明远主持召开市委常委会（扩大）会议，研究我市防汛工作。会议强调，要备足物资。",
         "meeting_report", "市委", "city"),
        ("4月8日，中共清泽市委召开农村工作会议。会议审议通过了《清泽市丰收计划》。市委书记周明远讲话。",
         "meeting_report", "中共清泽市委", "city"),
        ("本报讯 4月9日，省长何启明主持召开省政府第12次常务会议，研究稳外贸工作。会议指出，要抓好落实。",
         "meeting_report", "省政府", "province"),
        ("4月3日，自治区党委召开常委会会议，研究草原保护工作。会议强调，要守住生态红线。",
         "meeting_report", "自治区党委", "province"),
        ("本报讯 东浦区委召开理论学习中心组学习会，区委书记马志远主持。会议要求，全区上下要学用结合。",
         "meeting_report", "区委", "county"),
        ("日前，州委、州政府召开全州防火工作推进会。会议强调，要守住底线。", "meeting_report", "州委、州政府", "city"),
        ("各位代表：\n现在，我代表云麓县人民政府，向大会报告工作，请予审议。\n一、去年工作回顾\n全县上下同心协力。",
         "work_report", "云麓县人民政府", "county"),
        ("各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议，并请全国政协委员提出意见。",
         "work_report", "国务院", "central"),
        ("新华社北京6月1日电 国务院办公厅近日印发《关于甲事的意见》，要求各地抓好落实。",
         "news", "国务院办公厅", "central"),
        ("中央灌区工作会议4日至5日在北京召开。国家主席发表重要讲话。会议强调，要修好水库。",
         "readout", "中央灌区工作会议", "central"),
        ("国家主席在中央灌区工作会议上强调 修好水库\n新华社北京3月5日电 中央灌区工作会议4日举行。会议指出，要节水。",
         "readout", "中央灌区工作会议", "central"),
        ("新华社北京3月5日电 国务院总理近日对灌区工作作出重要指示指出，要修好水库。全国灌区工作会议5日在北京召开。",
         "readout", "国务院总理", "central"),
        ("中共中央政治局3月5日召开会议，决定全国灌区工作会议于6月在北京召开。会议强调，要修好水库。",
         "readout", "中共中央政治局", "central"),
        ("本报讯（记者 韩冬）记者从市气象局获悉，今年我市入汛偏早。", "news", "市气象局", "city"),
    ],
)  # fmt: skip
def test_the_body_that_holds_issues_or_says_it_is_the_issuer(text: str, genre: str, issuer: str, level: str) -> None:
    found = identify_text(text)
    assert (found.genre, words(found.issuer), found.level) == (genre, issuer, level)


def test_a_local_meeting_that_studies_central_policy_stays_local() -> None:
    found = identify_text(
        "4月9日，市政府党组召开会议，深入学习贯彻习近平总书记关于安全生产的重要论述和党中央、国务院、省委、省政府部署要求，"
        "传达学习国务院常务会议精神。会议强调，全市要守牢底线。"
    )
    assert (found.level, words(found.issuer)) == ("city", "市政府")


def test_a_central_leader_on_a_visit_makes_the_text_central() -> None:
    found = identify_text(
        "5月6日，国务院副总理在江原省清泽市调研时强调，要抓好夏粮生产。省委书记何启明、市委书记周明远陪同。"
    )
    assert (found.genre, found.level) == ("readout", "central")


def test_the_lower_office_of_a_person_counts() -> None:
    found = identify_text("4月1日，省委常委、清泽市委书记周明远主持召开会议，研究招商工作。会议要求，要加快进度。")
    assert (found.level, words(found.issuer)) == ("city", "清泽市委")


@pytest.mark.parametrize("city", ["北京", "天津", "上海", "重庆"])
def test_a_municipality_is_of_the_province_level(city: str) -> None:
    assert (
        identify_text(f"4月1日，{city}市委召开常委会会议，研究本市交通工作。会议强调，要优化线网。").level == "province"
    )
    report = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n全市经济平稳。"
    assert identify_text(report, f"{city}市政府工作报告").level == "province"
    assert identify_text(report, "清泽市政府工作报告").level == "city"


def test_our_city_gives_the_level_but_no_invented_name() -> None:
    found = identify_text("近日，我市新开三条公交线路，市民出行更加方便。")
    assert (found.level, words(found.level_evidence), found.issuer) == ("city", "我市", None)


def test_a_national_tax_office_of_a_city_is_local() -> None:
    assert identify_text("本报讯 国家税务总局清泽市税务局近日推出十项便民举措。").level == "city"


def test_a_national_award_to_a_city_is_city_news() -> None:
    assert identify_text("本报讯（记者 韩冬）近日，科技部公布新一批孵化器名单，我市两家单位入选。").level == "city"


def test_traditional_characters_are_read_and_printed_as_they_stand() -> None:
    found = identify_text("各位代表：\n現在，我代表國務院，向大會報告政府工作，請予審議。")
    assert (found.genre, words(found.issuer), found.level) == ("work_report", "國務院", "central")


def test_a_commentary_is_told_from_news_by_how_it_argues() -> None:
    body = (
        "潮平两岸阔，风正一帆悬。昨天召开的全市水利大会，为治水兴水吹响了号角。\n"
        "治水，首先要转变观念。要看到，我市水资源并不宽裕，只有精打细算，才能用得长久，不能只盯着眼前的方便而忘了明天的紧缺。\n"
        "治水，关键要久久为功。河道不是一天变清的，归根结底要一任接着一任干，与其年年补漏不如一次治本，把基础打得牢一些。\n"
        "治水，最终要依靠群众。让我们从身边小事做起，拧紧每一个水龙头，守好每一条小河沟，共同留住一江清水。"
    )
    found = identify_text(body)
    assert (found.genre, found.issuer, found.level) == ("commentary", None, "city")
    news = identify_text("本报讯（记者 韩冬）" + body.replace("让我们", "居民"))
    assert news.genre != "commentary"


@pytest.mark.parametrize(
    ("headline", "genre", "level"),
    [
        ("全市安全生产工作会议召开", "meeting_report", "city"),
        ("国务院常务会议部署稳就业工作", "readout", "central"),
        ("——全县春茶开采侧记", "news", "county"),
        ("春到田畴处处忙", None, None),
    ],
)
def test_a_headline_alone_says_what_its_words_show(headline: str, genre: str | None, level: str | None) -> None:
    found = identify(Article("a1", "p", "headline_only", headline=Field(headline, (Span(0, len(headline)),))))
    assert (found.genre, found.level) == (genre, level)


def test_evidence_of_a_text_counts_in_the_text_and_has_no_place_if_only_the_title_shows_it() -> None:
    text = "  3月12日上午，\n市政府召开会议。会议强调，要抓好落实。"
    found = identify_text(text, "清泽市政府开会")
    assert found.issuer is not None and found.level_evidence is not None
    assert [text[s:e] for s, e in found.issuer.spans] == ["市政府"]
    only = identify_text("三个工作组已经出发。", "我市抽查农资市场")
    assert only.level_evidence is not None
    assert (only.level, only.level_evidence.text, only.level_evidence.spans) == ("city", "我市", ())


def test_words_cut_by_a_line_end_are_still_read() -> None:
    lines = [
        "3月12日上午，市政",
        "府召开春季造林绿化",
        "现场会，部署全市今",
        "年植树任务。会议指",
        "出，要抢抓时节，加",
        "快进度。",
        "市长沈若川讲话。",
    ]
    text = "\n".join(lines)
    found = identify_text(text)
    assert (found.genre, words(found.issuer), found.level) == ("meeting_report", "市政府", "city")


def test_a_notice_is_issued_by_the_body_that_signs_it() -> None:
    found = identify_text("关于道路封闭施工的公告\n因管网改造，滨河路封闭施工。特此公告。\n清泽市公安局\n4月1日")
    assert words(found.issuer) == "清泽市公安局"


def test_an_empty_text_has_no_identity() -> None:
    assert identify_text("") == Identity()
    assert identify_text(" \n ") == Identity()


@pytest.mark.parametrize("unit", ["市委", "中央", "全国", "在", "贯彻", "（", "，", "我市\n", " ", "第一次"])
def test_long_input_is_read_at_its_ends_only(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    found = identify_text(text, text[:5000])
    for field in (found.genre_evidence, found.issuer, found.level_evidence):
        for span in field.spans if field else ():
            assert 0 <= span.start < span.end <= len(text)


LETTERS = "市委县省政府国务院中央召开会议指出强调，要。：“”\n 　全我各位代表清泽本报讯评论员（）习近平书记长3月日"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=300))
def test_evidence_is_always_words_of_the_text(text: str) -> None:
    found = identify_text(text)
    for field in (found.genre_evidence, found.issuer, found.level_evidence):
        if field:
            assert field.text == "".join(text[s:e] for s, e in field.spans).replace("\n", " ")
    assert (found.level is None) == (found.level_evidence is None)
    assert (found.genre is None) == (found.genre_evidence is None)


@pytest.mark.parametrize("title", ["幸福路上不停步 ——回访山乡清河村", "一江春水 ——写在座谈会召开四周年之际"])
def test_a_feature_that_quotes_a_leader_is_no_readout(title: str) -> None:
    text = "春日的清河村，梨花开满山坡。2018年2月，习近平总书记来到这里考察，强调脱贫之后要接续推进乡村振兴。"
    assert identify_text(text, title).genre != "readout"
    assert identify_text(text, "习近平在清河村考察").genre == "readout"
