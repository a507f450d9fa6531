#!/usr/bin/env python3
"""Measures this project's engine and its peers by turns, and prints a Markdown table; deploy/compare-peers.sh calls it.

Each measurement is a process of its own, which prints one line of JSON. All that is measured goes to a file of JSON lines,
the machine first. A peer is measured with each of its settings, until one is far slower than another, and the table has
the one with the largest median, those that failed beside it, and the memory of the one that takes the least. A peer that
cannot run is reported with the reason, and the others are measured all the same. Needs nothing but Python itself; the
peers run in the Python that is given. Exits with 0 when our engine and a peer were measured, else with 1.
"""

import argparse
import json
import os
import pathlib
import platform
import signal
import statistics
import subprocess
import sys

from speed_cases import CASES, LLAMA_CPP, NOT_RUN, TORCH, WORKS

OURS = "Eightfold"
FLAGS = ["avx2", "avx512f", "avx512_bf16", "avx512_vnni", "avx_vnni", "amx_bf16", "amx_int8"]
DEADLINE_SECONDS = 1800
# A setting with less than this part of another's median is measured no more. Rates of one setting have differed by 0.71.
FAR_SLOWER = 0.65
# PyTorch frees and asks for large blocks all the time; it is up to a third faster when glibc keeps them.
KEEPS_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(16 << 30)}
# Where PyTorch keeps what it has compiled, so that it does so once: minutes of a single thread.
COMPILED = "TORCHINDUCTOR_CACHE_DIR"


class NotRun(Exception):
    """Why something was not measured, as a sentence without its full stop."""


def output(command, environment=None):
    """What a command prints, with more of an environment than this process has."""
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=DEADLINE_SECONDS, env=os.environ | (environment or {}))
    except subprocess.TimeoutExpired:
        raise NotRun(f"it took more than {DEADLINE_SECONDS // 60} minutes") from None
    except OSError as error:
        raise NotRun(f"it does not start: {error}") from None
    if ended.returncode != 0:
        said = [line.strip() for line in (ended.stderr or ended.stdout).splitlines() if line.strip()]
        raise NotRun(f"exit code {ended.returncode}{': ' + said[-1].rstrip('.') if said else ''}")
    return ended.stdout


def measured(command, environment=None):
    """The line that a command prints of what it measured."""
    for line in output(command, environment).splitlines():
        try:
            line = json.loads(line)
            if rate(line) > 0 and line["peak_bytes"] > 0:
                return line
        except (ValueError, KeyError, TypeError, ZeroDivisionError):
            pass
    raise NotRun("it prints no line of JSON with tokens, seconds and peak_bytes above zero")


def rate(line):
    return line["tokens"] / line["seconds"]


def median_rate(lines):
    return statistics.median(rate(line) for line in lines)


def named(engine, setting):
    return f"{engine}, {setting}" if setting else engine


class Peers:
    """The peers' programs: their versions, and why those that cannot run cannot."""

    def __init__(self, options, cases):
        self.python, self.models = options.python, options.models
        self.reasons = dict(reason.split("=", 1) for reason in options.missing)
        self.versions = {}
        used = {peer.script for case in cases for peer in case.peers}
        for script, models in ((LLAMA_CPP, "gguf"), (TORCH, "hugging-face")):
            # Ours reads a file that llama.cpp writes, so that this one is always needed.
            if (script not in used and script != LLAMA_CPP) or script in self.reasons:
                continue
            try:
                self.versions[script] = output(self.command(script, "versions")).strip()
                output(self.command("speed_models.py", models, options.model, options.models))
            except NotRun as reason:
                self.reasons[script] = str(reason)

    def command(self, script, *arguments):
        return [self.python, str(pathlib.Path(__file__).with_name(script)), *arguments]

    def measure(self, peer, setting, work, threads, quick):
        reason = NOT_RUN.get(peer.name) or self.reasons.get(peer.script)
        if reason:
            raise NotRun(reason)
        command = self.command(
            peer.script, work, os.path.join(self.models, peer.model), *peer.arguments,
            *peer.settings[setting], "--threads", str(threads))
        environment = {**KEEPS_MEMORY, COMPILED: os.path.join(self.models, "compiled")} if peer.script == TORCH else None
        return measured(command + ["--quick"] * quick, environment)


class Results:
    """The lines of each engine in each case by its settings, or why there are none."""

    def __init__(self, raw):
        self.raw = raw
        self.lines = {}
        self.reasons = {}
        # Of each engine in each case the peaks of each setting, also of those that are far slower than another.
        self.peaks = {}
        # Of each engine in each case the settings that failed, and why.
        self.failures = {}

    def add(self, case, engine, repetition, settings, measure):
        """Measures an engine with each setting; after the first time with those that were not far slower than another."""
        key = case.name, engine
        if key in self.reasons:
            return
        lines = self.lines.pop(key, {setting: [] for setting in settings})
        for setting in list(lines):
            about = {"case": case.name, "repetition": repetition, "by": engine, "setting": setting}
            try:
                line = measure(setting)
            except NotRun as reason:
                failure = str(reason)
                del lines[setting]
                self.failures.setdefault(key, {})[setting] = failure
                self.write({**about, "not_run": failure})
                told = f"not run: {failure}"
            else:
                lines[setting].append(line)
                self.peaks.setdefault(key, {}).setdefault(setting, []).append(line["peak_bytes"])
                self.write({**about, **line})
                told = f"{rate(line):,.0f} tokens/s"
            print(f"{case.name}, repetition {repetition}: {named(engine, setting)}: {told}", file=sys.stderr)
        if lines:
            enough = FAR_SLOWER * max(map(median_rate, lines.values()))
            self.lines[key] = {setting: kept for setting, kept in lines.items() if median_rate(kept) >= enough}
        else:
            failures = self.failures[key]
            same = len(set(failures.values())) == 1
            self.reasons[key] = failure if same else "; ".join(": ".join(each) for each in failures.items())

    def write(self, value):
        self.raw.write(json.dumps(value) + "\n")
        self.raw.flush()

    def has(self, case, engine):
        """Whether it was measured in each repetition."""
        return (case.name, engine) in self.lines

    def fastest(self, case, engine):
        """The setting with the largest median, and its lines."""
        return max(self.lines[case.name, engine].items(), key=lambda item: median_rate(item[1]))

    def ratio(self, case, engine):
        """The median of our rate over an engine's of the same repetition: what the machine does over hours is in both."""
        repetitions = zip(self.lines[case.name, OURS][""], self.fastest(case, engine)[1], strict=True)
        return statistics.median(rate(own) / rate(other) for own, other in repetitions)

    def least_peak(self, case, engine):
        """The setting whose median peak memory is the smallest, and that peak in bytes."""
        peaks = {setting: statistics.median(values) for setting, values in self.peaks[case.name, engine].items()}
        return min(peaks.items(), key=lambda item: item[1])

    def rates(self, case, engine):
        """The median, smallest and largest rate as they are told."""
        if not self.has(case, engine):
            return f"not run: {self.reasons[case.name, engine]}"
        rates = [rate(line) for line in self.fastest(case, engine)[1]]
        median = statistics.median(rates)
        places = 0 if min(rates) >= 100 else 1
        return "{:,.{p}f} ({:,.{p}f} to {:,.{p}f})".format(
            median, min(rates), max(rates), p=places)

    def fastest_named(self, case, engine):
        """The engine with its fastest setting, and with those that failed, which might have been faster."""
        if not self.has(case, engine):
            return engine
        failed = [f"; {setting} not run: {reason}" for setting, reason in self.failures.get((case.name, engine), {}).items()]
        return named(engine, self.fastest(case, engine)[0]) + "".join(failed)

    def row(self, case, peer):
        ratio = memory = "–"
        if self.has(case, OURS) and self.has(case, peer.name):
            ratio = f"{self.ratio(case, peer.name):.2f}"
            if case.is_training:
                (_, own), (setting, other) = self.least_peak(case, OURS), self.least_peak(case, peer.name)
                memory = f"{own / 1e9:.2f} and {other / 1e9:.2f} GB ({setting}): {own / other:.2f}"
                if case.memory_aim:
                    memory += f" (aim: at most {case.memory_aim:g})"
        aim = "–" if peer.aim is None else f"{peer.aim:g}"
        cells = [
            case.name, self.rates(case, OURS), self.fastest_named(case, peer.name), self.rates(case, peer.name), ratio, aim,
            memory]
        return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def processor():
    """The CPU's model, and which of the flags it has."""
    try:
        fields = dict(
            [part.strip() for part in line.split(":", 1)] for line in open("/proc/cpuinfo") if ":" in line)
    except OSError:
        return platform.processor() or platform.machine(), []
    flags = fields.get("flags", "").split()
    return fields.get("model name", platform.machine()), [flag for flag in FLAGS if flag in flags]


def main():
    # An exit, unlike the signal's default, takes the measurement that runs along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    parser = argparse.ArgumentParser(prog="compare-peers.sh", description=(
        "Compares the speed of this project's engine with llama.cpp's and PyTorch's on this CPU."))
    parser.add_argument("repetitions", nargs="?", type=int, help="how often each is measured; 5 without it")
    parser.add_argument("--only", metavar="WORK[,WORK]", help=f"of {', '.join(WORKS)}")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="without it the number of cores")
    parser.add_argument("--quick", action="store_true", help=(
        "one repetition where no number is given, and few tokens of the peers, to try that all works; the ratios then mean "
        "nothing"))
    # What the script adds.
    for name in ("eightfold", "python", "model", "models", "raw"):
        parser.add_argument(f"--{name}", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--missing", action="append", default=[], help=argparse.SUPPRESS)
    options = parser.parse_args()
    repetitions = options.repetitions
    if repetitions is None:
        repetitions = 1 if options.quick else 5
    only = options.only.split(",") if options.only else WORKS
    for work in only:
        if work not in WORKS:
            parser.error(f"there is no work {work!r}; give some of {','.join(WORKS)}")
    if repetitions < 1 or options.threads < 1:
        parser.error(f"repetitions and threads are at least 1; got {repetitions} and {options.threads}")
    cases = [case for case in CASES if case.work in only]

    model, flags = processor()
    load = os.getloadavg()[0]
    peers = Peers(options, cases)
    # Without llama.cpp there is no F32 file; ours then reads the one that all are made of.
    file = os.path.join(options.models, "f32.gguf")
    own = [options.eightfold, "bench", "work"]
    of = ["--model", file if os.path.exists(file) else options.model, "--threads", str(options.threads)]
    with open(options.raw, "w") as raw:
        results = Results(raw)
        results.write({
            "cpu": model, "flags": flags, "cores": os.cpu_count(), "load": load, "threads": options.threads,
            "repetitions": repetitions, "quick": options.quick, "versions": list(peers.versions.values())})
        for case in cases:
            for repetition in range(1, repetitions + 1):
                results.add(case, OURS, repetition, [""], lambda _: measured(
                    [*own, case.work, *of, *case.own_arguments, "--json"]))
                for peer in case.peers:
                    results.add(case, peer.name, repetition, peer.settings, lambda setting: peers.measure(
                        peer, setting, case.work, options.threads, options.quick))

    lacks = [flag for flag in FLAGS if flag not in flags]
    print(f"{model}, {os.cpu_count()} cores, with {', '.join(flags) or 'none'} of the flags of interest and without "
          f"{', '.join(lacks) or 'none'}; the load was {load:.1f} before.")
    print(f"{options.threads} threads; repetitions: {repetitions}, in turn, each a process of its own; rates are medians, and "
          "ratios those of the repetitions' ratios."
          f"{' Quick: the ratios mean nothing.' if options.quick else ''}")
    for version in peers.versions.values():
        print(f"Peer: {version}.")
    print()
    print("| work | ours, tokens/s (smallest to largest) | peer | peer's tokens/s | ratio | aim | peak memory, ours and peer's |")
    print("| --- | ---: | --- | ---: | ---: | ---: | --- |")
    for case in cases:
        for peer in case.peers:
            print(results.row(case, peer))
    print(f"\nAll that was measured is in {options.raw}.")
    engines = {engine for _, engine in results.lines}
    sys.exit(0 if OURS in engines and len(engines) > 1 else 1)


if __name__ == "__main__":
    main()
