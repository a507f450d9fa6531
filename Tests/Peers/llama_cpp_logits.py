#!/usr/bin/env python3
"""Compares llama.cpp's log-probabilities with the engine's on one model file.

usage: llama_cpp_logits.py FOLDER

FOLDER holds model.gguf and scores.jsonl, one object a line with "tokens" (the whole sequence), "first" (the index of
the first scored token) and "logprobs". `EIGHTFOLD_PEER_FOLDER=FOLDER swift test --filter PeerFiles` writes both. Needs
the Python package xllamacpp, which has llama.cpp inside. llama.cpp computes with a 32-bit cache and without flash
attention, so that both round alike. Exits with 0 when all agree to 1e-4, 1 when not, 2 when something is missing.
"""

import json
import os
import sys

TOLERANCE = 1e-4


def fail(sentence):
    print(sentence, file=sys.stderr)
    sys.exit(2)


def main():
    if len(sys.argv) != 2:
        fail("Give one argument: the folder with model.gguf and scores.jsonl.")
    try:
        import xllamacpp
    except ImportError:
        fail("The Python package xllamacpp is not installed; install it to compare with llama.cpp.")
    folder = sys.argv[1]
    scores = os.path.join(folder, "scores.jsonl")
    model = os.path.join(folder, "model.gguf")
    for path in (scores, model):
        if not os.path.exists(path):
            fail(f"There is no {path}; run EIGHTFOLD_PEER_FOLDER={folder} swift test --filter PeerFiles first.")
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_ctx = 64
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.warmup = False
    params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    params.cache_type_k = xllamacpp.ggml_type.GGML_TYPE_F32
    params.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
    server = xllamacpp.Server(params)
    worst, count = 0.0, 0
    with open(scores) as lines:
        for line in lines:
            case = json.loads(line)
            for index, expected in enumerate(case["logprobs"], start=case["first"]):
                answer = server.handle_completions(
                    {
                        "prompt": case["tokens"][:index],
                        "n_predict": 1,
                        "n_probs": 100000,
                        "temperature": 1.0,
                        "cache_prompt": False,
                        # Only a printable token has its log-probabilities reported; they are those before the bias.
                        "logit_bias": [[ord("a"), 1000.0]],
                    }
                )
                if isinstance(answer, (str, bytes)):
                    answer = json.loads(answer)
                found = answer["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
                of_token = {entry["id"]: entry["logprob"] for entry in found}
                worst = max(worst, abs(of_token[case["tokens"][index]] - expected))
                count += 1
    verdict = "agree" if worst <= TOLERANCE and count > 0 else "DISAGREE"
    print(f"llama.cpp and the engine {verdict}: {count} log-probabilities, largest difference {worst:.2e}")
    sys.exit(0 if verdict == "agree" else 1)


if __name__ == "__main__":
    main()
