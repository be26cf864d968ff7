"""Units of policy texts in (JSON lines with "text", see duizhao.compare.background_units); their statistics out.

python -m duizhao_models.training.background_statistics --units units.jsonl --out models/duizhao_models/checkpoints
python -m duizhao_models.training.background_statistics --cohort-only --out models/duizhao_models/checkpoints

The second form works out the encoder's vectors of the cohort again, after a change of the encoder or of cohort.txt.
Both forms write the checksums of all files into the manifest.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duizhao_models import background, encoder
from duizhao_models.training.sign import sign

VECTORS = "cohort.safetensors"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=Path)
    parser.add_argument("--cohort-only", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if args.units and not args.cohort_only:
        with args.units.open(encoding="utf-8") as lines:
            save_table(args.out, table(json.loads(line)["text"] for line in lines))
    save_cohort(args.out)
    sign(args.out)


def table(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Inverse document frequency of each bucket, log((1 + n) / (1 + df)), in units of background.STEP."""
    seen = np.zeros(1 << background.BITS, dtype=np.int64)
    count = 0
    for text in texts:
        seen[np.unique(background.grams("".join(text.split())))] += 1
        count += 1
    idf = np.log((1 + count) / (1 + seen))
    return np.clip(np.round(idf / background.STEP), 0, 255).astype(np.uint8)


def save_table(out: Path, idf: NDArray[np.uint8]) -> None:
    from safetensors.numpy import save_file

    save_file({"idf": idf}, out / background.TABLE)


def save_cohort(out: Path) -> None:
    from safetensors.numpy import save_file

    vectors = encoder.load(out).embed(background.cohort(out))
    save_file({"vectors": vectors.astype(np.float16)}, out / VECTORS)


if __name__ == "__main__":
    main()
