"""What results say of themselves in English (warnings, methods, reasons) in, the Chinese that reports print out."""

from __future__ import annotations

import re
from functools import cache

# {n} stands for a number, {t} for any words; the Chinese names them by their order, from {0}
SAYINGS = {
    # comparison
    "local text is older than the central one": "地方文本早于中央文本",
    "both texts are of the same day: the local one may have been written first": "两文同日，地方文本可能成文在先",
    "the date of the central text has no year: which text is older was not checked": (
        "中央文本的日期没有年份，未核对两文先后"
    ),
    "the date of the local text has no year: which text is older was not checked": (
        "地方文本的日期没有年份，未核对两文先后"
    ),
    "{n} units of the central text repeat others word for word: they were compared and counted once": (
        "中央文本有{0}条与前文逐字重复，只比对、计数一次"
    ),
    "{n} units of the local text repeat others word for word: they were compared and counted once": (
        "地方文本有{0}条与前文逐字重复，只比对、计数一次"
    ),
    "the two texts are identical": "两文文字相同",
    "the local text looks like one of the central level": "地方文本看来是中央一级的文本",
    "the central text looks like one of a lower level than the local one: are they the right way round?": (
        "中央文本的层级看来低于地方文本，两文是否放反了？"
    ),
    "truncated: only the first {n} characters of the central text were compared": "中央文本过长，只比对了前{0}字",
    "truncated: only the first {n} characters of the local text were compared": "地方文本过长，只比对了前{0}字",
    "the central text goes on elsewhere: only the part at hand was compared": "中央文本未完，只比对了本版所载部分",
    "the local text goes on elsewhere: only the part at hand was compared": "地方文本未完，只比对了本版所载部分",
    "the central text has no demand, action or goal": "中央文本没有要求、举措或目标",
    "the local text has no demand, action or goal: what it tells was compared": (
        "地方文本没有要求、举措或目标，比对的是其叙述"
    ),
    "compared by shared wording only: the same demand in other words is not seen": (
        "只按共用词句比对，换了说法的同一要求看不出来"
    ),
    "logistic model of shared wording, likeness of meaning and agreement of themes, measured against chance": (
        "字面相似、语义相似（各以政策语句的偶然相似度为基准）与主题一致，经逻辑回归换算为0至1的分值"
    ),
    "truncated: only the first {n} demands of the central text were compared": "中央文本要求过多，只比对了前{0}条",
    "truncated: only the first {n} demands of the local text were compared": "地方文本要求过多，只比对了前{0}条",
    "the judge gave no usable answer for {n} central demands: the default result stands there": (
        "有{0}条中央要求未得到模型的可用判断，沿用默认结果"
    ),
    "{n} verdicts of the judge were dropped: their quotes are not in the text": (
        "模型的{0}条判断因引文不在原文中而未采用"
    ),
    "{n} pairs were reviewed by a person: their verdicts stand": "{0}对经人工核定，以核定结论为准",
    "no central article with a body was found": "没有找到带正文的中央文章",
    "no local article with a body was found": "没有找到带正文的地方文章",
    "no article could be compared with another": "没有可以互相比对的文章",
    # summary
    "truncated: only the first {n} characters were summarized": "文本过长，只摘要了前{0}字",
    "truncated: the model read only the beginning of the text": "文本过长，模型只读了开头部分",
    # reading
    "more than {n} lines: too long for a newspaper page, kept as one article": "超过{0}行，不像一个版面，整体作为一篇",
    "no article was found on the page": "版面上没有找到文章",
    "{n} broken character in the {t} text: shown as U+FFFD": "文中有{0}个字符损坏，以“\ufffd”代替",
    "{n} broken characters in the {t} text: shown as U+FFFD": "文中有{0}个字符损坏，以“\ufffd”代替",
    "the encoding was guessed: {t}": "文字编码是推测的：{0}",
    "the page says that it is {t}, which its bytes are not": "网页自称的编码（{0}）与实际不符",
    "the title is not part of the text: {t}": "网页标题不在正文之中：{0}",
    "the automatic numbers of {n} paragraphs are not part of the text": "{0}段的自动编号未计入文字",
    "{n} footnotes were left out": "未读入脚注{0}条",
    "{n} endnotes were left out": "未读入尾注{0}条",
    "{n} embedded documents were left out": "未读入嵌入文档{0}个",
    "{n} symbols of special fonts were left out": "未读入特殊字体符号{0}个",
    "page {n} of the PDF is damaged and could not be read": "PDF第{0}页损坏，无法读取",
    "{n} of the characters of page {n} of the PDF are unmapped (missing ToUnicode map): U+FFFD, or left out": (
        "PDF第{1}页有{0}的字符没有对应文字（字体缺少编码表），以“\ufffd”代替或略去"
    ),
    "page {n} of the PDF has no text layer: text recognition (OCR) is needed": (
        "PDF第{0}页没有文字层，需要先做文字识别（OCR）"
    ),
    "{n} characters of page {n} of the PDF lie under the same text (a second layer): read once": (
        "PDF第{1}页有{0}个字符重叠（两层文字），只读一次"
    ),
    "{n} characters outside the visible part of page {n} of the PDF were left out": (
        "PDF第{1}页有{0}个字符在可见范围之外，未读入"
    ),
    "{n} characters of page {n} of the PDF have no size or place and were left out": (
        "PDF第{1}页有{0}个字符没有字号或位置，未读入"
    ),
    "{n} characters of page {n} of the PDF beyond the limit were left out": "PDF第{1}页超出上限的{0}个字符未读入",
    "{n} lines of page {n} of the PDF beyond the limit were left out": "PDF第{1}页超出上限的{0}行未读入",
    "page {n} of the PDF has too many objects for a page of print: "
    "repeated text is read once, some rules are left out": (
        "PDF第{0}页的对象过多，不像印刷版面：重复文字只读一次，部分线条略去"
    ),
    # what was refused
    "The PDF is encrypted and asks for a password: save it without one and try again.": (
        "PDF已加密，需要密码：请另存为不加密的文件再试。"
    ),
    "The PDF is damaged: no page can be read. Export or download it again.": (
        "PDF已损坏，一页也读不出来：请重新导出或下载。"
    ),
    "The PDF needs more memory than is allowed: it is damaged, or made to exhaust memory.": (
        "PDF所需内存超过上限：文件已损坏，或是有意制作的。"
    ),
    "The PDF cannot be read: the PDF library gave up on it (damaged, or over the memory limit).": (
        "PDF无法读取：文件已损坏，或所需内存超过上限。"
    ),
    "The PDF takes too long to read: it is damaged, or made to exhaust the reader.": (
        "PDF读取时间过长：文件已损坏，或是有意制作的。"
    ),
    "The PDF has no text layer (a scan, or empty pages): a scan needs text recognition (OCR).": (
        "PDF没有文字层（扫描件或空白页）：扫描件需要先做文字识别（OCR）。"
    ),
    "The PDF does not say which characters its fonts print (missing ToUnicode maps): "
    "text recognition (OCR) is needed.": "PDF的字体缺少编码表，读不出文字：需要先做文字识别（OCR）。",
    "The PDF has {n} pages, more than the {n} allowed: split it.": "PDF有{0}页，超过上限{1}页：请拆分后再试。",
    "The .docx file holds no text.": "Word文件里没有文字。",
    "The .docx file holds no text. It holds pictures: scanned pages need OCR.": (
        "Word文件里只有图片：扫描件需要先做文字识别（OCR）。"
    ),
    "The .docx file is protected by a password: save it without one and try again.": (
        "Word文件有密码：请另存为不加密的文件再试。"
    ),
    "The input is an old Office file (.doc, .xls), not .docx: save it in the new format.": (
        "这是旧版Office文件（.doc、.xls）：请另存为.docx再试。"
    ),
    "The page is longer than {n} characters; send one page at a time.": "内容超过{0}字：请一次只处理一个版面。",
    "The input is an image, not text: text recognition (OCR) is needed.": (
        "这是图片，不是文字：需要先做文字识别（OCR）。"
    ),
    "The input is {t}, not text: give a text, PDF, .docx or .html file.": (
        "文件里不是文字（{0}）：请给文本、PDF、.docx或.html文件。"
    ),
    "The input is empty: give a file with some text in it.": "文件是空的：请给有文字的文件。",
    "The input holds nothing printable: give a file with some text in it.": "文件里没有可见的文字：请给有文字的文件。",
    "The input is binary data, not text: only control characters are in it.": "这是二进制数据，不是文字。",
    "The input is binary data, not text: give a text file in UTF-8, UTF-16 or GB18030.": (
        "这是二进制数据，不是文字：请给UTF-8、UTF-16或GB18030编码的文本文件。"
    ),
    "The input is not text in a known encoding: save it as UTF-8 or GB18030 and try again.": (
        "认不出文件的文字编码，或不是文字：请另存为UTF-8或GB18030再试。"
    ),
    "{t}: there is no such file": "{0}：没有这个文件",
    "{t}: this is a folder": "{0}：这是文件夹",
    # keys, library, stored pages
    "a key of the scope {t}; keep it now, it is not shown again": "新密钥（权限{0}）：请立即保存，以后不再显示",
    "the key is revoked": "密钥已撤销",
    "removed": "已移除",
    "{n} of {n} texts are new in the library": "共{1}篇，新入库{0}篇",
    "{n} pages deleted": "已删除{0}个版面",
    "none of the files holds a text that can be read": "没有一个文件能读出文字",
    "the library has no central text that goes before the local one: add some": (
        "资料库里没有早于地方文本的中央文本：请先入库"
    ),
    "there is no key {t} that works; see `duizhao keys list`": "没有有效的密钥{0}：请看 duizhao keys list",
    "the library has no text {t}; see `duizhao library list`": "资料库里没有{0}：请看 duizhao library list",
    "no page is stored under {t}; see `duizhao stored list`": "没有保存编号为{0}的版面：请看 duizhao stored list",
    "{t} can be reached from other machines and there are no keys yet: make one with "
    "`duizhao keys create NAME`, or use --host 127.0.0.1": (
        "其他机器能访问{0}，而现在还没有密钥：请先用 duizhao keys create 名称 创建，或只用 --host 127.0.0.1"
    ),
    "the database cannot be opened ({t}): check DUIZHAO_DATA_DIR": "数据库打不开（{0}）：请检查 DUIZHAO_DATA_DIR",
    # batches
    "{t}: the same page as {t}, read once": "{0}与{1}是同一版面，只读一次",
    "{t}: passed over, its name does not tell a page": "{0}：文件类型不是版面，已略过",
    "{t}: there is no such file or folder": "{0}：没有这个文件或文件夹",
    "larger than {n} bytes; split it, or raise DUIZHAO_MAX_BYTES": "超过{0}字节，请拆分，或调高DUIZHAO_MAX_BYTES",
    "the file is empty": "文件是空的",
    "{t}: the zip archive is damaged; pack it again": "{0}：zip文件已损坏，请重新打包",
    "{t}: the zip archive holds no file": "{0}：zip文件里没有文件",
    "the zip archive is damaged; pack it again": "zip文件已损坏，请重新打包",
    "the zip archive holds no file": "zip文件里没有文件",
    "{t}: {n} files in one archive, more than the {n} allowed": "{0}：zip文件里有{1}个文件，超过上限{2}个",
    "{t}: more than {n} bytes when unpacked": "{0}：解包后超过{1}字节",
    "{t}: a file name in the archive points outside of it; pack it again": (
        "{0}：zip里的文件名指向外部，可能有恶意，请重新打包"
    ),
    "{t}: {t} is packed more than {n} times, as a zip bomb is": "{0}：{1}的压缩比超过{2}倍，像是压缩炸弹",
    "{t}: encrypted; pack it without a password": "{0}：已加密，请不加密码重新打包",
    "{t}: damaged in the archive; pack it again": "{0}：在zip文件里已损坏，请重新打包",
    "{t}: an archive inside an archive; unpack it first": "{0}：zip里还有zip，请先解包",
    "encrypted; pack it without a password": "已加密，请不加密码重新打包",
    "damaged in the archive; pack it again": "在zip文件里已损坏，请重新打包",
    "an archive inside an archive; unpack it first": "zip里还有zip，请先解包",
    "more than {n} pages in one job; send fewer at a time": "一次任务超过{0}版，请分批",
    "none of the pages could be read; the first: {t}": "没有一版能读；第一版：{0}",
    "a worker ended {n} times over this page: it takes too long, or too much memory": (
        "处理进程在这一版上中断{0}次：用时过长，或占用内存过多"
    ),
    "nothing was given; send at least one page": "没有给出任何版面",
    "the database refused the result again and again; retry the job when it is well": (
        "数据库一再拒绝写入，请待其恢复后重试任务"
    ),
    "{t}: no sentence was found in the text; there is nothing to summarize": "{0}：文中没有句子，无可摘编",
    "{t}: there is no such job": "{0}：没有这个任务",
    "{t}: the job is {t}; wait for its end or cancel it first": "{0}：任务状态为{1}，请等待结束或先取消",
    "{t}: the job was run {n} times, as often as is allowed": "{0}：任务已运行{1}次，不能再重试",
}
BLANK = re.compile(r"\\\{([nt])\\\}")
KINDS = {"n": r"(\d[\d.,]*%?)", "t": r"(.{1,200})"}


def saying(text: str) -> str:
    """A warning, method or reason in Chinese; one that is not known stays as it is."""
    known = SAYINGS.get(text)
    if known is not None:
        return known
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(text):
            return chinese.format(*found.groups())
    # "page: warning"
    subject, colon, rest = text.partition(": ")
    told = saying(rest) if colon else rest
    return f"{subject}：{told}" if told != rest else text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    def pattern(english: str) -> re.Pattern[str]:
        return re.compile(BLANK.sub(lambda blank: KINDS[blank[1]], re.escape(english)))

    return tuple((pattern(english), chinese) for english, chinese in SAYINGS.items() if "{" in english)
