#!/usr/bin/env python3
"""Kills every part of real runs and shows that nothing is lost. Linux only: it finds processes in /proc.

Example: Tests/Integration/kill.py --executables .build/release --seed 7 --only kills
"""

import argparse
import pathlib
import random
import sys
import tempfile
import time

from joining import NotTried
from joining_scenarios import JoiningScenarios
from run import Failed

HERE = pathlib.Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--executables", type=pathlib.Path, required=True, help="the folder with the built executables")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="all chances follow from it")
    parser.add_argument("--kills", type=int, default=11, help="the least number of kills")
    parser.add_argument("--frames", type=int, default=3000, help="how many random and mutated messages are sent to a hub")
    parser.add_argument("--only", action="append", help="the scenarios to play; default: all")
    parser.add_argument("--folder", type=pathlib.Path, help="where the runs are kept; default: a folder that is removed")
    options = parser.parse_args()
    if not sys.platform.startswith("linux"):
        print("Not tried: the integration tests find processes in /proc, which this system has not.")
        return 0
    with tempfile.TemporaryDirectory(prefix="eightfold-kill-") as temporary:
        folder = (options.folder or pathlib.Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return play(options, folder)


def play(options, folder):
    plays = JoiningScenarios(options.executables.resolve(), folder, HERE / "kill.yaml", options.seed)
    all_plays = {
        "same-weights": plays.same_weights,
        "interrupt": plays.interrupt,
        "poison": plays.poison,
        "starts": plays.starts,
        "terminations": plays.terminations,
        "freezes": plays.freezes,
        "scale": plays.scale,
        "joining": plays.joining,
        "frames": lambda: plays.frames(options.frames),
        "kills": lambda: plays.kills(options.kills, samplers=2),
        "kills-one-sampler": lambda: plays.kills(0, samplers=1),
    }
    failed = 0
    for name, scenario in all_plays.items():
        if options.only and name not in options.only:
            continue
        print(f"{name}: seed {options.seed}", flush=True)
        started = time.monotonic()
        try:
            result = scenario()
        except NotTried as reason:
            result = f"NOT TRIED: {reason}"
        except Failed as failure:
            failed += 1
            result = f"FAILED: {failure}\n  again: {sys.argv[0]} --executables {options.executables} --seed {options.seed} --only {name}"
        print(f"{name}: {result} ({time.monotonic() - started:.1f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
