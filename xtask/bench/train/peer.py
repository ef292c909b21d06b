"""One peer in a process of its own, which does what it is told on standard input, a line each.

`tune N` chooses settings on the validation users, `settings {..}` takes those, `fit` trains, `judge` takes the last
model to the test users. Every answer is one line of JSON on standard output.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import optuna

import split
from contenders import PEERS, SEED


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("peer", choices=PEERS)
    arguments.add_argument("--split", type=Path, required=True)
    args = arguments.parse_args()
    peer, users = PEERS[args.peer], split.read(args.split)
    data = peer.prepare(users)
    settings: dict[str, float] = {}
    model: Any = None

    answer({"version": peer.version, "threads": peer.threads, "note": peer.note})
    for line in sys.stdin:
        command, _, rest = line.strip().partition(" ")
        match command:
            case "tune":
                optuna.logging.set_verbosity(optuna.logging.WARNING)

                judges = [users.validation, users.again] if peer.folds_in else [users.validation]

                def judge(trial: optuna.Trial) -> float:
                    fitted = peer.fit(data, peer.suggest(trial))
                    found = [split.ndcg(peer.scores(fitted, those), those) for those in judges]
                    return float(np.concatenate(found).mean())

                sampler = optuna.samplers.TPESampler(seed=SEED)
                study = optuna.create_study(direction="maximize", sampler=sampler)
                study.optimize(judge, n_trials=int(rest))
                answer({"settings": study.best_params, "ndcg": study.best_value})
            case "settings":
                settings = json.loads(rest)
                answer({})
            case "fit":
                model = None
                began = time.perf_counter()
                model = peer.fit(data, settings)
                answer({"seconds": time.perf_counter() - began})
            case "judge":
                found = split.ndcg(peer.scores(model, users.test), users.test)
                error = found.std(ddof=1) / np.sqrt(len(found))
                answer({"ndcg": float(found.mean()), "standard_error": float(error)})
            case _:
                sys.exit(f"unknown command: {command}")


def answer(fields: dict[str, Any]) -> None:
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    main()
