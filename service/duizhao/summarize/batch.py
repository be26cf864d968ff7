"""Documents in, a `Summary` or a `Failure` for each out, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duizhao.errors import DuizhaoError, EmptyInput, ModelNotAvailable, NotText
from duizhao.summarize import generated
from duizhao.summarize.extract import Extract, extract
from duizhao.summarize.misread import garbled
from duizhao.summarize.outline import Outline, outline
from duizhao.summarize.people import NAME
from duizhao.summarize.salience import Salience, weigh
from duizhao.types.articles import Document
from duizhao.types.digests import Failure
from duizhao.types.summaries import BUDGETS, LENGTHS, Length, SourcedSentence, Summary
from duizhao_models import registry
from duizhao_models.base import Draft, ModelUnavailable, Request, Summarizer

DEFAULT_MAX_CHARACTERS = 2_000_000
WRITTEN = re.compile(r"\w")
# Words parted by white space alone: names on an invitation, no sentence.
WORD = re.compile(r"[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+")
FEWEST_WORDS = 3
# Texts that are read at a time: what is known of a text takes more than a megabyte.
SHARE = 32


def summarize(
    documents: Sequence[Document],
    *,
    model: Summarizer | None = None,
    lengths: Sequence[Length] = LENGTHS,
    max_chars: int | None = None,
    max_characters: int = DEFAULT_MAX_CHARACTERS,
    encoder: bool = True,
    threads: int = 1,
) -> list[Summary | Failure]:
    """Summaries of the lengths asked for, never longer than their budgets.

    `max_chars` goes in place of the budget where one single length is asked for. What cannot be summarized becomes
    a `Failure` with the name of the error as its type. With `encoder` the shipped network weighs the clauses (on so
    many torch threads), else a linear model that needs no torch.
    """
    chooser: Summarizer = registry.build("summarizer", "extractive")
    back_end = model or chooser
    limits = {length: max_chars if max_chars and len(lengths) == 1 else BUDGETS[length] for length in lengths}
    threads = threads if encoder else 0
    if back_end.card.method == "extractive":
        shares = (documents[i : i + SHARE] for i in range(0, len(documents), SHARE))
        return [
            r
            if isinstance(r, Failure)
            else _result(r, {n: extract(r.outline, n, m, back_end, r.known) for n, m in limits.items()}, back_end)
            for share in shares
            for r in _read(share, max_characters, threads)
        ]
    return _generate(_read(documents, max_characters, threads), limits, back_end, chooser)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document, its outline, and the salience of its clauses."""

    document: Document
    outline: Outline
    known: Salience


def _read(documents: Sequence[Document], most: int, threads: int) -> list[_Reading | Failure]:
    outlines = [_outline(d, most) for d in documents]
    known = iter(weigh([o for o in outlines if isinstance(o, Outline)], threads=threads))
    return [
        o if isinstance(o, Failure) else _Reading(d, o, next(known)) for d, o in zip(documents, outlines, strict=True)
    ]


def _outline(document: Document, most: int) -> Outline | Failure:
    try:
        _check(document)
        read = outline(document, most)
        if not read.sentences:
            raise EmptyInput(f"{document.id}: no sentence was found in the text; there is nothing to summarize")
        return read
    except DuizhaoError as error:
        return Failure(document.id, "summarize", type(error).__name__, str(error))


def _generate(
    readings: Sequence[_Reading | Failure], limits: dict[Length, int], model: Summarizer, chooser: Summarizer
) -> list[Summary | Failure]:
    asked = [
        (r, n, m, generated.request(r.outline, n, m, r.known))
        for r in readings
        if isinstance(r, _Reading)
        for n, m in limits.items()
    ]
    answers = iter(_drafts(model, [a[3] for a in asked]))
    results: list[Summary | Failure] = []
    for reading in readings:
        if isinstance(reading, Failure):
            results.append(reading)
            continue
        drafts = {n: next(answers) for n in limits}
        failed = next((d for d in drafts.values() if isinstance(d, str)), None)
        if failed is not None:
            results.append(Failure(reading.document.id, "summarize", ModelNotAvailable.__name__, failed))
            continue
        checked = {
            n: generated.check(
                d.text, reading.outline, n, limits[n], extract(reading.outline, n, limits[n], chooser, reading.known)
            )
            for n, d in drafts.items()
            if isinstance(d, Draft)
        }
        cut = any(isinstance(d, Draft) and d.truncated for d in drafts.values())
        results.append(_result(reading, checked, model, sum(c.replaced for c in checked.values()), cut))
    return results


def _drafts(model: Summarizer, requests: Sequence[Request]) -> list[Draft | str]:
    """One draft a request, or why there is none. A batch that fails is asked again one by one."""
    try:
        return list(model.summarize(requests))
    except ModelUnavailable as error:
        return [str(error)] * len(requests)
    except Exception as error:  # a back end may raise anything; one bad text must not cost the others
        if len(requests) == 1:
            return [f"{model.card.name}: {type(error).__name__}: {error}"]
        return [_drafts(model, [r])[0] for r in requests]


def _result(
    reading: _Reading,
    made: dict[Length, Extract] | dict[Length, generated.Checked],
    model: Summarizer,
    replaced: int = 0,
    cut: bool = False,
) -> Summary | Failure:
    document = reading.document
    longest = made[max(made, key=LENGTHS.index)]
    if not longest.text:
        return Failure(
            document.id,
            "summarize",
            EmptyInput.__name__,
            f"{document.id}: nothing in the text fits the length asked for",
        )
    sentences: tuple[SourcedSentence, ...] = longest.sentences
    return Summary(
        document.id,
        {length: one.text for length, one in made.items()},
        sentences,
        "extractive" if model.card.method == "extractive" else "abstractive",
        model.card.name
        if not model.card.revision or model.card.method == "extractive"
        else f"{model.card.name}:{model.card.revision}",
        len(document.text),
        truncated=reading.outline.truncated or cut,
        warnings=(*document.warnings, *_unread(reading.outline, cut)),
        continued=document.continued,
        replaced_sentences=replaced,
        prompt_digest=generated.prompt().digest if model.card.prompted else None,
    )


def _unread(outline: Outline, cut: bool) -> Iterator[str]:
    """What of a text was not read."""
    if outline.truncated:
        yield f"truncated: only the first {len(outline.text)} characters were summarized"
    elif cut:
        yield "truncated: the model read only the beginning of the text"


def _check(document: Document) -> None:
    text = document.text
    if not text.strip():
        raise EmptyInput(f"{document.id}: the text is empty; there is nothing to summarize")
    if not WRITTEN.search(text):
        raise EmptyInput(
            f"{document.id}: the text has marks alone, no letter and no figure; there is nothing to summarize"
        )
    if garbled(text):
        raise NotText(f"{document.id}: the text is garbled (wrong encoding?); decode it again, for example as GB18030")
    words = text.split()
    named = sum(re.fullmatch(NAME, w) is not None for w in words)
    if len(words) >= FEWEST_WORDS and all(map(WORD.fullmatch, words)) and 2 * named > len(words):
        raise EmptyInput(f"{document.id}: the text is a bare list of names; there is nothing to summarize")
