"""Training: rounds of batches, with a checkpoint that a later run takes up at the same batch.

The loss is masked: where a piece is ``O``, the mass of the tags whose labels its text does not mark counts as
``O`` too.

Checkpoints hold the weights, the optimiser's state and a running mean of the weights, which is what is exported: it is
near what a decayed learning rate would give, at any time.
"""

import json
import math
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import torch
from torch import Tensor
from torch.nn import functional

from pratique.detect.ner.pieces import PAD, Pieces
from tools.train_ner import net, windows
from tools.train_ner.encoder import Floats, FourBits
from tools.train_ner.mix import Sources, round_windows
from tools.train_ner.tags import OUTSIDE, TAGS, free

CHECKPOINT: Final = "checkpoint.pt"
LOG: Final = "log.jsonl"
HEAD_FASTER: Final = 5.0
MEAN_EVERY: Final = 4


@dataclass(frozen=True)
class Plan:
    """How a run trains. Its length is ``pieces``: there the learning rate is at ``floor`` of its peak, and it ends."""

    seed: int = 7
    pieces: int = 24_000_000
    batch: int = 3_600
    rate: float = 2e-4
    warm_up: float = 0.04
    floor: float = 0.05
    decay: float = 0.01
    synthetic: int = 9_000
    mean: float = 0.99
    save_seconds: float = 300.0


@dataclass
class Progress:
    """Where a run is: the round, the batch in it, the pieces that it has seen, and how often the mean was taken."""

    round: int = 0
    batch: int = 0
    pieces: int = 0
    means: int = 0


def allowed_tags(tags: Tensor, annotated: Tensor) -> Tensor:
    """Which tags are right for each piece, bool [batch, length, tags].

    Args:
        tags: the piece's tag, int64 [batch, length].
        annotated: the labels that the text marks exhaustively, as `tags.bits`, int64 [batch].
    """
    right = functional.one_hot(tags.clamp(min=OUTSIDE), len(TAGS)).bool()
    return right | (torch.from_numpy(free(annotated.numpy()))[:, None, :] & (tags == OUTSIDE)[:, :, None])


def masked_loss(scores: Tensor, tags: Tensor, annotated: Tensor) -> Tensor:
    """The mean over learnt pieces of minus the log of the mass of the right tags; `windows.IGNORED` is not learnt."""
    learnt = tags != windows.IGNORED
    chosen = scores[learnt].float()
    right = allowed_tags(tags, annotated)[learnt]
    return (chosen.logsumexp(-1) - chosen.masked_fill(~right, -math.inf).logsumexp(-1)).mean()


class Trainer:
    """One run in a folder. `run` goes on from the folder's checkpoint, and leaves one when it ends or is told to."""

    def __init__(self, folder: Path, plan: Plan, shape: net.Shape, words: FourBits, first: dict[str, Floats]) -> None:
        """Take what to start from; a checkpoint in the folder goes before ``first``."""
        torch.manual_seed(plan.seed)
        self._folder, self._plan, self._shape = folder, plan, shape
        self._words = torch.tensor(words.floats())
        self._weights = net.tensors(first)
        self._mean = {name: value.detach().clone() for name, value in self._weights.items()}
        head = [value for name, value in self._weights.items() if name.startswith("head.")]
        body = [value for name, value in self._weights.items() if value.ndim > 1 and not name.startswith("head.")]
        rest = [value for name, value in self._weights.items() if value.ndim == 1 and not name.startswith("head.")]
        groups = [
            {"params": body, "weight_decay": plan.decay, "faster": 1.0},
            {"params": rest, "weight_decay": 0.0, "faster": 1.0},
            {"params": head, "weight_decay": plan.decay, "faster": HEAD_FASTER},
        ]
        self._optimiser = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)
        self._progress = Progress()
        self._told_to_end = False
        if (folder / CHECKPOINT).exists():
            self._load()

    def run(self, held: Sources, pieces: Pieces) -> None:
        """Train to the plan's length, or until SIGTERM; a checkpoint is written at the end and every five minutes."""
        signal.signal(signal.SIGTERM, self._end)
        progress, plan = self._progress, self._plan
        saved = time.monotonic()
        while progress.pieces < plan.pieces and not self._told_to_end:
            read = self._round(held, pieces)
            order = windows.batches(read, plan.batch, Random(f"{plan.seed}:{progress.round}:batches"))
            seen, losses, started = 0, [], time.monotonic()
            while progress.batch < len(order):
                ids, tags, annotated = windows.filled(read, order[progress.batch])
                losses.append(self._step(torch.from_numpy(ids), torch.from_numpy(tags), torch.from_numpy(annotated)))
                count = int((ids != PAD).sum())
                progress.pieces += count
                progress.batch += 1
                seen += count
                if progress.batch % 50 == 0 or progress.batch == len(order):
                    self._log(losses, seen / (time.monotonic() - started))
                    seen, losses, started = 0, [], time.monotonic()
                if time.monotonic() - saved > plan.save_seconds or self._told_to_end:
                    self._save()
                    saved = time.monotonic()
                if self._told_to_end or progress.pieces >= plan.pieces:
                    break
            else:
                (self._folder / _round_name(progress.round)).unlink(missing_ok=True)
                progress.round, progress.batch = progress.round + 1, 0
        self._save()

    def _round(self, held: Sources, pieces: Pieces) -> windows.Windows:
        path = self._folder / _round_name(self._progress.round)
        if not path.exists():
            number, plan = self._progress.round, self._plan
            round_windows(held, pieces, number, plan.seed, plan.synthetic).save(path)
            self._progress.batch = 0
        return windows.Windows.load(path)

    def _step(self, ids: Tensor, tags: Tensor, annotated: Tensor) -> float:
        rate = self._rate()
        for group in self._optimiser.param_groups:
            group["lr"] = rate * group["faster"]
        with torch.autocast("cpu", torch.bfloat16):
            scores = net.run(self._weights, self._words, self._shape, ids, ids != PAD, train=True)
        loss = masked_loss(scores, tags, annotated)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(self._weights.values()), 1.0)
        self._optimiser.step()
        if self._progress.batch % MEAN_EVERY == 0:
            self._progress.means += 1
            means = self._progress.means
            keep = min(self._plan.mean, means / (means + 9))  # a young mean forgets sooner
            with torch.no_grad():
                for name, value in self._weights.items():
                    self._mean[name].lerp_(value, 1 - keep)
        return float(loss.detach())

    def _rate(self) -> float:
        done = self._progress.pieces / self._plan.pieces
        if done < self._plan.warm_up:
            return self._plan.rate * max(done / self._plan.warm_up, 0.01)
        left = (1 - done) / (1 - self._plan.warm_up)
        return self._plan.rate * max(left, self._plan.floor)

    def _log(self, losses: list[float], speed: float) -> None:
        line = {
            "time": time.strftime("%H:%M:%S"),
            **asdict(self._progress),
            "loss": round(sum(losses) / max(len(losses), 1), 4),
            "rate": round(self._rate(), 7),
            "pieces_per_second": round(speed),
        }
        with (self._folder / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")

    def _save(self) -> None:
        state: dict[str, Any] = {
            "weights": {name: value.detach() for name, value in self._weights.items()},
            "mean": self._mean,
            "optimiser": self._optimiser.state_dict(),
            "progress": asdict(self._progress),
            "random": torch.get_rng_state(),
            "shape": asdict(self._shape),
            "plan": asdict(self._plan),
        }
        part = self._folder / (CHECKPOINT + ".part")
        torch.save(state, part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(self._folder / CHECKPOINT)

    def _load(self) -> None:
        state = torch.load(self._folder / CHECKPOINT, weights_only=True)
        with torch.no_grad():
            for name, value in self._weights.items():
                value.copy_(state["weights"][name])
        self._mean = state["mean"]
        self._optimiser.load_state_dict(state["optimiser"])
        self._progress = Progress(**state["progress"])
        torch.set_rng_state(state["random"])

    def _end(self, *_: object) -> None:
        self._told_to_end = True


def trained_weights(folder: Path) -> tuple[dict[str, Floats], net.Shape, dict[str, Any]]:
    """From a folder's checkpoint: the running mean of the weights, the shape, and what ``config.json`` tells of it."""
    state = torch.load(folder / CHECKPOINT, weights_only=True)
    weights = {name: value.numpy() for name, value in state["mean"].items()}
    return weights, net.Shape(**state["shape"]), {name: state[name] for name in ("plan", "progress", "shape")}


def _round_name(number: int) -> str:
    return f"round-{number}.npz"
