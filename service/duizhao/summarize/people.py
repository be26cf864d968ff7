"""Chinese names and the titles before them: a sentence in, spans of titles and of name holders out."""

from __future__ import annotations

import re

from duizhao.surnames import COMPOUND, FAMILY

NAME = rf"(?:(?:{COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{FAMILY}][\u4e00-\u9fff]{{1,2}}?)"
# What may follow a name that does something.
FOLLOW = (
    r"(?=\d|今[天日晚]|昨|近日|日前|[上下]午|当[天日]|先后|分别|共同|主持|出席|在|同|与|和|会见|会晤|对|向|给|为|强调|指出|表示|说|"
    r"要求|召开|讲话|作|到|赴|率|参加|致|签署|发表|应邀|认为|称|宣布|深入|调研|考察|看望|听取|传达|代表|就|主|以|将|还|也|一行|带队|"
    r"参会|宣读|介绍|部署|、|，|。|等|$)"
)
RANK = (
    r"(?:总书记|国家主席|国家副主席|军委主席|军委副主席|副主席|主席|主任委员|副主任|主任|副书记|书记|副总理|总理|国务委员|委员长|副委员长|"
    r"常委|委员|省长|市长|县长|区长|州长|旗长|部长|局长|厅长|院长|检察长|会长|秘书长|组长|董事长|司令员|政委|巡视员|校长|行长|署长|主委)"
)
# A title holds no other person and nothing that one does: 市长某某会见市委书记某某 has two.
DEED = (
    "会见|会晤|代表(?![大团会])|接替|代替|顶替|陪同|看望|约谈|免去|撤销|罢免|任命|提名|选举|推荐|举报|起诉|逮捕|批评|指责|"
    "邀请|采访|访问|拜访|拜会|致电|听取|接受|欢迎|慰问|祝贺|感谢|谋杀|杀害|取代|[向了]"
)
WITHIN = rf"(?:(?!{DEED})[\u4e00-\u9fff“”（）])"
# Where a local title begins: 市长 after the name of a place (清泽市长) and 市委 after a verb are told whole.
ALONE = r"(?:(?<![\u4e00-\u9fff])|(?<=[和与同及由向在将把被对午晚日天前近于为致受经邀见是了的替访]))"
# Only titles of the country's own offices are dropped; a foreign office says who its holder is.
OFFICE = (
    rf"(?:中共|中央|国家(?=主席|副主席|监)|国务|全国|最高人民|中国|我国|外交部|{ALONE}(?:(?:(?!{DEED}|[在与和同对向由被将把为]|[省市县区州旗]长(?![治沙春垣汀寿]|[宁乐清安兴][区市]|葛市|[子顺泰丰岭海阳武]县))[\u4e00-\u9fff]){{1,8}}?"
    r"(?:省|市|县|区|州|盟|旗|部|委)(?=委|长|政|人大|副|书|常|纪|党|监|主)|[省市县区州](?=委|长|政|人大|副)))"
)
PILE = re.compile(
    rf"(?P<titles>(?:{OFFICE}(?!长){WITHIN}{{0,30}}?{RANK}|{ALONE}副?[省市县区州旗]长)(?:、{WITHIN}{{0,30}}?{RANK}){{0,7}})(?P<name>{NAME}){FOLLOW}"
)
NATIONAL = re.compile(r"中共中央(?!、)|国家(?:副?主席|监)|国务院|国务委员|全国|中央军委|中央书记处")
HOME = re.compile(r"中央|国务|国家|全国|最高|" + NATIONAL.pattern)
# The title before this one is the same person's, and was not taken for one: 西岭党总书记、国务委员长.
PILED = re.compile(RANK + "、$")
# A national title right after another Han character belongs to another country: 西岭国国家主席.
FOREIGN = re.compile(r"[\u4e00-\u9fff](?<![和与同及由向在将把被对午晚日天前近于为致受经邀见会是的])")
HONORIFIC = re.compile(
    rf"(?P<name>{NAME})(?P<title>总书记|主席|总理|委员长|书记|省长|市长|县长|部长)(?=\d|近日|日前|在|同|出席|主持|来到|到|强调|指出)"
)


def titles(sentence: str) -> list[tuple[int, int, bool]]:
    """Spans of the titles that stand whole before or after a leader's name, and whether the office is a national one.

    A reader knows who holds a national office; of a local one the office is half of the news.
    """
    found = [
        (m.start("titles"), m.end("titles"), bool(NATIONAL.search(m["titles"])))
        for m in PILE.finditer(sentence)
        if not (HOME.match(m["titles"]) and FOREIGN.search(sentence[max(0, m.start() - 1) : m.start()]))
        and not PILED.search(sentence, max(0, m.start() - 12), m.start())
    ]
    found += [(m.start("title"), m.end("title"), True) for m in HONORIFIC.finditer(sentence)]
    return found
