"""Words of official Chinese that several rules of the comparison look at."""

from __future__ import annotations

import re

# Verbs that open a demand or a measure
_VERBS = """
严守 严控 严查 严格 严防 丰富 主动 举全 举办 争创 争取 从严 优化 供应 依托 依法 促进 保护 保持 保证 保障 修复
修订 做优 做大 做好 做强 健全 允许 充实 兜牢 全力 全面 共享 共建 关心 关注 兴办 净化 减少 减轻 凝聚 出台 分类
切断 创建 创新 制定 制止 办好 加力 加大 加密 加强 加快 加紧 加速 动员 助力 努力 化解 升级 协同 协调 占领 厉行
压减 压实 参与 发展 发挥 取消 取缔 启动 吸引 吸纳 围绕 固本 坚守 坚持 培养 培育 塑强 塑造 增加 增强 增进 壮大
处置 大力 夺取 守住 守好 守护 守牢 安排 完善 完成 实施 实现 宣传 尊重 展开 巩固 布局 带动 帮助 应对 延伸 延长
建好 建强 建成 建立 建设 开发 开展 开工 开拓 开放 开辟 引导 引进 弘扬 强化 形成 扎实 打击 打响 打好 打通 打造
扛牢 扛起 执行 扩大 扩展 扩建 扶持 承接 抓住 抓好 抓实 抓紧 投用 抗击 抵御 拆除 拉动 拓宽 拓展 招引 持续 挖掘
振兴 排查 探索 控制 推出 推动 推广 推行 推进 提供 提倡 提升 提振 提速 提高 搭建 擦亮 支持 改善 改建 改进 改造
改革 攻克 放宽 放开 救援 救治 整合 整治 整顿 新增 新建 普及 有序 有效 服务 杜绝 构建 查处 树立 梳理 治理 消除
深入 深化 深挖 清理 满足 激励 激发 激活 用好 申报 疏解 监督 盘活 着力 研发 研究 破解 破除 确立 积极 稳住 稳妥
稳定 稳步 突出 突破 立足 筑牢 签订 简化 管好 管控 管理 精准 紧扣 紧盯 纳入 组织 统一 统筹 续建 维护 缓解 编制
联合 聚力 聚焦 营造 落实 补齐 规划 规范 解决 讲好 评估 试点 调减 调整 谋划 贯彻 转化 转变 转型 追究 遏制 遵守
遵循 部署 配强 配齐 释放 防控 防止 防范 降低 限制 集中 预防 领导 高举 鼓励
"""

# What any demand may say of itself; it tells nothing of the object. Longer words before those that they begin with.
_GENERIC = """
更大力度 进一步 高质量 高水平 高标准 积极 深入 扎实 大力 全力 稳步 有序 更好 持续 不断 加力 纵深 有力 有效 充分
全面 着力 精准 稳妥 切实 坚定 奋力 推动 推进 促进 加快 加强 深化 强化 完善 实施 开展 建设 发展 提升 健全 支持
优化 做好 抓好
"""

# common family names; with one or two characters more they name a person
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习栗韩丁"
)

VERB = re.compile("|".join(_VERBS.split()))
GENERIC = re.compile("|".join(_GENERIC.split()))


def content(phrase: str) -> str:
    """What is left of a phrase without the words that any demand may use: nothing of 加快形成, 底线 of 守住底线."""
    return VERB.sub("", GENERIC.sub("", phrase))
