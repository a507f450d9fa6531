#!/usr/bin/env python3
"""Writes the model files that deploy/compare-peers.sh measures with, all of one GGUF file.

usage: speed_models.py gguf MODEL.gguf FOLDER           FOLDER/{f32,bf16,q8_0,q4_0}.gguf, by llama.cpp's own quantiser
       speed_models.py hugging-face MODEL.gguf FOLDER   FOLDER/hugging-face, for transformers, in fp32

What is there already is left alone. Needs llama-cpp-python for the first, what gguf_model.py needs for the second.
"""

import ctypes
import os
import pathlib
import shutil
import sys


def write_ggufs(model, folder):
    import llama_cpp

    # Kept: llama.cpp calls it for as long as it lives.
    log = llama_cpp.llama_log_callback(lambda level, text, data: None)
    llama_cpp.llama_log_set(log, ctypes.c_void_p())
    kinds = {
        "f32": llama_cpp.LLAMA_FTYPE_ALL_F32,
        "bf16": llama_cpp.LLAMA_FTYPE_MOSTLY_BF16,
        "q8_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0,
        "q4_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_0,
    }
    for name, kind in kinds.items():
        target = folder / f"{name}.gguf"
        if target.exists():
            continue
        settings = llama_cpp.llama_model_quantize_default_params()
        settings.ftype = kind
        settings.allow_requantize = True
        settings.nthread = os.cpu_count()
        # The shorter formats come from the F32 file, which is the first.
        source = model if name == "f32" else folder / "f32.gguf"
        unfinished = folder / f"{name}.unfinished"
        if llama_cpp.llama_model_quantize(str(source).encode(), str(unfinished).encode(), ctypes.byref(settings)) != 0:
            sys.exit(f"llama.cpp does not write {source} as {name}.")
        unfinished.rename(target)


def write_hugging_face(model, folder):
    target, unfinished = folder / "hugging-face", folder / "hugging-face.unfinished"
    if target.exists():
        return
    import gguf_model

    shutil.rmtree(unfinished, ignore_errors=True)
    gguf_model.GGUFModel(model).model().save_pretrained(unfinished)
    unfinished.rename(target)


def main():
    kind, model, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    {"gguf": write_ggufs, "hugging-face": write_hugging_face}[kind](model, folder)


if __name__ == "__main__":
    main()
