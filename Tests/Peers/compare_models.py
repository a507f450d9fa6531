#!/usr/bin/env python3
"""Compares other engines' tokens and log-probabilities with ours, on models and adapters that Eightfold wrote.

usage: compare_models.py FOLDER

FOLDER holds *.jsonl files of cases, one object a line:
  model                path of a GGUF file or of a Hugging Face folder, in FOLDER
  adapter              path of an adapter in FOLDER, GGUF or a folder in PEFT's layout; absent for the model alone
  tolerance            what a log-probability may differ by
  llama_cpp_tolerance  the same in llama.cpp, which rounds activations too where weights are shorter than 32 bits
  sequences            a list of: tokens; first (the index of the first scored token); logprobs (ours, natural, from first
                       on); text, if the tokens are those of a text; question, if tokens[:first] are its prompt in the
                       model's template
`EIGHTFOLD_PEER_FOLDER=FOLDER swift test --filter PeerFiles` writes all of it. GGUF goes to llama.cpp (xllamacpp,
llama-cpp-python), folders to transformers and peft; an engine that is not installed is skipped by name. Exits with 0 when
all agree, 1 when not, 2 when nothing could be compared.
"""

import json
import os
import pathlib
import sys

import engines


def fail(sentence):
    print(sentence, file=sys.stderr)
    sys.exit(2)


def compare(engine, case):
    """The largest difference of a log-probability, how many were compared, and sentences on tokens that differ."""
    worst, count, faults = 0.0, 0, []
    for sequence in case["sequences"]:
        tokens, first = sequence["tokens"], sequence["first"]
        texts = [(sequence["text"], tokens)] if "text" in sequence else []
        if "question" in sequence and hasattr(engine, "prompt"):
            texts.append((engine.prompt(sequence["question"]), tokens[:first]))
        for text, expected in texts:
            encoded = engine.tokens(text)
            if encoded != expected:
                place = next((i for i, pair in enumerate(zip(encoded, expected)) if pair[0] != pair[1]), "the end")
                faults.append(f"its tokens of {text!r} differ from ours at {place}")
        found = engine.logprobs(tokens[:first + len(sequence["logprobs"])], first)
        differences = [abs(one - other) for one, other in zip(found, sequence["logprobs"], strict=True)]
        worst = max(worst, *differences)
        count += len(differences)
    return worst, count, faults


def main():
    if len(sys.argv) != 2:
        fail("Give one argument: the folder with the cases.")
    folder = sys.argv[1]
    cases = [json.loads(line) for path in sorted(pathlib.Path(folder).glob("*.jsonl")) for line in open(path)]
    if not cases:
        fail(f"There are no cases in {folder}; run EIGHTFOLD_PEER_FOLDER={folder} swift test --filter PeerFiles first.")
    compared, agree = 0, True
    for case in cases:
        model = os.path.join(folder, case["model"])
        adapter = case.get("adapter") and os.path.join(folder, case["adapter"])
        name = case["model"] + (f" with {case['adapter']}" if adapter else "")
        context = max(len(sequence["tokens"]) for sequence in case["sequences"]) + 8
        for kind in engines.engines_for(model):
            try:
                engine = kind(model, adapter, context=context)
            except ImportError as error:
                print(f"{name}: {kind.name} is skipped: {error}")
                continue
            worst, count, faults = compare(engine, case)
            for fault in faults:
                print(f"{name}: {engine.name}: {fault}")
            allowed = case["llama_cpp_tolerance" if kind.is_llama_cpp else "tolerance"]
            agrees = worst <= allowed and count > 0 and not faults
            print(f"{name}: {engine.name} and we {'agree' if agrees else 'DISAGREE'}: "
                  f"{count} log-probabilities, largest difference {worst:.2e}, allowed {allowed:.0e}")
            compared += count
            agree = agree and agrees
            del engine
    if compared == 0:
        fail("Nothing was compared; install the packages of Tests/Peers/requirements.txt or requirements-full.txt.")
    sys.exit(0 if agree else 1)


if __name__ == "__main__":
    main()
