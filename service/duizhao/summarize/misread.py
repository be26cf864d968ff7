"""A text in, whether its bytes were decoded wrongly (so that it holds no words at all) out."""

from __future__ import annotations

import re

READ = 5_000
# More replacement or control characters than this share: bytes that were decoded wrongly, or no text at all.
GARBLED = 0.1
# What UTF-8 replacement characters and uninitialised memory look like when they are read as GBK.
FILLED = re.compile("锟斤拷|(?:烫烫|屯屯)+|ï¿½")
# The comma and the full stop of a text in UTF-8 that was read as GBK; Chinese has next to no use for these characters.
AS_GBK = re.compile("[锛銆鈥]")
# The bytes 80 to 9F are control characters in Latin-1 and these in Windows-1252.
WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# A Chinese character in UTF-8 has three bytes, the first of them E3 to E9; no language writes such letters like that.
UTF8_AS_LATIN = re.compile(rf"[ã-é][\x80-\xbf{WINDOWS}]{{2}}|[ÃÂ][\x80-\xbf]")
# In GBK it has two, mostly of A1 to FE: runs of letters that French, German or Vietnamese do not have.
GBK_AS_LATIN = re.compile(r"[\xa1-\xfe]{4,}")


def garbled(text: str) -> bool:
    """Whether a good share of the beginning of a text is what comes of a wrong encoding."""
    head = text[:READ]
    odd = 10 * len(AS_GBK.findall(head))
    odd += sum(c == "\ufffd" or (ord(c) < 32 and c not in "\n\r\t\f\v") for c in head)
    odd += sum(len(m) for pattern in (FILLED, UTF8_AS_LATIN) for m in pattern.findall(head))
    odd += sum(len(m) for m in GBK_AS_LATIN.findall(head) if _chinese(m))
    return odd > GARBLED * len(head)


def _chinese(run: str) -> bool:
    """Whether letters are the bytes of Chinese characters of GB 2312."""
    data = run.encode("latin-1")
    read = (data[: len(data) // 2 * 2].decode("gb2312", errors="replace"), data[1:].decode("gb2312", errors="replace"))
    return any(sum("\u3001" <= c <= "\u9fff" or "\uff00" <= c <= "\uff5e" for c in r) >= 0.8 * len(r) for r in read)
