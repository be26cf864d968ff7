"""An outline in, the extractive summary of one length out: options, a selection by the model, a check, a fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.summarize import headline, meeting, vouch
from duizhao.summarize.assemble import assemble, printed
from duizhao.summarize.event import find_event
from duizhao.summarize.least import least
from duizhao.summarize.option import Option
from duizhao.summarize.options import SPEECH, options
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import Wording, squeeze
from duizhao.summarize.salience import Salience
from duizhao.types.summaries import Length, SourcedSentence
from duizhao_models import salience
from duizhao_models.base import Piece, Request, Summarizer
from duizhao_models.headline_net import line_features

ROUNDS = 24
# Options that are tried for the room that the selection leaves.
TRIES = 24
# Two pieces that share this much of the shorter one's bigrams say the same.
SAME = 0.6
# Room that is worth another try.
LEAST_ROOM = 4


@dataclass(frozen=True, slots=True)
class Extract:
    """Printed sentences with their sources; the text is their concatenation."""

    sentences: tuple[SourcedSentence, ...]

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(s.text for s in self.sentences)


def extract(outline: Outline, length: Length, limit: int, model: Summarizer, known: Salience) -> Extract:
    """The extractive summary of at most `limit` characters; empty only where no beginning of a sentence can be told."""
    if length == "headline":
        return _headline(outline, limit, model, known)
    found = options(outline, length, known)
    pieces = {id(o): p for o, p in zip(found, _pieces(outline, found), strict=True) if len(p.text) <= limit}
    found = every = [o for o in found if id(o) in pieces]
    best, worth, taken = Extract(()), 0.0, list[Option]()
    room, grown = limit, False
    for _ in range(ROUNDS):
        draft = model.summarize([Request(outline.text, tuple(pieces[id(o)] for o in found), room)])[0]
        chosen = [found[i] for i in draft.chosen]
        if not chosen:
            break
        sentences, unfit = assemble(outline.text, chosen, outline.genre)
        result = Extract(tuple(sentences))
        dropped = {chosen[i].slot for i in (*_repeats(outline.text, chosen), *_loose(outline, chosen))}
        if unfit or dropped:
            banned = {id(chosen[i]) for i in unfit}
            found = [o for o in found if id(o) not in banned and o.slot not in dropped]
            continue
        over = len(result.text) - limit
        value = sum(o.value for o in chosen)
        if over <= 0 and value > worth:
            best, worth, taken = result, value, chosen
        # marks and lead-ins that neighbours share cost less than was counted: what room they leave is tried once
        if over <= 0 and (grown or -over < LEAST_ROOM):
            break
        grown = grown or over <= 0
        room -= over if over > 0 else over - 1
        if room <= 0:
            break
    if not best.sentences:
        return Extract(least(outline, find_event(outline, known), limit))
    return _filled(outline, best, taken, every, {key: len(p.text) for key, p in pieces.items()}, limit)


def _filled(
    outline: Outline, best: Extract, taken: list[Option], every: Sequence[Option], sizes: dict[int, int], limit: int
) -> Extract:
    """The extract with what else has room: sentences that were set aside while another selection was tried."""
    rest = sorted((o for o in every if o.value > 0), key=lambda o: -o.value)
    for _ in range(TRIES):
        room, slots = limit - len(best.text), {o.slot for o in taken}
        fitting = [o for o in rest if sizes[id(o)] <= room and o.slot not in slots]
        if not fitting:
            break
        rest.remove(fitting[0])
        more = sorted([*taken, fitting[0]], key=lambda o: o.slot)
        sentences, unfit = assemble(outline.text, more, outline.genre)
        result = Extract(tuple(sentences))
        if len(result.text) <= limit and not (unfit or _repeats(outline.text, more) or _loose(outline, more)):
            best, taken = result, more
    return best


def reading(outline: Outline, most: int, known: Salience) -> str:
    """The sentences of most worth in their order, at most `most` characters: what a model reads of a long text."""
    text, room, kept = outline.text, most, []
    worth = {
        n: sum(known.density.get(c.start, 0.0) for c in s.clauses) / max(1, len(s.clauses)) - 0.0005 * n
        for n, s in enumerate(outline.sentences)
    }
    for number in sorted(worth, key=lambda n: -worth[n]):
        sentence = outline.sentences[number]
        size = sentence.end - sentence.start + len(sentence.mark) + 1
        if size <= room:
            kept.append(number)
            room -= size
    lines: dict[int, str] = {}
    for number in sorted(kept):
        sentence = outline.sentences[number]
        words = squeeze(text[sentence.start : sentence.end]) + sentence.mark
        lines[sentence.paragraph] = lines.get(sentence.paragraph, "") + words
    return "\n".join(lines.values())


def request(outline: Outline, found: Sequence[Option], room: int, prompt: str = "") -> Request:
    """What the back end sees: pieces with their closing mark, fullest wording of a slot first."""
    return Request(outline.text, _pieces(outline, found), room, prompt)


def _pieces(outline: Outline, found: Sequence[Option]) -> tuple[Piece, ...]:
    return tuple(Piece(o.wording.text(outline.text) + "。", o.value, o.slot, o.group, o.required) for o in found)


def _headline(outline: Outline, limit: int, model: Summarizer, known: Salience) -> Extract:
    every = headline.candidates(outline, limit, known)
    every.sort(key=lambda pair: (pair[0].sentence, pair[0].first, -len(pair[0].text)))
    lines = [c for c, _ in every]
    kept = None if known.kept is None else line_features(known.kept, [c.spans for c in lines])
    salient = salience.headline_scores(outline.text, lines, kept)
    bearing = vouch.Bearing(outline, known)
    rated = [float(x) + bearing(c) for c, x in zip(lines, salient, strict=True)]
    sound = [i for i, (c, w) in enumerate(every) if vouch.vouched(outline, c, w)]
    wordings, scores = [every[i][1] for i in sound], [rated[i] for i in sound]
    if len(sound) < len(every):
        best = max(range(len(every)), key=rated.__getitem__)
        for line in headline.with_denial(outline, every[best][0].sentence, every, limit):
            wordings.append(line)
            scores.append(rated[best] + len(line.text(outline.text)) / limit)
    titled = headline.notice(outline, limit)
    if titled:
        wordings.append(titled)
        scores.append(max(scores, default=0.0) + 0.1)
    elif outline.genre in vouch.OFFICIAL and sound:
        told = _meeting_line(outline, limit, known)
        best = max(range(len(wordings)), key=scores.__getitem__)
        second = [o for o in options(outline, "brief", known) if not o.required]
        longer = told or headline.with_matter(outline.text, wordings[best], second, limit)
        if longer:
            wordings.append(longer)
            scores.append(scores[best] + 0.1)
    # all lines in one slot: the model takes one; values are made positive, so that any line beats none
    pieces = [Piece(w.text(outline.text), 2.0 + x) for w, x in zip(wordings, scores, strict=True)]
    left = list(range(len(wordings)))
    while left:
        draft = model.summarize([Request(outline.text, tuple(pieces[i] for i in left), limit)])[0]
        if not draft.chosen:
            break
        index = left.pop(draft.chosen[0])
        sentence = printed(outline.text, wordings[index])
        if sentence:
            return Extract((SourcedSentence(pieces[index].text, sentence.sources),))
    return Extract(least(outline, find_event(outline, known), limit, line=True))


def _meeting_line(outline: Outline, limit: int, known: Salience) -> Wording | None:
    """The line that tells most of what a meeting did within the limit."""
    event = find_event(outline, known)
    lines = [(w.trimmed(outline.text), share) for w, share in meeting.tellings(outline, event, dated=False)]
    fitting = [(share, len(w.text(outline.text)), w) for w, share in lines if len(w.text(outline.text)) <= limit]
    return max(fitting, key=lambda f: f[:2])[2] if fitting else None


def _repeats(text: str, chosen: Sequence[Option]) -> list[int]:
    """Places of options that repeat an earlier one, the lower valued of the two first."""
    grams = [set(salience.bigrams(o.wording.text(text))) for o in chosen]
    told = {o.told for o in chosen}
    found = [i for i, o in enumerate(chosen) if o.number in told]
    for later in range(len(chosen)):
        for earlier in range(later):
            shorter = min(len(grams[later]), len(grams[earlier])) or 1
            if len(grams[later] & grams[earlier]) / shorter > SAME:
                found.append(later if chosen[later].value <= chosen[earlier].value else earlier)
    return found


def _loose(outline: Outline, chosen: Sequence[Option]) -> list[int]:
    """Places of options that may be told only after the words of the one who spoke before, where these are not told."""
    told = {o.group for o in chosen if not o.tied}
    for option in chosen:
        said = outline.speech[option.told] if option.told >= 0 else None
        if said:
            told.add(SPEECH + said.block)
    return [i for i, o in enumerate(chosen) if o.tied and o.group not in told]
