"""The peers: how each is trained, and how it scores items for people it was not trained on."""

import contextlib
import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import implicit.cpu.als
import numpy as np
import optuna
import surprise
from irspack import IALSRecommender

from split import HeldOut, Split

DIMENSIONS = 128
SEED = 1

Settings = dict[str, float]


@dataclass(frozen=True)
class Peer:
    """A library's algorithm."""

    package: str
    threads: int
    note: str
    suggest: Callable[[optuna.Trial], Settings]
    """Settings to try."""
    prepare: Callable[[Split], Any]
    """The training data in the form that the library takes; not measured."""
    fit: Callable[[Any, Settings], Any]
    """Trains; this is what is measured."""
    scores: Callable[[Any, HeldOut], np.ndarray]
    """Scores of all items for held-out users (users x items)."""
    folds_in: bool = True
    """Whether it scores for people it was not trained on. If not, they are trained on, and judged by one time each."""

    @property
    def version(self) -> str:
        return version(self.package)


def _cores() -> int:
    return os.cpu_count() or 1


def _suggest_irspack(trial: optuna.Trial) -> Settings:
    # The library's own ranges.
    return {
        "alpha0": trial.suggest_float("alpha0", 3e-3, 1, log=True),
        "reg": trial.suggest_float("reg", 1e-4, 1e-1, log=True),
        "train_epochs": trial.suggest_int("train_epochs", 4, 16),
    }


def _fit_irspack(likes: Any, settings: Settings, **solver: Any) -> IALSRecommender:
    model = IALSRecommender(
        likes,
        n_components=DIMENSIONS,
        n_threads=_cores(),
        random_seed=SEED,
        **solver,
        **settings,
    )
    # It draws a progress bar where the answers go.
    with contextlib.redirect_stdout(io.StringIO()):
        return model.learn()


def _fit_irspack_subspaces(likes: Any, settings: Settings) -> IALSRecommender:
    # Subspaces of 16 train quickest: of 8, 32 and 64 (the default) they took 1.3, 1.3 and about 2 times as long.
    return _fit_irspack(
        likes, settings, solver_type="IALSPP", ialspp_subspace_dimension=16
    )


def _fit_irspack_gradients(likes: Any, settings: Settings) -> IALSRecommender:
    return _fit_irspack(likes, settings, solver_type="CG")


def _scores_irspack(model: IALSRecommender, users: HeldOut) -> np.ndarray:
    return model.get_score_cold_user(users.likes)


def _suggest_implicit(trial: optuna.Trial) -> Settings:
    return {
        "alpha": trial.suggest_float("alpha", 1, 100, log=True),
        "regularization": trial.suggest_float("regularization", 1e-1, 1e3, log=True),
        "iterations": trial.suggest_int("iterations", 4, 16),
    }


def _fit_implicit(likes: Any, settings: Settings) -> Any:
    model = implicit.cpu.als.AlternatingLeastSquares(
        factors=DIMENSIONS, num_threads=_cores(), random_state=SEED, **settings
    )
    model.fit(likes, show_progress=False)
    return model


def _scores_implicit(model: Any, users: HeldOut) -> np.ndarray:
    # What `recommend(..., recalculate_user=True)` ranks by.
    everybody = np.arange(users.likes.shape[0])
    return model.recalculate_user(everybody, users.likes) @ model.item_factors.T


def _suggest_surprise(trial: optuna.Trial) -> Settings:
    return {
        "lr_all": trial.suggest_float("lr_all", 1e-3, 2e-2, log=True),
        "reg_all": trial.suggest_float("reg_all", 1e-2, 3e-1, log=True),
        "n_epochs": trial.suggest_int("n_epochs", 5, 30),
    }


def _prepare_surprise(split: Split) -> surprise.Trainset:
    # It cannot take in new people: those to be judged by are trained on, with what is known of them.
    parts = {
        "train": split.ratings,
        split.validation.part: split.validation.ratings,
        split.test.part: split.test.ratings,
    }
    rows = [
        ((part, user), item, rating, None)
        for part, ratings in parts.items()
        for user, item, rating in ratings
    ]
    return surprise.Dataset(surprise.Reader()).construct_trainset(rows)


def _fit_surprise(data: surprise.Trainset, settings: Settings) -> surprise.SVD:
    return surprise.SVD(n_factors=DIMENSIONS, random_state=SEED, **settings).fit(data)


def _scores_surprise(model: surprise.SVD, users: HeldOut) -> np.ndarray:
    data = model.trainset
    rows = [data.to_inner_uid((users.part, user)) for user in range(users.likes.shape[0])]
    columns = [data.to_inner_iid(item) for item in range(users.likes.shape[1])]
    factors = model.pu[rows] @ model.qi[columns].T
    return factors + model.bu[rows, None] + model.bi[columns]


def _likes(split: Split) -> Any:
    return split.likes


PEERS = {
    "irspack-ials++": Peer(
        package="irspack",
        threads=_cores(),
        note="solved in subspaces of 16",
        suggest=_suggest_irspack,
        prepare=_likes,
        fit=_fit_irspack_subspaces,
        scores=_scores_irspack,
    ),
    "irspack-cg": Peer(
        package="irspack",
        threads=_cores(),
        note="the same loss by conjugate gradients; its default",
        suggest=_suggest_irspack,
        prepare=_likes,
        fit=_fit_irspack_gradients,
        scores=_scores_irspack,
    ),
    "implicit-als": Peer(
        package="implicit",
        threads=_cores(),
        note="conjugate gradients; its default",
        suggest=_suggest_implicit,
        prepare=_likes,
        fit=_fit_implicit,
        scores=_scores_implicit,
    ),
    "surprise-svd": Peer(
        package="scikit-surprise",
        threads=1,
        note="cannot fold in: trained on what is known of the held-out users too",
        suggest=_suggest_surprise,
        prepare=_prepare_surprise,
        fit=_fit_surprise,
        scores=_scores_surprise,
        folds_in=False,
    ),
}
