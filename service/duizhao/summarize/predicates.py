"""A stretch that stops at a comma in, whether its predicate stands behind the comma out."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

from duizhao.summarize.people import NAME

# 某医院医生刘林，: who is spoken of, and what is done comes after the comma.
HOLDER = re.compile(
    rf"(?:院士|教授|主任|书记|主席|医生|护士|专家|学者|负责人|发言人|创始人|经理|董事长|队长|选手|队员|奠基人){NAME}$"
)
ABOUT_A_PERSON = re.compile(
    r"会见|会谈|看望|采访|[是为叫]|任命|选举|当选|授予|祝贺|致|追授|悼念|吊唁|慰问|同|与|向|对|给"
)
# How, whence and on what ground, with the deed after the comma.
MEANS = re.compile(
    r"^(?:就?要|还|也)?通过(?!了|《|“|.*(?:决议|法案|草案|审议|表决|验收|审查|考核|认证|批准))[^，]{2,30}$|(?<=[\u4e00-\u9fff]{2})立足[^，]{0,8}(?:实际|区情|国情|省情|市情|县情|特点|优势)$"
    r"|^到[^，]{2,20}[省市县区镇乡村]$|^由[^，]{2,90}的[\u4e00-\u9fff]{2}$|^如(?:果|若)?(?:采用|使用|遇|需|要)[^，]*$"
)
# Who found or foresees it, with what it is after the comma, and a ground with what it led to.
FOUND = re.compile(
    r"(?:提出|预计|预测|估计|(?<![未没有])发现|(?<![发作的布])通报|指控)$|^因(?!此|而|为|素|地)[^，]{1,16}$"
)


# 其中甲, 联合甲: what they did or come to is after the comma.
AMONG = re.compile(r"其中，?")
JOINT = re.compile(r"(?:联合(?!国|体|会|社)|会同|携手|协同|偕同)")
SAYS = re.compile(r"\d|[是有为占达超]|第[一二三四五六七八九十]")


def says_nothing(words: str) -> bool:
    """Whether a stretch of one clause or more, cut at a comma, leaves its predicate behind the comma."""
    last = words.rsplit("，", 1)[-1]
    if MEANS.search(last) or FOUND.search(last) or joint(last) or _named_only(words):
        return True
    if (among := AMONG.match(last)) and verbless(last[among.end() :]):
        return True
    return bool(HOLDER.search(last)) and not ABOUT_A_PERSON.search(last)


def joint(clause: str) -> bool:
    """Whether a clause only says with whom something is done: 联合江原市消防支队."""
    match = JOINT.match(clause)
    return match is not None and verbless(clause[match.end() :])


def _named_only(words: str) -> bool:
    """Whether words are a person or a place of which nothing is said."""
    return verbless(words) and bool(
        re.search("[省市县区镇乡村]$", words) or rjieba.tag(words)[-1][1].startswith(("nr", "ns"))
    )


@lru_cache(maxsize=4096)
def verbless(words: str) -> bool:
    """Whether words are a name or a thing of which nothing is said: 四川某县二郎镇, 外资项目."""
    if SAYS.search(words) or not words:
        return False
    tags = [tag for _, tag in rjieba.tag(words)]
    return tags[-1].startswith("n") and tags[0] != "vn" and not any(t[0] in "vadzil" and t != "vn" for t in tags)
