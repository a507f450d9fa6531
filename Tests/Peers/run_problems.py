#!/usr/bin/env python3
"""Prints the problems of a run's evaluation with our own rollouts, for other engines to solve again.

usage: run_problems.py RUN [--stage NUMBER]

RUN is a run's folder, live or finished; the stage is counted from 0, the last evaluation where none is given. One object a
line, in the order of the problems: id, question, answer (the reference), falls_back (whether the last number counts where
there is no line ####), maximum_tokens, policy (the version that solved it), ours (the text of our rollout). Only problems
with one greedy rollout are printed. Needs the Python package grpcio-tools. Exits with 2 when there is nothing to print.
"""

import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Integration"))
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "docs/examples/verifier"))

import ledger
from messages import load_messages

EVALUATION = 4


def problems(run, stage):
    items = load_messages()[1]
    found = ledger.Ledger(run)
    rows = found.rows(
        "SELECT seq, id, queue, problem FROM items WHERE purpose = ? AND queue IN (?, ?, ?) AND stage ="
        " coalesce(?, (SELECT max(stage) FROM items WHERE purpose = ?)) ORDER BY seq",
        EVALUATION, ledger.PROBLEMS, ledger.REQUESTS, ledger.ROLLOUTS, stage, EVALUATION)
    bodies = found.bodies()
    found.close()
    of_problem = {}
    for seq, name, queue, problem in rows:
        kind = {ledger.PROBLEMS: items.Problem, ledger.REQUESTS: items.Request, ledger.ROLLOUTS: items.Rollout}[queue]
        if seq in bodies:
            of_problem.setdefault(problem or name, {}).setdefault(queue, []).append(kind.FromString(bodies[seq]))
    for name, parts in of_problem.items():
        requests, rollouts = parts.get(ledger.REQUESTS, []), parts.get(ledger.ROLLOUTS, [])
        if len(rollouts) == 1 and requests[0].sampling.temperature == 0:
            problem = parts[ledger.PROBLEMS][0]
            yield {
                "id": name,
                "question": problem.question,
                "answer": problem.reference_answer,
                "falls_back": problem.answers == items.LAST_NUMBER,
                "maximum_tokens": requests[0].sampling.maximum_tokens,
                "policy": rollouts[0].policy_version,
                "ours": rollouts[0].text,
            }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", help="the run's folder")
    parser.add_argument("--stage", type=int, help="the number of the evaluation's stage, from 0; the last without it")
    options = parser.parse_args()
    count = 0
    for problem in problems(options.run, options.stage):
        print(json.dumps(problem, ensure_ascii=False))
        count += 1
    if count == 0:
        print(f"{options.run} has no such evaluation with one greedy rollout a problem.", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
