"""The split that `matinee split` prints, and the metric that its users are judged by."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sps

TOP = 100


@dataclass(frozen=True)
class HeldOut:
    """Users to judge by: a row of `likes` and of `hidden` for each."""

    part: str
    """What they are held out for: `validation`, `validation-again` or `test`."""
    likes: sps.csr_matrix
    """What is known of them, 1 for a like (users x items)."""
    hidden: sps.csr_matrix
    """The likes to be found (users x items)."""
    ratings: list[tuple[int, int, float]]
    """Every known rating, low ones included: user, item, rating."""


@dataclass(frozen=True)
class Split:
    """Users to train on, to choose settings by and to report on."""

    items: int
    likes: sps.csr_matrix
    """Likes of the training users (users x items)."""
    ratings: list[tuple[int, int, float]]
    """Every rating of the training users: user, item, rating."""
    validation: HeldOut
    again: HeldOut
    """The validation users, each several times more with other likes to be found."""
    test: HeldOut


def read(path: Path) -> Split:
    """Reads the CSV that `matinee split` prints."""
    numbers: dict[str, int] = {}
    liked: dict[str, list[tuple[int, int]]] = {}
    rated: dict[str, list[tuple[int, int, float]]] = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            # Items are those of the training users, who come first.
            item = numbers.setdefault(row["item"], len(numbers))
            user = int(row["user"])
            if row["liked"] == "true":
                liked.setdefault(row["part"], []).append((user, item))
            if row["rating"]:
                rating = (user, item, float(row["rating"]))
                rated.setdefault(row["part"], []).append(rating)

    def matrix(part: str, users: int) -> sps.csr_matrix:
        rows, columns = np.array(liked[part]).T
        ones = np.ones(len(rows), dtype=np.float32)
        return sps.csr_matrix((ones, (rows, columns)), shape=(users, len(numbers)))

    def held_out(part: str) -> HeldOut:
        known, hidden = f"{part}-known", f"{part}-hidden"
        users = 1 + max(user for user, _ in liked[hidden])
        return HeldOut(part, matrix(known, users), matrix(hidden, users), rated[known])

    users = 1 + max(user for user, _ in liked["train"])
    return Split(
        items=len(numbers),
        likes=matrix("train", users),
        ratings=rated["train"],
        validation=held_out("validation"),
        again=held_out("validation-again"),
        test=held_out("test"),
    )


def ndcg(scores: np.ndarray, users: HeldOut) -> np.ndarray:
    """NDCG@100 of each user. What they are known to like is out, and nothing else; ties go to the lower number."""
    scores = scores.astype(np.float64)
    scores[users.likes.nonzero()] = -np.inf
    best = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
    discounts = 1 / np.log2(np.arange(2, TOP + 2))
    hits = np.take_along_axis(users.hidden.toarray() > 0, best, axis=1)
    wanted = np.minimum(np.diff(users.hidden.indptr), TOP)
    return hits @ discounts / np.cumsum(discounts)[wanted - 1]
