#!/usr/bin/env python3
"""Measures PyTorch once at training steps of a transformers model, and prints one line of JSON.

usage: speed_torch.py WORK FOLDER [--precision fp32|bf16] [--attention sdpa|eager] [--pack N] [--compile]
                      [--threads N] [--quick]
       speed_torch.py versions

  train  8 sequences of 256 tokens, of which all but the first are targets; the loss is their mean
  lora   the same, with peft's adapters of rank 16 on all seven products of each layer; the rest is frozen, in the precision
  dpo    8 pairs, which are 16 sequences of 256 tokens: a prompt of 96, then solutions whose first 64 tokens are the same;
         the loss is that of DPO with beta 0.1, and logits are computed for the solutions alone. A frozen copy, in the
         precision, scores the same sequences without gradients

A step is a forward and a backward pass of each pack of sequences, whose gradients add up, and fused AdamW. The second is
timed; with --compile the first compiles, for these shapes. bf16 is autocast on fp32 weights. Tokens are random. Needs the
Python packages torch, transformers and, for lora, peft; with --compile, g++, or the C++ compiler that CXX names.
"""

import argparse
import copy
import os
import shutil
import sys
import time

import torch
import torch.nn.functional
import transformers
from speed_line import print_line

SEQUENCES = 8
PROMPT, COMMON = 96, 64
BETA = 0.1
PRODUCTS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def mean_loss(model, tokens):
    """The mean negative log-probability of all tokens but each sequence's first."""
    # The last token of a sequence has no target: leaving out its logits would copy all others.
    targets = torch.nn.functional.pad(tokens[:, 1:], (0, 1), value=-100)
    return torch.nn.functional.cross_entropy(model(tokens).logits.flatten(0, 1).float(), targets.flatten())


def solution_logprobs(model, tokens, prompt):
    """The log-probability of each sequence's tokens after the prompt."""
    hidden = model.model(tokens).last_hidden_state[:, prompt - 1:-1]
    logits = model.lm_head(hidden)
    losses = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1).float(), tokens[:, prompt:].flatten(), reduction="none")
    return -losses.view(len(tokens), -1).sum(-1)


def dpo_loss(model, reference, tokens, prompt):
    with torch.no_grad():
        reference_logprobs = solution_logprobs(reference, tokens, prompt)
    chosen, rejected = (solution_logprobs(model, tokens, prompt) - reference_logprobs).chunk(2)
    return -torch.nn.functional.logsigmoid(BETA * (chosen - rejected)).mean()


def draw_pairs(vocabulary, pairs, prompt, common, rest):
    """The chosen sequences, then the rejected ones."""
    shared = torch.randint(vocabulary, (pairs, prompt + common))
    return torch.cat([torch.cat([shared, torch.randint(vocabulary, (pairs, rest))], 1) for _ in range(2)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", choices=["train", "lora", "dpo", "versions"])
    parser.add_argument("model", nargs="?", help="the model's folder")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--quick", action="store_true", help="few tokens, to try that it works")
    parser.add_argument("--attention", choices=["sdpa", "eager"], default="sdpa", help="of transformers")
    parser.add_argument("--pack", type=int, choices=[4, 8, 16], default=4, help=(
        "sequences that are computed at once, of a pair both; 16 for dpo alone"))
    parser.add_argument("--compile", action="store_true", help="by torch.compile, which needs a C++ compiler")
    options = parser.parse_args()
    if options.work == "versions":
        import peft

        print(f"torch {torch.__version__} ({torch.backends.cpu.get_cpu_capability()}), "
              f"transformers {transformers.__version__}, peft {peft.__version__}")
        return
    if options.pack > SEQUENCES and options.work != "dpo":
        parser.error(f"--pack is at most {SEQUENCES} for {options.work}; got {options.pack}")
    compiler = os.environ.get("CXX", "g++")
    if options.compile and not shutil.which(compiler):
        sys.exit(f"torch.compile needs a C++ compiler, and there is no {compiler}. Install g++.")
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    transformers.utils.logging.disable_progress_bar()
    divisor = 8 if options.quick else 1
    dtype = torch.bfloat16 if options.precision == "bf16" else torch.float32
    frozen = options.work == "lora"
    model = transformers.AutoModelForCausalLM.from_pretrained(
        options.model, dtype=dtype if frozen else torch.float32, attn_implementation=options.attention)
    model.train()
    model.config.use_cache = False
    vocabulary = model.config.vocab_size
    packs = torch.randint(vocabulary, (SEQUENCES, 256 // divisor)).split(options.pack)
    match options.work:
        case "train":
            loss = mean_loss
        case "lora":
            import peft

            model = peft.get_peft_model(model, peft.LoraConfig(
                r=16, lora_alpha=16, target_modules=PRODUCTS, task_type="CAUSAL_LM"))
            loss = mean_loss
        case "dpo":
            prompt, common = PROMPT // divisor, COMMON // divisor
            packs = [draw_pairs(vocabulary, options.pack // 2, prompt, common, 256 // divisor - prompt - common)
                     for _ in range(2 * SEQUENCES // options.pack)]
            reference = copy.deepcopy(model).to(dtype).eval().requires_grad_(False)

            def loss(model, tokens):
                return dpo_loss(model, reference, tokens, prompt)

    optimizer = torch.optim.AdamW([weight for weight in model.parameters() if weight.requires_grad], lr=1e-5, fused=True)

    if options.compile:
        loss = torch.compile(loss)

    def step():
        for pack in packs:
            with torch.autocast("cpu", torch.bfloat16, enabled=options.precision == "bf16"):
                value = loss(model, pack) / len(packs)
            value.backward()
        optimizer.step()
        optimizer.zero_grad()

    step()
    start = time.perf_counter()
    step()
    seconds = time.perf_counter() - start
    tokens = sum(pack.numel() for pack in packs)
    print_line("torch", options.work, options.precision, sum(map(len, packs)), options.threads, tokens, seconds)


if __name__ == "__main__":
    main()
