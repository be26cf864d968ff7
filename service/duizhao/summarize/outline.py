"""A document in, its outline out: sentences, what may be cut from them, who speaks, lists, papers and the genre."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from duizhao.summarize.clean import ENDS, is_attendance, paragraphs
from duizhao.summarize.denials import Denial, denials
from duizhao.summarize.fold import Fold, folds
from duizhao.summarize.genre import genre_of
from duizhao.summarize.shorten import Cut, cuts
from duizhao.summarize.speech import LEAD_IN, VERB, Speech, speeches
from duizhao.summarize.split import Clause, Sentence, split
from duizhao.summarize.whose import addressed
from duizhao.types.articles import Document, Genre
from duizhao.types.pages import Span

# What is read at most: the news stands at the beginning, and time must not grow with the square of the length.
LONGEST_READ = 60_000
LONGEST_SENTENCE = 1_500
MOST_SENTENCES = 1_500
MOST_CLAUSES = 60
RUN_ON = re.compile(rf"(?:指示|讲话|批示|致辞|座谈|调研|考察)(?P<verb>时?{VERB})$")
NO_NEWS = re.compile(
    r"请予审议|^(?:现在，我)?代表[^，。]{2,30}(?:报告工作|作(?:政府)?工作报告)|^(?:各位代表|各位委员|同志们)|^(?:来看|请看|详细内容|更多|下面|本台记者|各位观众|欢迎收看|敬请|更多内容|记者了解到$)"
)
# What was done while it was said is the news: 近日在清泽市考察时强调, 就防汛工作作出重要指示强调.
DEED = re.compile(r"(?:近日|[日号]|今天).{0,20}(?:考察|调研|指示|批示)时?[^，]{2,4}$")


@dataclass(frozen=True, slots=True)
class Outline:
    """What the summarizer knows of a text. `speech[i]`, `cuts`, `denials[i]` belong to `sentences[i]`."""

    text: str
    title: str
    genre: Genre
    sentences: tuple[Sentence, ...]
    speech: tuple[Speech | None, ...]
    folds: tuple[Fold, ...]
    denials: dict[int, Denial]
    crossheads: tuple[Span, ...]
    truncated: bool
    _cuts: dict[int, list[Cut]] = field(default_factory=dict)

    def cuts(self, sentence: Sentence) -> list[Cut]:
        """What may be left out of a sentence; found when first asked for."""
        if sentence.start not in self._cuts:
            end = min(sentence.end, sentence.start + LONGEST_SENTENCE)
            self._cuts[sentence.start] = cuts(self.text, sentence.start, end)
        return self._cuts[sentence.start]


def outline(document: Document, max_characters: int) -> Outline:
    """Read a document as far as `max_characters` (and never further than the news can stand)."""
    limit = min(len(document.text), max_characters, LONGEST_READ)
    text = document.text[:limit]
    parts = paragraphs(text)
    body = [p.span for p in parts if p.kind == "body"]
    crossheads = tuple(p.span for p in parts if p.kind == "crosshead")
    if not body:
        body = [p.span for p in parts if p.kind in ("crosshead", "attendance") and p.span.end > p.span.start]
    every = split(text, body)[:MOST_SENTENCES]
    sentences = [
        part
        for sentence in [s for s in every if not _idle(text, s, first=s is every[0])] or every
        for part in _parted(text, replace(sentence, clauses=sentence.clauses[:MOST_CLAUSES]))
    ]
    if len(sentences) > 1 and _broken_off(text, sentences[-1]):
        sentences.pop()
    genre = genre_of(document, text, sentences)
    return Outline(
        text,
        document.title,
        genre,
        tuple(sentences),
        tuple(speeches(text, sentences, genre)),
        tuple(folds(text, sentences)),
        denials(text, sentences, genre),
        crossheads,
        limit < len(document.text.rstrip()),
    )


def _idle(text: str, sentence: Sentence, *, first: bool) -> bool:
    words = text[sentence.start : min(sentence.end, sentence.start + 400)]
    return bool(NO_NEWS.search(words)) or addressed(text, sentence) or (not first and is_attendance(words))


def _broken_off(text: str, sentence: Sentence) -> bool:
    """Whether the last sentence stops without a mark: it goes on elsewhere (下转2版), and how is not known."""
    return not sentence.mark and text[sentence.end - 1] not in ENDS


def _parted(text: str, sentence: Sentence) -> list[Sentence]:
    """An event that runs into its speech (…作出重要指示强调，要…) as two sentences: the event, and what was said."""
    first = sentence.clauses[0]
    words = text[first.start : first.end]
    match = RUN_ON.search(words[-40:]) if len(words) <= 300 else None
    if not match or len(sentence.clauses) < 2 or (LEAD_IN.match(words + "，") and not DEED.search(words)):
        return [sentence]
    end = first.end - min(40, len(words)) + match.start("verb")
    event = Sentence(sentence.start, end, "", (Clause(first.start, end),), sentence.paragraph)
    rest = sentence.clauses[1:]
    return [event, Sentence(rest[0].start, sentence.end, sentence.mark, rest, sentence.paragraph)]
