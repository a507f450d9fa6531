#!/usr/bin/env python3
"""Compares the token ids of Hugging Face's tokenizers with ours on many varied lines.

usage: tokenizer_lines.py make FOLDER [MODEL.gguf]
       tokenizer_lines.py compare FOLDER

`make` writes FOLDER/lines (seeded), and FOLDER/tokenizers/NAME/tokenizer.json for every pre-tokenizer: one trained on the
lines and, where a model is given, one with the model's own vocabulary and merges. The test `PeerLines` encodes the lines
with each of them (NAME/plain without special tokens; NAME/parsed with them, and only lines that have a "<") and writes our
own files to NAME/ours.
`compare` encodes the lines again with Hugging Face's reading of both, and fails on any difference.

Numbers in lines, plain and parsed are 32-bit and little-endian: a count, and so many bytes or ids, for each line. A line's
bytes need not be UTF-8: Python reads them with U+FFFD for what is not, as Swift does.
"""

import json
import pathlib
import random
import struct
import sys
import unicodedata

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|im|>"]
WHOLE = ["<tool_call>", "</tool_call>"]
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def split(expression):
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(expression), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


FAMILIES = {
    "gpt-2": lambda: pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
    "smollm": lambda: pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    ),
    "llama-bpe": lambda: split(LLAMA3),
    "qwen2": lambda: split(LLAMA3.replace("{1,3}", "")),
}


# The lines.

SCRIPTS = [
    (0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x17F), (0x370, 0x3FF), (0x400, 0x4FF), (0x531, 0x556), (0x5D0, 0x5EA),
    (0x620, 0x64A), (0x660, 0x669), (0x904, 0x939), (0x93E, 0x94F), (0x966, 0x96F), (0xB85, 0xBB9), (0xE01, 0xE3A),
    (0xF40, 0xF6C), (0x1000, 0x102A), (0x10D0, 0x10FA), (0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2),
    (0x13A0, 0x13F5), (0x1780, 0x17B3), (0x1E00, 0x1EFF), (0x1F00, 0x1FFF), (0x2150, 0x218B), (0x2460, 0x24FF),
    (0x3041, 0x3096), (0x30A1, 0x30FA), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF01, 0xFF9F),
    (0x10400, 0x1044F), (0x12000, 0x12399), (0x1D400, 0x1D7FF), (0x20000, 0x2A6DF), (0x30000, 0x3134A),
]  # fmt: skip
SPACES = [
    " ", " ", " ", "  ", "   ", "\t", "\n", "\r", "\r\n", "\n\n", "\v", "\f", "\x85", "\xa0", "\u1680", "\u2003", "\u2009",
    "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\u200b", "\ufeff", "\x1c", "\x1f", "\u180e", "\u2060",
]  # fmt: skip
EMOJI = [
    "🙂", "👩‍🔬", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🇯🇵🇫🇷", "🇺", "👍🏽", "1️⃣", "#️⃣", "❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🤷🏿‍♀️", "☺", "🧑🏻‍🤝‍🧑🏾", "©️", "∑", "√", "≈", "→",
]  # fmt: skip
CONTRACTIONS = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'LL", "'Re", "'vE", "’s", "'ſ", "'x", "''", "'l", "'1"]
WORDS = (
    "the of and in to a is was for Natalia sold clips half as many altogether marbles apples each price dollars hours "
    "train leaves station sum product difference quotient answer step therefore because total remaining equals Tom Maria "
    "I you we they don can won isn he she it that this who what there MATHEMATICS iPhone McDonald straße naïve café"
).split()
CODE = [
    "def f(x):", "    return x**2", "\tif (a[i] != b->c) {", "}", "else:", "for (int i = 0; i < n; ++i)", "x += 0x1F;",
    "print(f\"{a!r:>10}\")", "# comment", "// TODO: fix", "<div class=\"a\">", "</div>", "SELECT * FROM t WHERE id=%d;",
    "std::vector<int> v{1,2,3};", "lambda x, *args, **kw: None", "$HOME/.config", "a_b_c", "CamelCaseName", "\\frac{1}{2}",
    "\\begin{align}", "&amp;", "=====", "-----", "!!!", "...", "/* */", "@property", "#!/bin/sh", "%s\\n", "{{ x }}", "=>",
]  # fmt: skip


def number(r):
    return r.choice(
        [
            lambda: str(r.randrange(10 ** r.randrange(1, 16))),
            lambda: f"{r.uniform(-1e4, 1e4):.{r.randrange(1, 8)}f}",
            lambda: f"{r.randrange(10 ** r.randrange(4, 12)):,}",
            lambda: f"{r.random():e}",
            lambda: f"{r.randrange(1, 99)}/{r.randrange(1, 99)}",
            lambda: f"{r.randrange(100)}+{r.randrange(100)}={r.randrange(200)}",
            lambda: f"${r.randrange(1000)}.{r.randrange(100):02}",
            lambda: f"{r.randrange(2030)}-{r.randrange(13):02}-{r.randrange(32):02}T{r.randrange(24):02}:00Z",
            lambda: hex(r.randrange(1 << 32)),
        ]
    )()


def foreign(r):
    first, last = r.choice(SCRIPTS)
    return "".join(chr(r.randint(first, last)) for _ in range(r.randrange(1, 9)))


def marked(r):
    return "".join(r.choice("aeioncsuAÅкעन가") + chr(r.randint(0x300, 0x36F)) * r.randrange(3) for _ in range(r.randrange(1, 7)))


def control(r):
    return "".join(chr(r.choice([*range(0x20), 0x7F, *range(0x80, 0xA0)])) for _ in range(r.randrange(1, 5)))


def anything(r):
    """Any character at all but surrogates."""
    point = r.randrange(0x110000 - 0x800)
    return chr(point if point < 0xD800 else point + 0x800)


def part(r):
    return r.choice(
        [
            lambda: r.choice(WORDS), lambda: r.choice(WORDS) + r.choice(CONTRACTIONS), lambda: r.choice(CONTRACTIONS),
            lambda: number(r), lambda: foreign(r), lambda: r.choice(EMOJI), lambda: marked(r), lambda: control(r),
            lambda: r.choice(CODE), lambda: r.choice(SPECIAL + WHOLE + ["<|im_", "<|im_start", "|>", "<tool_call"]),
            lambda: anything(r), lambda: r.choice("!?.,;:\"'()[]{}<>*&^%$#@~`|\\/+-=_") * r.randrange(1, 5),
            lambda: r.choice("aA1 \n!é漢") * r.randrange(1, 40),
        ]
    )()  # fmt: skip


def lines():
    """Bytes, line by line: kinds by themselves, all of them mixed, broken UTF-8, and most characters there are."""
    r = random.Random(20240607)
    made = []

    def add(count, maker, between=" "):
        made.extend(between.join(maker(r) for _ in range(r.randrange(1, 24))).encode() for _ in range(count))

    add(1000, lambda r: r.choice(WORDS) + (r.choice(CONTRACTIONS) if r.random() < 0.2 else ""))
    add(1000, number)
    add(800, lambda r: r.choice(CODE), "\n")
    add(1000, foreign)
    add(500, lambda r: r.choice(EMOJI), "")
    add(500, marked)
    add(300, control)
    add(700, lambda r: r.choice(SPACES) + r.choice(["", "", "a", "1", "!", "é", "漢", "'s"]), "")
    add(500, anything, "")
    add(2500, lambda r: part(r) + r.choice(SPACES + [""] * 12), "")
    whole = list(made)
    for _ in range(1500):
        line = bytearray(r.choice(whole))
        for _ in range(r.randrange(1, 6)):
            place = r.randrange(len(line) + 1)
            line[place : place + r.randrange(3)] = r.randbytes(r.randrange(3))
        made.append(bytes(line))
    made.extend(r.randbytes(r.randrange(1, 40)) for _ in range(1000))
    # Sequences that are cut short, too long, or stand for surrogates.
    broken = [b"\xc0\x80", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf0\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80"]
    pieces = broken + [b"\xe2\x82", b"\xf0\x9f\x99", b"\xc3", b"\x80", b"\xbf", b"\xff", b"a", b" ", b"\xe2\x82\xac", b"1"]
    made.extend(b"".join(r.choices(pieces, k=r.randrange(1, 12))) for _ in range(500))

    def is_sampled(point):
        if 0xD800 <= point < 0xE000:
            return False
        large = 0x3400 <= point < 0xA000 or 0xAC00 <= point < 0xD7A4 or 0xE000 <= point < 0xF900 or point >= 0x17000
        return not large or point % 61 == 0 or 0x1AFF0 <= point < 0x1FB00 or 0x187F0 <= point < 0x18E00

    points = [point for point in range(0x110000) if is_sampled(point)]
    for first in range(0, len(points), 32):
        made.append("".join(f"a{c}1{c}! {c}" for c in map(chr, points[first : first + 32])).encode())
    return made


# The tokenizers.


def alphabet():
    """GPT-2's characters for bytes."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {**{byte: chr(byte) for byte in printable}, **{byte: chr(256 + n) for n, byte in enumerate(others)}}


def save(folder, name, family, tokenizer, special, end, whole=()):
    tokenizer.pre_tokenizer = FAMILIES[family]()
    tokenizer.decoder = decoders.ByteLevel()
    if family == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.add_special_tokens([AddedToken(text, normalized=False) for text in special])
    tokenizer.add_tokens([AddedToken(text, normalized=False) for text in whole])
    place = folder / "tokenizers" / name
    place.mkdir(parents=True)
    tokenizer.save(str(place / "tokenizer.json"))
    (place / "tokenizer_config.json").write_text(json.dumps({"eos_token": end}))


def gguf_metadata(path):
    """A GGUF file's metadata; see the format's specification."""
    with open(path, "rb") as file:

        def value(kind):
            if kind == 8:
                return file.read(value(10)).decode()
            if kind == 9:
                kind, count = value(4), value(10)
                return [value(kind) for _ in range(count)]
            form = "<" + "BbHhIif?__Qqd"[kind]
            return struct.unpack(form, file.read(struct.calcsize(form)))[0]

        if file.read(4) != b"GGUF":
            raise SystemExit(f"{path} is not a GGUF file.")
        _, _, count = value(4), value(10), value(10)
        return {value(8): value(value(4)) for _ in range(count)}


def make(folder, model):
    folder.mkdir(parents=True, exist_ok=True)
    made = lines()
    with open(folder / "lines", "wb") as file:
        for line in made:
            file.write(struct.pack("<I", len(line)) + line)
    texts = [line.decode(errors="replace") for line in made]
    for family in FAMILIES:
        tokenizer = Tokenizer(models.BPE(ignore_merges=family == "llama-bpe"))
        tokenizer.pre_tokenizer = FAMILIES[family]()
        tokenizer.train_from_iterator(
            texts,
            trainers.BpeTrainer(vocab_size=3000, initial_alphabet=list(alphabet().values()), show_progress=False),
        )
        save(folder, f"trained-{family}", family, tokenizer, SPECIAL, SPECIAL[0], WHOLE)
    if model:
        data = gguf_metadata(model)
        tokens, merges = data["tokenizer.ggml.tokens"], data["tokenizer.ggml.merges"]
        special = [token for token, kind in zip(tokens, data["tokenizer.ggml.token_type"]) if kind == 3]
        end = tokens[data["tokenizer.ggml.eos_token_id"]]
        for family in FAMILIES:
            vocabulary = {token: index for index, token in enumerate(tokens)}
            pairs = [tuple(merge.split(" ")) for merge in merges]
            tokenizer = Tokenizer(models.BPE(vocabulary, pairs, ignore_merges=family == "llama-bpe"))
            save(folder, f"model-{family}", family, tokenizer, special, end)
        (folder / "model").write_text(str(pathlib.Path(model).resolve()))
    print(f"{len(made)} lines of {sum(map(len, made))} bytes")


# The comparison.


def records(path):
    data, place = path.read_bytes(), 0
    while place < len(data):
        (count,) = struct.unpack_from("<I", data, place)
        yield place + 4, count
        place += 4 + count * (1 if path.name == "lines" else 4)


def compare(folder):
    data = (folder / "lines").read_bytes()
    made = [data[place : place + count] for place, count in records(folder / "lines")]
    texts = [line.decode(errors="replace") for line in made]
    selected = {"plain": range(len(made)), "parsed": [n for n, line in enumerate(made) if b"<" in line]}
    broken = sum("\ufffd" in text for text in texts)
    compared = differences = 0
    for place in sorted((folder / "tokenizers").iterdir()):
        for source in ["tokenizer.json", "ours/tokenizer.json"]:
            tokenizer = Tokenizer.from_file(str(place / source))
            for mode, places in selected.items():
                tokenizer.encode_special_tokens = mode == "plain"
                theirs = [encoding.ids for encoding in tokenizer.encode_batch([texts[n] for n in places], add_special_tokens=False)]
                ids = (place / mode).read_bytes()
                ours = [list(struct.unpack_from(f"<{n}i", ids, at)) for at, n in records(place / mode)]
                if len(ours) != len(theirs):
                    raise SystemExit(f"{place.name}/{mode} has {len(ours)} lines, not {len(theirs)}.")
                for line, a, b in zip([made[n] for n in places], theirs, ours):
                    if a != b:
                        differences += 1
                        if differences <= 10:
                            first = next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                            names = [[tokenizer.id_to_token(i) for i in x[max(0, first - 2) : first + 6]] for x in (a, b)]
                            print(f"{place.name} {source} {mode}: {line[:80]!r}: {names[0]} and ours {names[1]}")
                compared += len(ours)
    print(
        f"{len(made)} lines ({broken} with U+FFFD), {compared} comparisons, {differences} differences; "
        f"Unicode {unicodedata.unidata_version} in Python"
    )
    return differences == 0 and len(made) >= 10_000


if __name__ == "__main__":
    command, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if command == "make":
        make(folder, sys.argv[3] if len(sys.argv) > 3 else None)
    elif not compare(folder):
        sys.exit(1)
