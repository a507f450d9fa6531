#!/usr/bin/env python3
"""Solves problems with a GGUF file in llama.cpp, greedily, and prints its accuracy beside ours.

usage: llama_cpp_accuracy.py MODEL.gguf PROBLEMS.jsonl [--servers N] [--slots N] [--limit N]

PROBLEMS.jsonl holds one object a line: question and answer; perhaps falls_back, maximum_tokens (512 without it) and ours, as
run_problems.py prints them. llama.cpp renders the file's own chat template; a file without one gets the question and a
newline. Each server of llama.cpp computes on one thread, and solves as many problems at a time as it has slots: threads that
need not wait for each other lose less where the machine has other work. Answers are read by the rules of docs/algorithms.md. Needs the Python package xllamacpp. Exits with 0 when the
accuracies differ by at most two points or there is none of ours, 1 when they differ by more, 2 when something is missing.
"""

import argparse
import concurrent.futures
import contextlib
import itertools
import json
import os
import sys
import time

import engines

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../docs/examples/verifier"))
from grading import answer_of, integer

ALLOWED_POINTS = 2
MAXIMUM_TOKENS = 512
# What a prompt may take of a slot's context beside the solution.
PROMPT_TOKENS = 512


def solve(engine, problem):
    answer = engine.ask("/completion", {
        "prompt": engine.tokens(engine.prompt(problem["question"])),
        "n_predict": problem.get("maximum_tokens", MAXIMUM_TOKENS),
        "temperature": 0.0,
        "cache_prompt": True,
    })
    return answer["content"], answer["tokens_predicted"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="the GGUF file")
    parser.add_argument("problems", help="the problems, one object a line")
    parser.add_argument("--servers", type=int, default=os.cpu_count(), help="one for each core without it")
    parser.add_argument("--slots", type=int, default=16, help="how many problems a server solves at a time")
    parser.add_argument("--limit", type=int, help="only the first so many")
    options = parser.parse_args()
    with open(options.problems) as lines:
        problems = [json.loads(line) for line in lines][:options.limit]
    if not problems:
        print(f"{options.problems} has no problems.", file=sys.stderr)
        return 2
    longest = max(problem.get("maximum_tokens", MAXIMUM_TOKENS) for problem in problems)
    try:
        servers = [
            engines.XLlamaCpp(options.model, context=PROMPT_TOKENS + longest, slots=options.slots, threads=1)
            for _ in range(options.servers)
        ]
    except ImportError:
        print("The Python package xllamacpp is not installed.", file=sys.stderr)
        return 2
    start = time.monotonic()
    with contextlib.ExitStack() as stack:
        pools = [stack.enter_context(concurrent.futures.ThreadPoolExecutor(options.slots)) for _ in servers]
        turns = itertools.cycle(zip(servers, pools))
        pending = [pool.submit(solve, server, problem) for problem, (server, pool) in zip(problems, turns)]
        solutions = [future.result() for future in pending]
    seconds = time.monotonic() - start

    correct = ours = same_text = same_answer = 0
    compared = all("ours" in problem for problem in problems)
    for problem, (text, _) in zip(problems, solutions):
        falls_back = problem.get("falls_back", False)
        reference, answer = integer(problem["answer"]), answer_of(text, falls_back)
        correct += answer is not None and answer == reference
        if compared:
            our_answer = answer_of(problem["ours"], falls_back)
            ours += our_answer is not None and our_answer == reference
            same_text += problem["ours"] == text
            same_answer += our_answer == answer
    count = len(problems)
    print(f"llama.cpp solves {correct} of {count}, {100 * correct / count:.2f}%, with "
          f"{sum(tokens for _, tokens in solutions)} tokens in {seconds:.0f} s")
    if not compared:
        return 0
    points = 100 * abs(correct - ours) / count
    print(f"we solve {ours} of {count}, {100 * ours / count:.2f}%: {points:.2f} points apart, at most {ALLOWED_POINTS} are "
          f"allowed; {same_answer} answers and {same_text} solutions are the same")
    return 0 if points <= ALLOWED_POINTS else 1


if __name__ == "__main__":
    raise SystemExit(main())
