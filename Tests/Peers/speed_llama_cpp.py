#!/usr/bin/env python3
"""Measures llama.cpp once at decoding, continuing a prefix or processing a prompt, and prints one line of JSON.

usage: speed_llama_cpp.py WORK MODEL.gguf [--sequences N] [--precision NAME] [--no-flash-attention] [--unified]
                          [--threads N] [--quick]
       speed_llama_cpp.py versions

  decode    128 tokens of each sequence, each after 128 prompt tokens of its own; the prompts are not timed
  continue  64 tokens of each sequence, all after one prefix of 160 tokens that is computed once; it is timed
  prompt    512 tokens of one prompt, with the logits of the last

The tokens are random and drawn beforehand: llama.cpp computes the logits of every token that would be sampled, but
nothing is sampled from them. Weights are used as the file has them, with llama.cpp's own repacking; the cache has 16 bits.
Needs the Python package llama-cpp-python.
"""

import argparse
import ctypes
import os
import random
import sys
import time

import llama_cpp
from speed_line import print_line

WARM_UP_STEPS = 2
# The tokens of one pass through the model.
PASS_TOKENS = 512


class LlamaCpp:
    def __init__(self, model, sequences, length, threads, flash_attention, unified):
        # Kept: llama.cpp calls it for as long as it lives.
        self.log = llama_cpp.llama_log_callback(lambda level, text, data: None)
        llama_cpp.llama_log_set(self.log, ctypes.c_void_p())
        settings = llama_cpp.llama_model_default_params()
        settings.n_gpu_layers = 0
        self.model = llama_cpp.llama_model_load_from_file(model.encode(), settings)
        if not self.model:
            sys.exit(f"llama.cpp does not load {model}.")
        self.vocabulary = llama_cpp.llama_vocab_n_tokens(llama_cpp.llama_model_get_vocab(self.model))
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = sequences * length
        settings.n_seq_max = sequences
        settings.n_batch = settings.n_ubatch = PASS_TOKENS
        settings.n_threads = settings.n_threads_batch = threads
        settings.flash_attn_type = (
            llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED if flash_attention else llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED)
        settings.kv_unified = unified
        self.context = llama_cpp.llama_init_from_model(self.model, settings)
        if not self.context:
            sys.exit(f"llama.cpp makes no context of {sequences} sequences of {length} tokens.")
        self.memory = llama_cpp.llama_get_memory(self.context)
        self.batch = llama_cpp.llama_batch_init(PASS_TOKENS, 0, 1)

    def decode(self, entries):
        """One pass; an entry is a token, its position, its sequence, and whether its logits are computed."""
        batch = self.batch
        batch.n_tokens = len(entries)
        for index, (token, position, sequence, wanted) in enumerate(entries):
            batch.token[index], batch.pos[index], batch.n_seq_id[index] = token, position, 1
            batch.seq_id[index][0], batch.logits[index] = sequence, wanted
        if llama_cpp.llama_decode(self.context, batch) != 0:
            sys.exit(f"llama.cpp does not decode a batch of {len(entries)} tokens.")

    def prompt(self, tokens, sequence):
        last = len(tokens) - 1
        self.decode([(token, position, sequence, position == last) for position, token in enumerate(tokens)])

    def steps(self, tokens, first):
        """A pass for each element of `tokens`, which has one token of every sequence; `first` is their first position."""
        for step, row in enumerate(tokens):
            self.decode([(token, first + step, sequence, True) for sequence, token in enumerate(row)])
        llama_cpp.llama_synchronize(self.context)

    def forget(self, sequence=-1, first=0):
        """Drops the positions from `first` on."""
        llama_cpp.llama_memory_seq_rm(self.memory, sequence, first, -1)


def measure_decode(engine, draw, sequences, prompt, count):
    for sequence in range(sequences):
        engine.prompt(draw(prompt), sequence)
    engine.steps([draw(sequences) for _ in range(WARM_UP_STEPS)], prompt)
    for sequence in range(sequences):
        engine.forget(sequence, prompt)
    tokens = [draw(sequences) for _ in range(count)]
    start = time.perf_counter()
    engine.steps(tokens, prompt)
    return sequences * count, time.perf_counter() - start


def measure_continue(engine, draw, sequences, prefix, count):
    def run(count):
        engine.forget()
        tokens, drawn = draw(prefix), [draw(sequences) for _ in range(count)]
        start = time.perf_counter()
        engine.prompt(tokens, 0)
        for sequence in range(1, sequences):
            llama_cpp.llama_memory_seq_cp(engine.memory, 0, sequence, -1, -1)
        engine.steps(drawn, prefix)
        return time.perf_counter() - start

    # The first token of all is drawn from the prefix's logits, and the logits after the last are of no use.
    run(WARM_UP_STEPS)
    return sequences * count, run(count - 1)


def measure_prompt(engine, draw, length):
    def run():
        engine.forget()
        tokens = draw(length)
        start = time.perf_counter()
        engine.prompt(tokens, 0)
        llama_cpp.llama_synchronize(engine.context)
        return time.perf_counter() - start

    run()
    return length, run()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", choices=["decode", "continue", "prompt", "versions"])
    parser.add_argument("model", nargs="?", help="the GGUF file")
    parser.add_argument("--sequences", type=int, default=1)
    parser.add_argument("--precision", default="", help="what the line says of the file's weights")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--quick", action="store_true", help="few tokens, to try that it works")
    parser.add_argument("--flash-attention", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--unified", action=argparse.BooleanOptionalAction, default=False, help="one cache for all sequences")
    options = parser.parse_args()
    if options.work == "versions":
        print(f"llama-cpp-python {llama_cpp.__version__} ({llama_cpp.llama_print_system_info().decode().strip(' |')})")
        return
    divisor = 8 if options.quick else 1
    length = 512 if options.work == "prompt" else 256
    engine = LlamaCpp(
        options.model, options.sequences, length, options.threads, options.flash_attention, options.unified)
    random_numbers = random.Random(1)

    def draw(count):
        return [random_numbers.randrange(engine.vocabulary) for _ in range(count)]

    match options.work:
        case "decode":
            tokens, seconds = measure_decode(engine, draw, options.sequences, 128 // divisor, 128 // divisor)
        case "continue":
            tokens, seconds = measure_continue(engine, draw, options.sequences, 160 // divisor, 64 // divisor)
        case "prompt":
            tokens, seconds = measure_prompt(engine, draw, 512 // divisor)
    print_line("llama.cpp", options.work, options.precision, options.sequences, options.threads, tokens, seconds)


if __name__ == "__main__":
    main()
