"""Page head, page foot and advertisements by their place: a `Scene` and roles by cue in, roles by line number out."""

from __future__ import annotations

import re

from duizhao.segmenter.furniture import DATE, FOLIO, MASTHEAD, PUBLIC_AD
from duizhao.segmenter.geometry_scene import Item, Scene, centre, inside

# The page head lies above a rule across the page in the upper part; the foot below one at the bottom (shares).
HEAD_ZONE, FOOT_ZONE, ACROSS = 0.16, 0.94, 0.8
# Folio, date, masthead and editors stand in the outer parts of a page.
UPPER, LOWER = 0.2, 0.88
# The name of a paper is at least so large (body sizes); smaller is the name of a section.
MASTHEAD_SIZE = 1.6
# A framed item with so little text is an advertisement when it says so.
SMALL_AD = 120
LEAF_NUMBER = re.compile(r"^[0-9]{1,4}$")
PLACED = frozenset({"folio", "date", "masthead", "section", "cn_number", "slogan", "weather"})


def page_furniture(scene: Scene, roles: dict[int, str]) -> dict[int, str]:
    """Roles by cue that agree with the place, and what stands beyond the rules of the page head and foot."""
    found = {}
    bounds = _bounds(scene)
    for item in scene.items:
        role = roles.get(item.index) or _beyond_rules(scene, item, *bounds) or _leaf(scene, item)
        if role == "masthead" and not _is_largest(scene, item):
            role = "section"
        if role and (role not in PLACED or not _in_the_middle(scene, item)):
            found[item.index] = role
    return found | _advertisements(scene, found)


def _in_the_middle(scene: Scene, item: Item) -> bool:
    return UPPER * scene.height < item.box.top and item.box.bottom < LOWER * scene.height


def _beyond_rules(scene: Scene, item: Item, head: float, foot: float) -> str | None:
    """Role of a line above the rule under the page head, or below the rule over the foot."""
    if item.box.bottom <= head + 1:
        return _head_role(scene, item)
    return "other" if item.box.top >= foot - 1 else None


def _leaf(scene: Scene, item: Item) -> str | None:
    """A bare number alone at the very top or bottom is the page number of a report."""
    at_edge = item.box.bottom < (1 - LOWER) * scene.height or item.box.top > LOWER * scene.height
    alone = not any(o is not item and o.box.top < item.box.bottom and o.box.bottom > item.box.top for o in scene.items)
    return "folio" if at_edge and alone and LEAF_NUMBER.match(item.text.strip()) else None


def _bounds(scene: Scene) -> tuple[float, float]:
    """Bottom of the page head and top of the foot (the page's edges where no rule shows them)."""
    width = _print_width(scene)
    wide = [r for r in scene.across if r.right - r.left > ACROSS * width]
    head = max((r.bottom for r in wide if r.top < HEAD_ZONE * scene.height), default=0.0)
    foot = min((r.top for r in wide if r.top > FOOT_ZONE * scene.height), default=scene.height + 1)
    above = [i for i in scene.items if i.box.bottom <= head + 1]
    running = [i for i in above if abs(i.size - scene.body) < 0.3 and len(i.text) > 8]
    # a rule under the lead story is not the rule of the page head
    return (head if len(running) < 6 else 0.0), foot


def _print_width(scene: Scene) -> float:
    if not scene.items:
        return scene.width
    return max(i.box.right for i in scene.items) - min(i.box.left for i in scene.items)


def _head_role(scene: Scene, item: Item) -> str:
    bare = item.text.strip()
    if FOLIO.match(bare):
        return "folio"
    if DATE.search(bare):
        return "date"
    return "masthead" if MASTHEAD.match(bare) and _is_largest(scene, item) else "other"


def _is_largest(scene: Scene, item: Item) -> bool:
    """The name of the paper is set larger than all that stands beside and over it."""
    largest = max(i.size for i in scene.items if i.box.bottom <= item.box.bottom + item.size)
    return item.size >= largest and item.size > MASTHEAD_SIZE * scene.body


def _advertisements(scene: Scene, roles: dict[int, str]) -> dict[int, str]:
    """All lines of a framed advertisement that says what it is."""
    found: dict[int, str] = {}
    for number, frame in enumerate(scene.frames):
        items = [i for i in scene.items if i.frame == number or inside(*centre(i.box), frame)]
        if any(PUBLIC_AD.match(i.text.strip()) for i in items) and sum(len(i.text) for i in items) <= SMALL_AD:
            found |= {i.index: "advertisement" for i in items}
    return found
