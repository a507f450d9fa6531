"""The one line that a measured process prints, in the form of `eightfold bench work --json`."""

import json
import resource
import sys


def peak_bytes():
    """The most memory that this process has had resident."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def print_line(engine, work, precision, sequences, threads, tokens, seconds):
    print(json.dumps({
        "engine": engine, "work": work, "precision": precision, "sequences": sequences, "threads": threads,
        "tokens": tokens, "seconds": seconds, "peak_bytes": peak_bytes(),
    }))
