"""Gathers linked parts into stories: `Parts` and `Links` in, `Story`s in reading order out, each part in one."""

from __future__ import annotations

from dataclasses import dataclass, field

from duizhao.segmenter.cues import PHOTO_OF
from duizhao.segmenter.drafts import RELATED, SHORT_CAPTION
from duizhao.segmenter.geometry_links import Links, jump_of
from duizhao.segmenter.geometry_parts import Caption, Parts
from duizhao.segmenter.geometry_scene import Item, Scene, overlap_x, overlap_y, union
from duizhao.segmenter.reading import bigrams
from duizhao.types.pages import Box

# A picture belongs to what is at most so far from it (shares of the page's height); beyond, it is a story of its own.
REACH = 0.06
# Ways from a picture to a story beside it or under it count more than to one above it.
BESIDE, BELOW = 1.6, 1.3


@dataclass
class Story:
    """Numbers of the parts of one article."""

    heads: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    jumps: list[int] = field(default_factory=list)

    def boxes(self, parts: Parts) -> list[Box]:
        """Boxes of all its parts."""
        found = [parts.heads[h].box for h in self.heads] + [parts.columns[c].box for c in self.columns]
        return found + [parts.captions[c].box for c in self.captions] + [parts.jumps[j].box for j in self.jumps]


def stories_of(scene: Scene, parts: Parts, links: Links) -> list[Story]:
    """The stories of a page in reading order."""
    stories = _chains(parts, links)
    for n, caption in enumerate(parts.captions):
        _place_caption(scene, parts, stories, n, caption)
    for n, jump in enumerate(parts.jumps):
        _place_jump(parts, stories, n, jump)
    return sorted(stories, key=lambda s: _reading(parts, s))


def _reading(parts: Parts, story: Story) -> tuple[float, float]:
    box = union(story.boxes(parts))
    return round(box.top / 12), box.left


def _chains(parts: Parts, links: Links) -> list[Story]:
    head_of = {column: head for head, column in links.first.items()}
    targets = set(links.after.values())
    stories = []
    for start in range(len(parts.columns)):
        if start in targets:
            continue
        story = Story(heads=[head_of[start]] if start in head_of else [], columns=[start])
        while story.columns[-1] in links.after:
            story.columns.append(links.after[story.columns[-1]])
        stories.append(story)
    idle = (h for h in range(len(parts.heads)) if h not in links.first)
    return stories + [Story(heads=[h]) for h in idle]


def _place_caption(scene: Scene, parts: Parts, stories: list[Story], number: int, caption: Caption) -> None:
    """A picture belongs to the nearest story above it in its columns, or beside it, in the same frame."""
    best: tuple[float, int] | None = None
    for n, story in enumerate(stories):
        for box, frame in _anchors(parts, story):
            if frame == caption.items[0].frame:
                way = _way(scene, box, caption.box)
                if way is not None and (best is None or way < best[0]):
                    best = way, n
    if best is None or best[0] > REACH * scene.height or _tells_its_own(parts, stories[best[1]], caption):
        stories.append(Story(captions=[number]))
    else:
        stories[best[1]].captions.append(number)


def _tells_its_own(parts: Parts, story: Story, caption: Caption) -> bool:
    """A picture with a story of its own: many words, and few of them come again in the article beside it."""
    text = "".join(i.text for i in caption.items)
    if PHOTO_OF.match(text) or len(text) <= SHORT_CAPTION or not story.columns:
        return False
    body = bigrams("".join(i.text for h in story.heads for i in parts.heads[h].items))
    body |= bigrams("".join(parts.columns[c].text for c in story.columns))
    words = bigrams(text)
    return len(words & body) < RELATED * len(words)


def _anchors(parts: Parts, story: Story) -> list[tuple[Box, int]]:
    heads = [(parts.heads[h].box, parts.heads[h].frame) for h in story.heads]
    return heads + [(parts.columns[c].box, parts.columns[c].frame) for c in story.columns]


def _way(scene: Scene, box: Box, picture: Box) -> float | None:
    """How far a part is from a picture, ways that are less usual counted longer; None where a rule is between."""
    if overlap_x(box, picture) > 0:
        upper, lower = (box, picture) if box.top < picture.top else (picture, box)
        if scene.ruled_off(upper, lower):
            return None
        gap = max(0.0, lower.top - upper.bottom)
        return gap if upper is box else gap * BELOW + scene.body
    if overlap_y(box, picture) > 0 and not scene.parted(box, picture):
        return -overlap_x(box, picture) * BESIDE
    return None


def _place_jump(parts: Parts, stories: list[Story], number: int, jump: Item) -> None:
    """A mark belongs to the column that it ends, else to the nearest part above it."""
    for story in stories:
        if any(jump_of(parts.columns[c], jump) for c in story.columns[-1:]):
            story.jumps.append(number)
            return
    best: tuple[float, int] | None = None
    for n, story in enumerate(stories):
        for box, frame in _anchors(parts, story):
            if frame == jump.frame:
                gap = jump.box.top - box.bottom
                down = gap if gap > -jump.size else 3 * abs(jump.box.bottom - box.top)
                # in a frame the mark stands at the right edge, however short the line above it
                way = down + (0.1 if frame >= 0 else 2.0) * max(0.0, -overlap_x(box, jump.box))
                if best is None or way < best[0]:
                    best = way, n
    if best is None:
        stories.append(Story(jumps=[number]))
    else:
        stories[best[1]].jumps.append(number)
