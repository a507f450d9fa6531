"""Writes BlockFixtures.swift: blocks of every storage that GGUF files may have, and what the Python package `gguf` reads in
them, and what it writes as Q8_0. From this folder:

    pip install gguf==0.19.0 numpy==2.4.6 && python make_blocks.py > BlockFixtures.swift

The blocks are random bytes, but for the 16-bit scales and minima, which are random ordinary numbers.
"""

import base64
import textwrap

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, quants

# The storage's name in Swift, and where its blocks have 16-bit floats.
STORAGES = {
    "F32": ("float32", []),
    "F16": ("float16", []),
    "BF16": ("bfloat16", []),
    "Q4_0": ("q40", [0]),
    "Q4_1": ("q41", [0, 2]),
    "Q5_0": ("q50", [0]),
    "Q5_1": ("q51", [0, 2]),
    "Q8_0": ("q80", [0]),
    "Q2_K": ("q2K", [80, 82]),
    "Q3_K": ("q3K", [108]),
    "Q4_K": ("q4K", [0, 2]),
    "Q5_K": ("q5K", [0, 2]),
    "Q6_K": ("q6K", [208]),
}


def text(values: np.ndarray) -> str:
    """A Swift literal of the bytes in base64."""
    lines = textwrap.wrap(base64.b64encode(values.tobytes()).decode(), 100)
    return '"""\n' + "".join(f"            {line}\\\n" for line in lines)[:-2] + '\n            """'


def main() -> None:
    generator = np.random.default_rng(8)
    print("// Made by make_blocks.py with gguf 0.19.0; do not edit.\nimport ModelFiles\n")
    print("/// Blocks and the floats in them, in base64.")
    print("enum BlockFixtures {")
    print("    static let read: [BlockFixture] = [")
    for name, (swift, halves) in STORAGES.items():
        kind = GGMLQuantizationType[name]
        block_count, block_bytes = GGML_QUANT_SIZES[kind]
        blocks = 2 if block_count == 32 else 1 if block_count == 256 else 32
        if block_count == 1:
            plain = (generator.standard_normal(blocks) * 10.0 ** generator.integers(-6, 4, blocks)).astype(np.float32)
            data = quants.quantize(plain, kind).view(np.uint8).reshape(blocks, block_bytes)
        else:
            data = generator.integers(0, 256, (blocks, block_bytes), dtype=np.uint8)
            for place in halves:
                data[:, place : place + 2] = (
                    generator.standard_normal((blocks, 1)).astype(np.float16).view(np.uint8).reshape(blocks, 2)
                )
        floats = quants.dequantize(data.reshape(-1), kind).astype(np.float32)
        assert np.isfinite(floats).all() and floats.size == blocks * block_count
        print(f"        BlockFixture(\n            storage: .{swift},")
        print(f"            bytes: {text(data)},\n            floats: {text(floats)}),")
    print("    ]\n")
    floats = (generator.standard_normal(128) * np.repeat([1, 1e-3, 1e-7, 3e4], 32)).astype(np.float32)
    floats[7] = 0
    data = quants.quantize(floats, GGMLQuantizationType.Q8_0)
    print("    static let written = BlockFixture(\n        storage: .q80,")
    print(f"        bytes: {text(data)},\n        floats: {text(floats)})".replace("\n            ", "\n        "))
    print("}")


main()
