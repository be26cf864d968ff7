"""Two original documents in the manner of a readout and a city meeting, and the embedder that needs no weights."""

from __future__ import annotations

import pytest

from duizhao.types.articles import Document
from duizhao_models import registry
from duizhao_models.base import Embedder

READOUT = """本社北京3月4日电 中央农田水利工作委员会3月4日下午召开第二次会议，审议通过了《关于加强灌区管护的意见》。
会议强调，要坚持以人民为中心的发展思想为指导，严格落实耕地保护责任，坚决遏制乱占耕地建房；要加快病险水库除险加固，完善汛期监测预警体系。
会议指出，过去一年，各地兴修水利取得新成效，粮食产量稳步增长。推广节水灌溉面积不断扩大。当前，水资源约束仍然突出。要健全农业用水价格机制，促进节水增效，激励广大党员、干部担当作为，主动服务群众。
会议要求，一是要培育乡村工匠队伍；二是支持青年返乡创业；三是保护传统村落风貌。
委员会委员出席会议，有关部门负责同志列席会议。
"""

MEETING = """本报讯（记者 林小满）3月6日上午，清泽市召开春季农田水利动员大会，\
深入学习贯彻中央会议精神，全面分析当前形势，动员全市上下打一场翻身仗。
市委书记何远山出席会议并讲话。
何远山指出，农田水利是清泽农业的命脉。要实施病险水库除险加固行动，年内完成十八座水库除险加固，建成雨情监测预警站60处。
会议强调，要落实耕地保护责任，开展乱占耕地建房专项整治；要在城区新建便民早餐点40个；要提振精神、真抓实干。
"""


@pytest.fixture(scope="session")
def readout() -> Document:
    return Document("central", READOUT, "中央农田水利工作委员会第二次会议", "2031-03-04")


@pytest.fixture(scope="session")
def meeting() -> Document:
    return Document("local", MEETING, "清泽市农田水利建设动员大会", "2031-03-06")


@pytest.fixture(scope="session")
def wording() -> Embedder:
    built: Embedder = registry.build("embedder", "char_ngrams")
    return built
