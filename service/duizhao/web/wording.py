"""Kinds of problems in, the Chinese sentences that the start page shows for them out."""

from __future__ import annotations

PROBLEMS = {
    "empty-input": "没有可以处理的文字：请粘贴版面文字，或选择一个文件。",
    "not-text": "这个文件里没有可以识别的文字：请用 .txt、.pdf、.docx 或 .html 文件。",
    "too-large": "内容超过了长度上限：请一次只处理一个版面。",
    "request-timeout": "上传用时过长，请重试。",
    "busy": "现在排队的人太多，请稍后再试。",
    "not-ready": "模型还没有准备好，请稍后再试。",
    "model-not-available": "模型不可用，请联系管理员检查安装（duizhao doctor）。",
    "time-out": "处理用时过长，请减少内容后再试。",
    "unsupported-media-type": "请用本页的表单提交。",
    "invalid-request": "表单内容不完整，请重新填写。",
}
OTHER = "没有处理成功。"
EXPIRED = "结果不存在，或已超过保留时间。请回到首页重新处理。"
NO_COMPARISON = "本版没有可以比对的中央与地方文章，因此没有生成对照。"
TOO_MUCH = "文章太多，没有生成对照。请减少内容，或用命令行 duizhao compare 比对。"


def problem(kind: str) -> str:
    """What to tell the reader of the start page."""
    return PROBLEMS.get(kind, OTHER)
