"""What deploy/compare-peers.sh measures: each kind of work, who else does it, and how much faster than them we aim to be."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str
    # Our rate over the peer's; None where there is no aim.
    aim: float | None
    # The script that measures it, which runs with what it takes after the work; None for a peer that never runs.
    script: str | None
    # A file or folder of those that speed_models.py writes.
    model: str = ""
    arguments: tuple[str, ...] = ()
    # Which of these is the fastest differs from machine to machine: what each is called, and what it adds.
    settings: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=lambda: {"": ()})


@dataclasses.dataclass(frozen=True)
class Case:
    work: str
    precision: str
    peers: tuple[Peer, ...]
    sequences: int | None = None
    is_training: bool = False
    # Our peak memory over the peer's, at most.
    memory_aim: float | None = None

    @property
    def name(self):
        sequences = {None: "", 1: ", 1 sequence"}.get(self.sequences, f", {self.sequences} sequences")
        return f"{self.work}{sequences}, {self.precision}"

    @property
    def own_arguments(self):
        """What `eightfold bench work` takes after the model and the threads; it chooses sequences where it only decodes."""
        return ["--precision", self.precision, *(["--sequences", str(self.sequences)] if self.work == "decode" else [])]


LLAMA_CPP, TORCH = "speed_llama_cpp.py", "speed_torch.py"
# What there is to say of a peer that never runs.
NOT_RUN = {"vLLM": "PyPI has it for CUDA only, and its wheels for CPUs are not fetched from where they are"}


ATTENTIONS = {"flash attention": ("--flash-attention",), "no flash attention": ("--no-flash-attention",)}
# One cache for all sequences has a shared prefix only once.
CACHES = {**ATTENTIONS, "flash attention and one cache": ("--flash-attention", "--unified")}


def llama_cpp(kind, sequences, aim, settings=ATTENTIONS):
    return Peer(f"llama.cpp {kind}", aim, LLAMA_CPP, f"{kind.lower()}.gguf",
                ("--precision", kind.lower(), "--sequences", str(sequences)), settings)


def decoding(precision, kind, aims):
    return [Case("decode", precision, (llama_cpp(kind, sequences, aim),), sequences) for sequences, aim in aims.items()]


def training(work, precision, aim, memory_aim=None):
    name = ("PyTorch and PEFT" if work == "lora" else "PyTorch") + f" {precision}"
    # Ours computes four sequences of 256 tokens at once, of two or three pairs what they do not share.
    packs, whole = ("--pack", "4"), ("--pack", "16" if work == "dpo" else "8")
    plain = {"packs of 4": packs, "all at once": whole, "all at once, eager": (*whole, "--attention", "eager")}
    compiled = {"packs of 4": (*packs, "--compile"), "all at once": (*whole, "--compile")}
    peers = [Peer(name, aim, TORCH, "hugging-face", ("--precision", precision), settings)
             for name, settings in ((name, plain), (f"{name}, compiled", compiled))]
    return Case(work, precision, tuple(peers), is_training=True, memory_aim=memory_aim)


CASES = [
    *decoding("bf16", "BF16", {1: 1.0, 8: 1.1, 16: 1.15, 32: 1.3, 64: 1.5}),
    *decoding("fp32", "F32", {1: 1.0, 8: 1.0, 16: 1.0, 32: 1.15, 64: 1.4}),
    Case("decode", "int8", (llama_cpp("Q8_0", 1, 1.2), llama_cpp("Q4_0", 1, None)), 1),
    *decoding("int8", "Q8_0", {8: None, 16: 2.0, 32: 2.0, 64: 2.0}),
    Case("continue", "bf16", (llama_cpp("BF16", 32, 1.5, CACHES), Peer("vLLM", 1.5, None)), 32),
    Case("prompt", "bf16", (llama_cpp("BF16", 1, 1.0),)),
    training("train", "fp32", 1.25, memory_aim=0.5),
    training("train", "bf16", 1.3),
    training("lora", "bf16", 1.3),
    training("dpo", "fp32", 1.6),
    training("dpo", "bf16", 1.6),
]
WORKS = list(dict.fromkeys(case.work for case in CASES))
