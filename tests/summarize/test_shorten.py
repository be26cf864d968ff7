from __future__ import annotations

import pytest

from duizhao.summarize.people import titles
from duizhao.summarize.shorten import SHORT_NAMES, cuts, kept


def short(sentence: str, *kinds: str) -> str:
    found = [c for c in cuts(sentence, 0, len(sentence)) if c.kind in kinds]
    return "".join(sentence[s:e] for s, e in kept(0, len(sentence), found))


@pytest.mark.parametrize("full", SHORT_NAMES)
def test_every_short_name_is_made_of_the_characters_of_its_full_name(full: str) -> None:
    assert short(full, "short_name") == SHORT_NAMES[full]


def test_a_pile_of_titles_goes_whole() -> None:
    sentence = "中共中央政治局常委、国务院副总理何文澜5月6日在清泽调研"
    assert short(sentence, "office") == "何文澜5月6日在清泽调研"


def test_a_local_title_is_kept_apart_from_a_national_one() -> None:
    sentence = "市委副书记、市长何文澜主持会议"
    assert short(sentence, "office") == sentence
    assert short(sentence, "title") == "何文澜主持会议"


def test_a_foreign_office_is_not_taken_for_one_of_the_country() -> None:
    assert titles("国家主席何文澜会见西岭国总理欧文。") == [(0, 4, True)]


@pytest.mark.parametrize(
    ("sentence", "shortened"),
    [
        ("5月6日上午，清泽市召开会议", "清泽市召开会议"),
        ("清泽市6日召开会议", "清泽市召开会议"),
        ("今天（5月6日）下午，清泽市召开会议", "清泽市召开会议"),
        ("截至5月6日，清泽市建成堤防", "截至5月6日，清泽市建成堤防"),
        ("自5月6日起，清泽市实行新规", "自5月6日起，清泽市实行新规"),
    ],
)
def test_a_date_goes_unless_something_is_counted_from_it(sentence: str, shortened: str) -> None:
    assert short(sentence, "date") == shortened


def test_the_gloss_of_today_leaves_the_date() -> None:
    assert short("清泽市今天（5月6日）下午召开会议", "hour") == "清泽市5月6日召开会议"


def test_guiding_phrases_and_sources_go_whole() -> None:
    assert short("会议坚持以新发展理念为指导，部署防汛", "guide") == "会议部署防汛"
    assert short("据清泽市水务局消息，水库已经开闸", "source") == "水库已经开闸"


def test_nothing_is_cut_inside_quotes_and_titles() -> None:
    sentence = "学习《5月6日国有企业改革办法（试行）》和“国有企业（甲）”"
    assert cuts(sentence, 0, len(sentence)) == []


@pytest.mark.parametrize("piece", ["市委", "中共中央", "据", "（", "贯彻", "今天（", "12月", "书记、", "以"])
def test_monstrous_sentences_do_not_hang(piece: str) -> None:
    sentence = piece * (6_000 // len(piece))
    assert isinstance(cuts(sentence, 0, len(sentence)), list)


def test_a_title_begins_behind_the_preposition_that_leads_it() -> None:
    sentence = "陆远行在江原省委书记陈知行、省长何文澜陪同下到清泽市调研"
    assert [sentence[s:e] for s, e, _ in titles(sentence)][:1] == ["江原省委书记"]


@pytest.mark.parametrize(("sentence", "left_out"), [("要不断加强检查", ["不断"]), ("不要不断加强检查", [])])
def test_how_strongly_is_left_out_of_a_demand_but_not_of_a_ban(sentence: str, left_out: list[str]) -> None:
    found = [sentence[c.start : c.end] for c in cuts(sentence, 0, len(sentence)) if c.kind == "adverb"]
    assert found == left_out


@pytest.mark.parametrize(
    ("sentence", "shortened"),
    [
        ("清泽市在南湖、北湖以及东湖等地设立观测点", "清泽市在南湖等地设立观测点"),
        ("组织教师、学生开展测量、测绘等活动", "组织教师、学生开展测量等活动"),
        ("推动修建堤防、疏浚河道、改造泵站等工作", "推动修建堤防、疏浚河道、改造泵站等工作"),
        ("有关部门、街道等待通知", "有关部门、街道等待通知"),
    ],
)
def test_an_enumeration_of_things_is_told_by_its_first(sentence: str, shortened: str) -> None:
    assert short(sentence, "list") == shortened


def test_what_a_guest_came_for_and_who_is_behind_a_thing_may_go() -> None:
    assert short("何文澜会见来华出席防汛论坛的西岭国总理", "guest") == "何文澜会见西岭国总理"
    assert short("何文澜会见由欧文率领的西岭国代表团", "guest") == "何文澜会见西岭国代表团"
    assert short("由清泽市水务局组织的“清河行”活动启动", "guest") == "“清河行”活动启动"
    sentence = "对来华人员接受严格的检疫"
    assert short(sentence, "guest") == sentence


def test_only_a_name_is_cut_after_an_office() -> None:
    assert short("何文澜会见西岭国副总理埃文斯", "holder") == "何文澜会见西岭国副总理"
    for sentence in ("市委书记何文澜主持会议", "国家主席何文澜近日在清泽考察", "西岭国总统先生共同宣布"):
        assert short(sentence, "holder") == sentence


def test_what_was_done_besides_goes_after_a_noun_only() -> None:
    assert short("何文澜同欧文举行会谈并共同出席签字仪式", "joint") == "何文澜同欧文举行会谈"
    for sentence in ("何文澜同欧文会谈并就水权提出交涉", "何文澜出席开幕式并宣布退出联盟"):
        assert short(sentence, "joint") == sentence
    sentence = "会议审议并通过了防汛预案"
    assert short(sentence, "joint") == sentence


def test_a_paper_is_told_by_its_matter_and_its_kind() -> None:
    assert short("清泽市印发《关于加强城市防汛工作的若干意见》", "paper") == "清泽市印发加强城市防汛工作意见"


def test_a_draft_is_never_told_as_the_paper() -> None:
    sentence = "清泽市公布《关于加强城市防汛工作的若干意见》（征求意见稿）"
    assert short(sentence, "paper", "aside") == sentence
    named = "清泽市印发《关于加强城市防汛工作的若干意见》（以下简称《意见》）"
    assert short(named, "paper") == "清泽市印发加强城市防汛工作意见"


def test_a_venue_goes_but_never_half_of_a_pair_of_words() -> None:
    assert short("何文澜在清泽宾馆同欧文举行会谈", "venue") == "何文澜同欧文举行会谈"
    assert short("清泽市和江原市在南湖边共同举办展览", "venue") == "清泽市和江原市举办展览"
    sentence = "部队在南湖与北湖交界处设防"
    assert short(sentence, "venue") == sentence


def test_a_date_that_something_is_told_up_to_is_not_parted_from_it() -> None:
    assert short("截至目前，白溪市政府仍未作出回应。", "recently").startswith("截至目前")


def test_a_guest_keeps_the_office_behind_the_name_of_the_country() -> None:
    assert not titles("陆青禾会见西岭国务资政张志远。")


@pytest.mark.parametrize(
    ("sentence", "shortened"),
    [
        ("卫知远在京会见来华出席论坛的西岭国总理", "卫知远在京会见来华出席论坛的西岭国总理"),
        ("卫知远在清泽宾馆会见西岭国总理", "卫知远会见西岭国总理"),
        ("卫知远出席在清泽宾馆举行的论坛", "卫知远出席在清泽宾馆举行的论坛"),
        ("卫知远在清泽同西岭国总理欧文共同出席开馆仪式", "卫知远同西岭国总理欧文共同出席开馆仪式"),
    ],
)
def test_a_venue_does_not_swallow_what_was_done_there(sentence: str, shortened: str) -> None:
    assert short(sentence, "venue") == shortened


@pytest.mark.parametrize(
    ("sentence", "shortened"),
    [
        ("市水务局称，9日晚至10日凌晨，清泽河涨水", "市水务局称，9日晚至10日，清泽河涨水"),
        ("12日、13日，清泽河涨水", "12日、13日，清泽河涨水"),
        ("清泽市今天（5月6日）起限行", "清泽市5月6日起限行"),
        ("20日—21日，清泽河涨水", "清泽河涨水"),
        ("截至目前，清泽河涨水两次", "截至目前，清泽河涨水两次"),
    ],
)
def test_of_two_days_none_is_left_alone(sentence: str, shortened: str) -> None:
    assert short(sentence, "date", "hour", "recently") == shortened


@pytest.mark.parametrize(
    ("sentence", "shortened"),
    [
        ("清泽市纪律检查委员会第四次全体会议于1月25日举行", "清泽市纪律检查委员会第四次全体会议举行"),
        ("清泽市中级人民法院公开宣判一案", "清泽市中级人民法院宣判一案"),
        ("二、不得重复收取材料", "不得重复收取材料"),
    ],
)
def test_a_headline_does_without_light_words(sentence: str, shortened: str) -> None:
    assert short(sentence, "light") == shortened


def test_the_delegation_that_a_guest_leads_may_go() -> None:
    sentence = "率清泽市代表团访问的何文澜在西岭会见欧文"
    assert short(sentence, "guest") == "何文澜在西岭会见欧文"


@pytest.mark.parametrize("guest", ["西岭党中央总书记、国家主席何文澜", "西岭劳动党总书记、国务委员长何文澜"])
def test_half_a_title_is_not_left_out(guest: str) -> None:
    assert titles(f"会见{guest}。") == []


def test_a_title_behind_a_visit_goes_whole() -> None:
    sentence = "率代表团访问的中共中央政治局常委、全国人大常委会委员长何文澜在西岭调研"
    assert short(sentence, "office") == "率代表团访问的何文澜在西岭调研"


def test_the_name_behind_a_foreign_office_may_go_before_a_visit() -> None:
    sentence = "欢迎西岭共和国总统昂贡·德·欧文对我国进行国事访问"
    assert short(sentence, "holder") == "欢迎西岭共和国总统对我国进行国事访问"


def test_what_is_carried_out_goes_with_its_preposition() -> None:
    sentence = "为贯彻落实全省防汛会议精神，清泽市清理了河道"
    assert short(sentence, "guide") == "清泽市清理了河道"


def test_a_day_with_its_hour_stays() -> None:
    assert short("大会将于3月5日上午9时开幕", "light") == "大会将于3月5日上午9时开幕"
