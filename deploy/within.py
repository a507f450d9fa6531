#!/usr/bin/env python3
"""Runs a command of the tests with a deadline, and lets nothing that it started outlive it.

usage: within.py MINUTES COMMAND [ARGUMENT...]

The exit code is the command's own; 124 when it was ended at the deadline, and 125 when it ended well but left processes
behind. Whatever still holds the output that a caller reads keeps that caller waiting after the command has ended, so
what is left is named, and ended.
"""

import os
import signal
import subprocess
import sys
import time


def members(session):
    """The command lines of a session's processes by their number; those that have ended are none."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,stat=,args="], capture_output=True, text=True, check=True)
    found = {}
    for line in listing.stdout.splitlines():
        number, state, *command = line.split(maxsplit=2)
        try:
            if os.getsid(int(number)) == session and not state.startswith("Z"):
                found[int(number)] = command[0] if command else "?"
        except ProcessLookupError:
            pass
    return found


def end(processes, by=signal.SIGKILL):
    for number in processes:
        try:
            os.kill(number, by)
        except ProcessLookupError:
            pass


def wait_for_end(session, seconds):
    """The processes that are left of a session when all have ended, or when the time is over."""
    deadline = time.monotonic() + seconds
    while (left := members(session)) and time.monotonic() < deadline:
        # They are no children of this process, so there is nothing to wait on.
        time.sleep(0.1)
    return left


def told(processes):
    return "".join(f"\n  {number} {command}" for number, command in processes.items())


def main():
    minutes, command = float(sys.argv[1]), sys.argv[2:]
    child = subprocess.Popen(command, start_new_session=True)
    # A session of its own hears no Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: (end(members(child.pid)), sys.exit(128 + number)))
    try:
        code = child.wait(timeout=minutes * 60)
    except subprocess.TimeoutExpired:
        left = members(child.pid)
        # Programs in Swift tell what each of their threads does when they are aborted in a test.
        end(left, signal.SIGABRT)
        wait_for_end(child.pid, seconds=30)
        end(members(child.pid))
        child.wait()
        print(
            f"{' '.join(command)} may take {minutes:g} minutes and took longer. It was ended, and so were:{told(left)}",
            file=sys.stderr,
        )
        return 124
    # What was told to end may take a moment.
    if left := wait_for_end(child.pid, seconds=5):
        end(left)
        print(
            f"{' '.join(command)} ended with code {code} and must leave no process behind. These were, and were ended:"
            f"{told(left)}",
            file=sys.stderr,
        )
        code = code or 125
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
