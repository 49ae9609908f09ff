"""``python -m tools.train_ner all --data DIR --out DIR [--seed N]``, or its steps one by one. See README.md."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from pratique.detect.ner.pieces import Pieces
from tools.train_ner import calibrate, card, evaluate, export, learn, mix, net
from tools.train_ner.encoder import read_encoder, read_tokenizer
from tools.train_ner.pieces import lines
from tools.train_ner.records import training_files
from tools.train_ner.tags import TAGS
from tools.train_ner.vocabulary import kept_pieces, kept_words

ROOT = Path(__file__).resolve().parent.parent.parent
LAYERS = 8
DROPOUT = 0.1
KEPT, PIECES, RUN, MODEL, FIGURES = "kept.npy", "pieces.txt", "run", "model", "figures.json"
CARD = "MODEL_CARD.md"


def prepare(given: argparse.Namespace) -> None:
    """Choose the pieces to keep; write them as ``kept.npy`` and ``pieces.txt``. Nothing where they are there."""
    given.out.mkdir(parents=True, exist_ok=True)
    if (given.out / KEPT).exists():
        return
    tokenizer = read_tokenizer(given.encoder)
    keep = kept_pieces(tokenizer, training_files(given.data), ROOT)
    (given.out / PIECES).write_text(lines(tokenizer, keep), encoding="utf-8", newline="\n")
    np.save(given.out / KEPT, np.array(keep, np.int32))
    print(f"prepare: {len(keep):,} of {len(tokenizer.pieces):,} pieces kept")


def train(given: argparse.Namespace) -> None:
    """Train, from the checkpoint where there is one."""
    torch.set_flush_denormal(True)
    if given.threads:
        torch.set_num_threads(given.threads)
    folder = given.out / RUN
    folder.mkdir(parents=True, exist_ok=True)
    encoder = read_encoder(given.encoder)
    plan = learn.Plan(seed=given.seed)
    plan = replace(
        plan,
        pieces=given.pieces or plan.pieces,
        synthetic=plan.synthetic if given.synthetic is None else given.synthetic,
        rate=given.rate or plan.rate,
    )
    shape = net.Shape(LAYERS, encoder.heads, encoder.epsilon, DROPOUT)
    first = net.first_weights(encoder, LAYERS, export.POSITIONS, len(TAGS), given.seed)
    words = kept_words(encoder, np.load(given.out / KEPT).tolist())
    trainer = learn.Trainer(folder, plan, shape, words, first)
    trainer.run(mix.sources(given.data), Pieces.load(given.out / PIECES))


def write(given: argparse.Namespace) -> None:
    """Write the model's folder from the newest checkpoint, and calibrate its scores."""
    encoder, tokenizer = read_encoder(given.encoder), read_tokenizer(given.encoder)
    words = kept_words(encoder, np.load(given.out / KEPT).tolist())
    made_of = {
        "digests": export.digests(given.data, encoder, tokenizer),
        "command": f"python -m tools.train_ner all --seed {given.seed}",
    }
    pieces = (given.out / PIECES).read_text(encoding="utf-8")
    examples = mix.examples(mix.sources(given.data), Pieces.load(given.out / PIECES), given.seed)
    export.export(given.out / MODEL, pieces, given.out / RUN, words, examples, made_of)
    export.set_calibration(given.out / MODEL, calibrate.calibration(given.out / MODEL, given.data))


def measure(given: argparse.Namespace) -> None:
    """Measure the exported files on the parts that are kept for it; write ``figures.json`` and the card."""
    figures = evaluate.figures(given.out / MODEL, given.data, given.part)
    (given.out / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    config = json.loads((given.out / MODEL / export.CONFIG).read_bytes())
    pieces = len(np.load(given.out / KEPT))
    (given.out / MODEL / CARD).write_text(card.card(config, pieces, figures), encoding="utf-8")
    print(evaluate.table(figures))


def everything(given: argparse.Namespace) -> None:
    """All steps."""
    for step in (prepare, train, write, measure):
        step(given)


STEPS = {"prepare": prepare, "train": train, "export": write, "evaluate": measure, "all": everything}


def main() -> int:
    """Run one step; 2 where the arguments do not hold."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_ner", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--data", type=Path, required=True, help="the folder of labelled text")
    parser.add_argument("--out", type=Path, required=True, help="the folder to work in; the model comes to OUT/model")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the encoder's two packages")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pieces", type=int, default=0, help="how long to train")
    parser.add_argument("--rate", type=float, default=0.0, help="the highest learning rate")
    parser.add_argument("--synthetic", type=int, default=None, help="synthetic texts in a round")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--part", choices=("dev", "test"), default="test", help="which part of the other languages")
    given = parser.parse_args()
    if not (given.data / "train").is_dir():
        parser.error("--data holds no folder `train`")
    STEPS[given.step](given)
    return 0


if __name__ == "__main__":
    sys.exit(main())
