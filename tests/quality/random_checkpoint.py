"""Random models with a tokenizer of their own, made in a moment: tiny ones for tests, one as slow as a trained one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duizhao.demo import sample_page


def make_checkpoint(folder: Path) -> Path:
    """A T5 of four layers and 256 numbers a token, some 8 million weights, that knows the words of the bundled page."""
    tokenizer = make_tokenizer(folder, sample_page(), pieces=2000)
    sizes = {"d_model": 256, "d_kv": 64, "d_ff": 1024, "num_layers": 4, "n_positions": 512}
    return save_seq2seq(tokenizer, folder / "checkpoint", **sizes)


def make_tokenizer(folder: Path, text: bytes, pieces: int) -> Any:
    """A unigram tokenizer of at most so many pieces, trained by sentencepiece on this text."""
    import sentencepiece
    from transformers import T5Tokenizer

    (folder / "text").write_bytes(text)
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"),
        model_prefix=str(folder / "pieces"),
        vocab_size=pieces,
        character_coverage=1.0,
        hard_vocab_limit=False,
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        minloglevel=2,
    )
    found = sentencepiece.SentencePieceProcessor(model_file=str(folder / "pieces.model"))
    vocabulary = [(found.id_to_piece(i), found.get_score(i)) for i in range(found.get_piece_size())]
    return T5Tokenizer(vocab=vocabulary, extra_ids=0)


def save_seq2seq(tokenizer: Any, folder: Path, **sizes: int) -> Path:
    """A random T5 of these sizes with four heads, saved as safetensors."""
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    torch.manual_seed(0)
    config = T5Config(vocab_size=len(tokenizer), num_heads=4, decoder_start_token_id=0, **sizes)
    T5ForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
