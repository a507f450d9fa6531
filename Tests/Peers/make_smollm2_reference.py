#!/usr/bin/env python3
"""Makes the reference values of SmolLM2-135M-Instruct that the tests of the engine compare with.

usage: make_smollm2_reference.py MODEL.gguf OUT.json
       make_smollm2_reference.py MODEL.gguf --check REFERENCE.json

Everything is computed by PyTorch, transformers, tokenizers and peft in fp32 on the dequantised weights, on one thread. With
--check the values of REFERENCE.json are computed again from its own questions and continuation, and the largest
differences are printed. Names and the order of rows are Hugging Face's; samples are the first entries of row 0, which is
the same row in GGUF's order, but for those said to be of GGUF's row 1. Needs the packages of requirements-full.txt.
Exits with 0 when the file is written or agrees, 1 when it does not agree.
"""

import argparse
import copy
import json
import math
import os
import re

import gguf_model
import peft
import tokenizers
import torch
import transformers

QUESTIONS = [
    "Tom has 3 boxes with 12 pencils each. He gives 7 pencils to a friend. How many pencils does Tom have left?",
    "Zoë’s café sells a slice of cake for €4 and a cup of tea for €2.50. What do 2 slices and 2 cups cost?",
    "A train travels 60 km in the first hour and 45 km in the second. How far does it travel in all?",
]
CONTINUATION = "Tom has 3 * 12 = 36 pencils in all. He gives 7 away, so 36 - 7 = 29 are left.\n#### 29<|im_end|>"
SAMPLES = [
    "model.embed_tokens", "model.layers.0.self_attn.q_proj", "model.layers.0.self_attn.k_proj",
    "model.layers.15.mlp.down_proj", "model.layers.29.input_layernorm", "model.norm",
]
WEIGHTS = [
    "model.embed_tokens", "model.layers.0.self_attn.q_proj", "model.layers.0.self_attn.v_proj",
    "model.layers.29.mlp.down_proj", "model.norm",
]
RANK, ALPHA, TARGETS = 8, 16, ["q_proj", "v_proj", "down_proj"]
ADAMW = {"betas": (0.9, 0.999), "eps": 1e-8}
# What two machines' rounding may differ by: absolute below 1, relative above.
TOLERANCE = 1e-3


def short(values):
    """Numbers with seven significant digits, more than fp32 holds of a sum."""
    if isinstance(values, torch.Tensor):
        values = values.tolist()
    return [short(value) for value in values] if isinstance(values, list) else float(f"{values:.7g}")


def last_logits(model, tokens):
    with torch.no_grad():
        return model(torch.tensor([tokens]), use_cache=False).logits[0, -1]


def prompt_values(model, tokenizer, file, question):
    text = file.prompt(question)
    tokens = tokenizer.encode(text).ids
    logits = last_logits(model, tokens)
    greedy, margin = [], math.inf
    for _ in range(32):
        best = torch.topk(last_logits(model, tokens + greedy), 2)
        margin = min(margin, (best.values[0] - best.values[1]).item())
        greedy.append(best.indices[0].item())
    return {
        "user": question,
        "text": text,
        "token_ids": tokens,
        "pytorch": {
            "first16": short(logits[:16]),
            "argmax": logits.argmax().item(),
            "logsumexp": short(logits.logsumexp(0)),
        },
        "greedy32_pytorch": greedy,
        "greedy32_min_margin": short(margin),
    }


def distributions(model, prompt, continuation):
    """The log-probabilities of all tokens, where each token of the continuation is next."""
    logits = model(torch.tensor([prompt + continuation]), use_cache=False).logits[0]
    return logits[len(prompt) - 1:-1].log_softmax(-1)


def chosen(distributions, continuation):
    return distributions[torch.arange(len(continuation)), torch.tensor(continuation)]


def sum_nll(model, prompt, continuation):
    return -chosen(distributions(model, prompt, continuation), continuation).sum()


def norms(gradients):
    """The norm of each gradient, of each group (the last word of the name), and of all."""
    squares = {name: gradient.double().square().sum().item() for name, gradient in gradients.items()}
    groups = {}
    for name, square in squares.items():
        group = name.split(".")[-1] if not name.endswith((".lora_A", ".lora_B")) else ".".join(name.split(".")[-2:])
        groups[group] = groups.get(group, 0) + square
    return {
        "total_norm": short(math.sqrt(sum(squares.values()))),
        "norm_per_group": {name: short(math.sqrt(square)) for name, square in groups.items()},
        "norm_per_parameter": {name: short(math.sqrt(square)) for name, square in squares.items()},
    }


def gradients_of(model, prompt, continuation):
    model.zero_grad()
    sum_nll(model, prompt, continuation).backward()
    return {name.removesuffix(".weight"): parameter.grad
            for name, parameter in model.named_parameters() if parameter.grad is not None}


def after_one_step(model, optimizer, prompt, continuation):
    """The loss after one step from the gradients that the model holds; the model is then as before."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    before = copy.deepcopy([parameter.data for parameter in parameters])
    optimizer.step()
    with torch.no_grad():
        loss = sum_nll(model, prompt, continuation).item()
    for parameter, data in zip(parameters, before):
        parameter.data.copy_(data)
    return short(loss)


def full_training(model, file, prompt, continuation):
    gradients = gradients_of(model, prompt, continuation)
    row_one = {
        name: gguf_model.gguf_rows(gradients[f"model.layers.0.self_attn.{name}"], heads)[1, :8]
        for name, heads in (("q_proj", file.heads), ("k_proj", file.key_value_heads))
    }
    matrices = [parameter for parameter in model.parameters() if parameter.dim() > 1]
    gains = [parameter for parameter in model.parameters() if parameter.dim() == 1]
    optimizers = {
        "sgd lr=1e-6": torch.optim.SGD(model.parameters(), lr=1e-6),
        "adamw lr=1e-5 b1=.9 b2=.999 eps=1e-8 wd=0.01 (embeddings and norms decayed too)":
            torch.optim.AdamW(model.parameters(), lr=1e-5, weight_decay=0.01, **ADAMW),
        "adamw lr=1e-5 b1=.9 b2=.999 eps=1e-8 wd=0.1 (embeddings decayed, norms not)":
            torch.optim.AdamW([{"params": matrices}, {"params": gains, "weight_decay": 0}],
                              lr=1e-5, weight_decay=0.1, **ADAMW),
    }
    return {
        "gradients_of_sum_nll_over_continuation": norms(gradients) | {
            "samples": {f"{name}.weight": short(gradients[name].flatten()[:8]) for name in SAMPLES},
            "samples_of_gguf_row_1_of_layer_0": {name: short(row) for name, row in row_one.items()},
        },
        "sum_nll_after_one_step": {
            name: after_one_step(model, optimizer, prompt, continuation) for name, optimizer in optimizers.items()
        },
    }


def adapter_values(model, prompt, continuation):
    """The same with an adapter, whose matrices are closed formulas; the model is changed and not to be used again."""
    settings = peft.LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=TARGETS, lora_dropout=0.0)
    adapted = peft.get_peft_model(model, settings).eval()
    for name, parameter in adapted.named_parameters():
        if "lora_" in name:
            layer = int(name.split(".layers.")[1].split(".")[0])
            rows, columns = (torch.arange(size, dtype=torch.float64) for size in parameter.shape)
            angles = torch.outer(rows + 1, columns + 1)
            parameter.data = ((0.7 * angles + layer).sin() if "lora_A" in name else (0.3 * angles + layer).cos()) * 0.02
            parameter.data = parameter.data.float()
    with torch.no_grad():
        logprobs = chosen(distributions(adapted, prompt, continuation), continuation)
    gradients = {
        name.removeprefix("base_model.model.").removesuffix(".default"): gradient
        for name, gradient in gradients_of(adapted, prompt, continuation).items()
    }
    parameters = [parameter for parameter in adapted.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-3, weight_decay=0.1, **ADAMW)
    return {
        "rank": RANK,
        "alpha": ALPHA,
        "targets": TARGETS,
        "values": "A[i][j] = 0.02 sin(0.7 (i+1)(j+1) + layer), B[o][i] = 0.02 cos(0.3 (o+1)(i+1) + layer), i a row of A; "
                  "indices and layers from 0, in double precision, rounded to fp32; B's rows in Hugging Face's order",
        "sum_nll_pytorch": short(-logprobs.sum()),
        "logprobs_pytorch": short(logprobs),
        "gradients_of_sum_nll_over_continuation": norms(gradients),
        "sum_nll_after_one_step": {
            "adamw lr=1e-3 b1=.9 b2=.999 eps=1e-8 wd=0.1 (A and B decayed)":
                after_one_step(adapted, optimizer, prompt, continuation)
        },
    }


def reference(path, questions, prompt_index, text, token_count=None):
    """All values; the continuation is the text's first tokens, all where there is no count."""
    file = gguf_model.GGUFModel(path)
    model, tokenizer = file.model(), file.tokenizer()
    prompts = [prompt_values(model, tokenizer, file, question) for question in questions]
    prompt, continuation = prompts[prompt_index]["token_ids"], tokenizer.encode(text).ids[:token_count]
    with torch.no_grad():
        all_logprobs = distributions(model, prompt, continuation)
    logprobs = chosen(all_logprobs, continuation)
    weights = {name: model.get_parameter(f"{name}.weight").data for name in WEIGHTS}
    return {
        "how": f"python3 Tests/Peers/make_smollm2_reference.py {os.path.basename(path)} OUT.json; torch {torch.__version__}, "
               f"transformers {transformers.__version__}, tokenizers {tokenizers.__version__}, peft {peft.__version__}, "
               "fp32 on the weights as gguf dequantises them, eager attention, one thread. Natural logarithms. The tied "
               "embedding's gradient is the sum of both its uses.",
        "prompts": prompts,
        "continuation": {
            "prompt_index": prompt_index,
            "text": text,
            "token_ids": continuation,
            "sum_nll_pytorch": short(-logprobs.sum()),
            "logprobs_pytorch": short(logprobs),
            "entropies_pytorch": short(-(all_logprobs.exp() * all_logprobs).sum(-1)),
        },
        **full_training(model, file, prompt, continuation),
        "weights_check": {
            f"{name}.weight": {
                "shape": list(weight.shape),
                "sum": short(weight.double().sum()),
                "sumsq": short(weight.double().square().sum()),
                "first4": short(weight.flatten()[:4]),
            } for name, weight in weights.items()
        },
        "adapter": adapter_values(model, prompt, continuation),
    }


def written(values):
    """JSON with each list of numbers on one line."""
    text = json.dumps(values, ensure_ascii=False, indent=1)
    return re.sub(r"\[[-\d\s.,e]+\]", lambda match: " ".join(match[0].split()).replace("[ ", "[").replace(" ]", "]"), text) + "\n"


def differences(found, expected, name=""):
    """The name and the difference of each value that both hold; infinite for text, integers and lengths that differ."""
    if isinstance(found, dict):
        for key in found.keys() & expected.keys() - {"how"}:
            yield from differences(found[key], expected[key], f"{name}/{key}")
    elif isinstance(found, list):
        yield name, 0 if len(found) == len(expected) else math.inf
        for index, (one, other) in enumerate(zip(found, expected)):
            yield from differences(one, other, name if isinstance(one, (int, float)) else f"{name}/{index}")
    elif isinstance(found, float):
        yield name, abs(found - expected) / max(1, abs(expected))
    else:
        yield name, 0 if found == expected else math.inf


def check(path, expected):
    continuation = expected["continuation"]
    found = reference(
        path, [prompt["user"] for prompt in expected["prompts"]], continuation["prompt_index"], continuation["text"],
        len(continuation["token_ids"]))
    worst = {}
    for name, difference in differences(found, expected):
        group = name.split("/model.")[0]
        worst[group] = max(worst.get(group, 0), difference)
    for name, difference in sorted(worst.items()):
        print(f"{difference:.1e} {name}")
    return 0 if max(worst.values()) <= TOLERANCE else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="SmolLM2-135M-Instruct as GGUF")
    parser.add_argument("out", nargs="?", help="the file to write")
    parser.add_argument("--check", metavar="REFERENCE", help="a file of this script, or one of the same keys")
    options = parser.parse_args()
    if (options.out is None) == (options.check is None):
        parser.error("give either the file to write or --check with the file to check")
    torch.set_num_threads(1)
    if options.check:
        with open(options.check) as file:
            return check(options.model, json.load(file))
    with open(options.out, "w") as file:
        file.write(written(reference(options.model, QUESTIONS, 0, CONTINUATION)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
