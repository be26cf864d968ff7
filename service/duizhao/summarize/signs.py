"""Words by which a clause shows what it does: tells an event, names a measure, praises. Patterns alone."""

from __future__ import annotations

import re

# The date of an event stays with it where there is room.
DATED = re.compile(r"\d[日号月](?!以来|起)")
EVENT = re.compile(
    r"召开|举行|主持|会见|会谈|集体学习|出席|考察|调研|致电|贺电|慰问电|互致|通话|印发|发布|出台|公布|部署|作出重要指示|作出指示|批示|签署|通过|开幕|启动|印发"
)
# What a meeting does beside being held.
BUSINESS = re.compile(
    r"(?:会议)?(?:并|还)?(?:听取|审议|研究|部署|安排部署|动员部署|传达|讨论|决定|确定|表决|通过|宣布|共同宣布|总结|签署|发布|公布|印发|就)"
)
GUIDANCE = re.compile(r"总体要求|总基调|坚强领导|优异答卷|[“]两个")
CONCRETE = re.compile(
    r"建立|试点|取消|降低|提高到|修订|制定|出台|发放|延续|扩大|开展|严肃|追责|严惩|重中之重|优先目标|鼓励|解决|破除|补贴|资金|首创|迈出|优惠|精准|"
    r"示范|项目|投资|贷款|税|标准|名单|平台|督察|检查|排查|整治|清零|专项|条例|法律|机制|市场|企业|农民|产业|就业|保障"
)
PROCEDURE = re.compile(
    r"进行讲解|发了?言$|听取讲解|进行了讨论|作交流发言|听取(?:了)?(?:汇报|介绍|讲解)|参观了?|亲切交流|合影|陪同|观看|欢迎|祝贺|感谢|转达|问候|通报了"
)
NUMBER = re.compile(r"\d|[一二两三四五六七八九十百]+[个项条次家万亿]")
FIRST_PERSON = re.compile(r"我(?![国市省县区军方院校])")
PRAISE = re.compile(
    r"俗话说|常言|古人云|高度评价|热烈|亲切|深感|倍感|振奋|备受鼓舞|激动|纷纷表示|历史性|重要意义|重大意义|具有重要|指明了|很有意义|十分必要|提供了(?:根本)?遵循|为指导|深刻领会|两个确立|两个维护|四个意识|伟大复兴|号角|战鼓|劈波斩浪|行稳致远|贡献力量|作出(?:新的?)?(?:更大)?(?:应有)?贡献"
)
