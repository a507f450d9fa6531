"""One `eightfold run` and its processes, from the outside."""

import os
import pathlib
import signal
import subprocess
import time
import uuid

from ledger import Ledger


class Failed(Exception):
    """What was to be shown does not hold."""


def check(holds, message):
    if not holds:
        raise Failed(message)


def wait_until(what, condition, limit):
    """Waits for something that other processes do; returns what the condition returned."""
    deadline = time.monotonic() + limit
    while True:
        if value := condition():
            return value
        check(time.monotonic() < deadline, f"{what}: not within {limit} s")
        time.sleep(0.005)


class Run:
    """A run in a folder, through all of its starts."""

    def __init__(self, executables, folder, recipe, *options):
        self.executables = pathlib.Path(executables)
        self.folder = pathlib.Path(folder)
        self.recipe = recipe
        self.options = list(options)
        self.process = None
        # Every process of the run inherits it: so none can hide.
        self.token = f"EIGHTFOLD_INTEGRATION={uuid.uuid4()}"

    # Starting

    def start(self, *options):
        return self._start([str(self.recipe), *self.options, *options])

    def resume(self, *options):
        return self._start(["--resume", *options])

    def _start(self, arguments):
        self.process = self.spawn(arguments)
        return self

    def spawn(self, arguments):
        """Starts an `eightfold run` in the folder, beside the one that may be at work."""
        key, value = self.token.split("=")
        with open(f"{self.folder}.log", "ab") as log:
            return subprocess.Popen(
                [self.executables / "eightfold", "run", "--run", self.folder, *arguments], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, env={**os.environ, key: value}, cwd=self.folder.parent,
                start_new_session=True)

    def output(self):
        return pathlib.Path(f"{self.folder}.log").read_text(errors="replace")

    # Watching

    def processes(self):
        """The run's processes by name: the services as they were named, `hub`, and `run` for its parent."""
        found = {}
        for entry in os.scandir("/proc"):
            if not entry.name.isdigit():
                continue
            try:
                if not self.owns(int(entry.name)):
                    continue
                line = pathlib.Path(entry.path, "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue  # It has ended since.
            if pathlib.Path(line[0]).name == "eightfold":
                found["run"] = int(entry.name)
            elif "--name" in line:
                found[line[line.index("--name") + 1]] = int(entry.name)
            elif pathlib.Path(line[0]).name == "eightfold-hub":
                found["hub"] = int(entry.name)
        return found

    def owns(self, process):
        """Whether a process is one of the run's; a number may belong to another program by now."""
        try:
            return self.token.encode() in pathlib.Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
        except OSError:
            return False

    def has_ended(self):
        return self.process.poll() is not None

    def has_ledger(self):
        return (self.folder / "ledger.sqlite").exists()

    def ledger(self):
        return Ledger(self.folder)

    def ends(self):
        """What a finished run came to: the final policy, and its problems."""
        ledger = self.ledger()
        try:
            return ledger.final_policy(), ledger.problems()
        finally:
            ledger.close()

    def wait_for_work(self, limit=60):
        """Waits until work was handed out in this start of the run, or there was so little left that it is finished."""
        def begun():
            if self.has_ended():
                check(self.process.poll() == 0, f"the run ended with code {self.process.poll()}:\n{self.output()[-2000:]}")
                return True
            if not self.has_ledger() or not (self.folder / "endpoints.json").exists():
                return False
            ledger = self.ledger()
            try:
                return ledger.one("SELECT COUNT(*) FROM leases") > 0
            finally:
                ledger.close()
        wait_until("the run hands out work", begun, limit)
        return self

    def samplers(self):
        return sorted(name for name in self.processes() if name.startswith("sampler-"))

    def wait_for_samplers(self, count, limit=10):
        wait_until(f"{count} samplers run", lambda: self.has_ended() or len(self.samplers()) == count, limit)
        check(not self.has_ended(), "the run ended before it was scaled; the scenario needs a longer recipe")
        return self

    # Ending

    def kill(self, name, when=lambda: True):
        """Ends one of its processes as the kernel would, once `when` has returned true; returns whether there was one."""
        # Looked up first: what is waited for may last a millisecond.
        process = self.processes().get(name)
        if process is None or not when():
            return False
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            return False
        if name == "run":
            self.process.wait()
        return True

    def wait(self, limit, code=0):
        try:
            ended = self.process.wait(timeout=limit)
        except subprocess.TimeoutExpired:
            raise Failed(f"the run did not end within {limit} s; its last words:\n{self.output()[-2000:]}") from None
        check(ended == code, f"the run ended with code {ended} and not {code}:\n{self.output()[-2000:]}")
        return self

    def check_nothing_is_left(self, limit=1):
        """Checks that no process of the run lives any more; returns how long the last one took."""
        started = time.monotonic()
        wait_until("no process of the run is left", lambda: not self.processes(), limit)
        return time.monotonic() - started

    def check_withdrawn(self):
        check(not (self.folder / "endpoints.json").exists(), "the endpoints of a run that has ended are still published")

    def end(self):
        """Ends whatever is left, at the end of a test that may have failed."""
        for _ in range(100):
            left = self.processes()
            for process in left.values():
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            if not left:
                break
            time.sleep(0.05)
        if self.process is not None:
            self.process.wait()
