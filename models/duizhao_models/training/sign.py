"""A checkpoint folder in; its manifest with the checksum of every file of weights, statistics or pieces out.

python -m duizhao_models.training.sign [DIRECTORY]        after any file of models/duizhao_models/checkpoints changed
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from duizhao_models import encoder

SIGNED = (".safetensors", ".model", ".txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, nargs="?", default=encoder.CHECKPOINT)
    sign(parser.parse_args().directory)


def sign(directory: Path) -> None:
    """Write the checksums of all files of the folder whose ending is in SIGNED into its manifest."""
    path = directory / encoder.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    files = sorted(file for file in directory.iterdir() if file.suffix in SIGNED)
    manifest["sha256"] = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
