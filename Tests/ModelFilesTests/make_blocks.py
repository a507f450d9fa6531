"""Writes Blocks.swift: blocks of every storage that GGUF files may have, and what the Python package `gguf` reads in them.

    pip install gguf==0.19.0 numpy && python make_blocks.py > Blocks.swift

Every storage has random bytes for blocks, with a scale and a minimum that are ordinary numbers; Q8_0 also has what the
package writes for random floats.
"""
