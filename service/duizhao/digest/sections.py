"""A digest in, what a reader of many pages needs out: sections by theme and level, the main news, counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.digest.build import LEVEL_ORDER
from duizhao.types.articles import Level
from duizhao.types.digests import Digest, DigestEntry

# a digest of so few articles is read as it stands
LONG = 12
MOST_HIGHLIGHTS = 10
# what makes an article main news within its level: a front page, a meeting or statement, each reprint up to some
FRONT, TOLD, MOST_POINTS = 2, 2, 3
GENRES = ("readout", "meeting_report", "work_report")


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one theme and level."""

    level: Level | None
    entries: tuple[DigestEntry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A theme (an empty name: none showed) with its entries by level, and how many there are of each level."""

    theme: str
    groups: tuple[Group, ...]
    counts: dict[Level | None, int]

    @property
    def total(self) -> int:
        """Entries of the section."""
        return sum(self.counts.values())


def is_long(d: Digest) -> bool:
    """Whether the digest is one of many articles from several pages."""
    return len(d.pages) > 1 and len(d.entries) > LONG


def sections(d: Digest) -> tuple[Section, ...]:
    """The entries by their first theme, the theme with most entries first, those without one last."""
    by_theme: dict[str, list[DigestEntry]] = defaultdict(list)
    for entry in d.entries:
        by_theme[entry.themes[0] if entry.themes else ""].append(entry)
    order = sorted(by_theme, key=lambda theme: (not theme, -len(by_theme[theme])))
    return tuple(_section(theme, by_theme[theme]) for theme in order)


def level_counts(d: Digest) -> dict[Level | None, int]:
    """Entries by level, in the order of levels; levels without one too."""
    found = Counter(entry.article.identity.level for entry in d.entries)
    return {level: found[level] for level in LEVEL_ORDER}


def highlights(d: Digest) -> tuple[DigestEntry, ...]:
    """The main news: by level, then front pages, meetings and statements, and what was printed most often."""
    numbers = {page.id: page.number for page in d.pages}

    def weight(entry: DigestEntry) -> tuple[int, int]:
        a = entry.article
        points = min(len(entry.reprints), MOST_POINTS)
        points += FRONT * (numbers.get(a.page_id) == 1) + TOLD * (a.identity.genre in GENRES)
        return LEVEL_ORDER[a.identity.level], -points

    return tuple(sorted(d.entries, key=weight)[:MOST_HIGHLIGHTS])


def reprint_count(d: Digest) -> int:
    """Articles that were merged into others."""
    return sum(len(entry.reprints) for entry in d.entries)


def _section(theme: str, entries: Sequence[DigestEntry]) -> Section:
    by_level: dict[Level | None, list[DigestEntry]] = {level: [] for level in LEVEL_ORDER}
    for entry in entries:
        by_level[entry.article.identity.level].append(entry)
    groups = tuple(Group(level, tuple(found)) for level, found in by_level.items() if found)
    return Section(theme, groups, {level: len(found) for level, found in by_level.items()})
