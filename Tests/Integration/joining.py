"""Another host, played by a network namespace with a host name of its own."""

import contextlib
import os
import pathlib
import shutil
import subprocess


class NotTried(Exception):
    """The machine does not have what a scenario needs."""


class OtherHost:
    """A network namespace that is joined to this one by a virtual cable."""

    def __init__(self):
        number = os.getpid()
        self.name = f"eightfold-{number}"
        self.near, self.far = f"ef{number % 1000000}a", f"ef{number % 1000000}b"
        self.address = f"10.231.{number % 251}.1"
        self.peer = f"10.231.{number % 251}.2"

    def __enter__(self):
        try:
            self._do("ip", "netns", "add", self.name)
        except (OSError, subprocess.CalledProcessError) as error:
            raise NotTried(f"no network namespace can be made here: {getattr(error, 'stderr', error)}") from None
        try:
            self._do("ip", "link", "add", self.near, "type", "veth", "peer", "name", self.far, "netns", self.name)
            self._do("ip", "address", "add", f"{self.address}/30", "dev", self.near)
            self._do("ip", "link", "set", self.near, "up")
            self._do(*self.inside("ip", "address", "add", f"{self.peer}/30", "dev", self.far))
            self._do(*self.inside("ip", "link", "set", self.far, "up"))
        except subprocess.CalledProcessError as error:
            self.__exit__()
            raise NotTried(f"no virtual cable can be made here: {error.stderr}") from None
        return self

    def __exit__(self, *_):
        # The cable goes with the namespace.
        subprocess.run(["ip", "netns", "delete", self.name], check=False)

    def cut(self):
        """Cuts the cable, without a word to either end."""
        self._do("ip", "link", "set", self.near, "down")

    def mend(self):
        self._do("ip", "link", "set", self.near, "up")

    def inside(self, *command):
        """The command that runs another one over there, under another host name."""
        return ["ip", "netns", "exec", self.name, "unshare", "--uts", "sh", "-c", 'hostname far; exec "$@"', "-", *command]

    @staticmethod
    def _do(*command):
        subprocess.run(command, check=True, capture_output=True, text=True)


class Keys:
    """Folders of keys as `eightfold keys` makes them, and what becomes of them in the wrong hands."""

    def __init__(self, executables, folder):
        self.executables, self.folder = executables, pathlib.Path(folder)
        ours, theirs = self._make("ours"), self._make("theirs")
        self.hub, self.good = ours / "hub", ours / "sampler"
        self.unknown = self._mix("unknown", theirs / "sampler/sampler.secret", ours / "hub.public")
        self.wrong_hub = self._mix("wrong-hub", ours / "sampler/sampler.secret", theirs / "hub.public")
        # A sampler's key in a verifier's hands.
        self.wrong_role = self._mix("wrong-role", ours / "sampler/sampler.secret", ours / "hub.public")
        (self.wrong_role / "sampler.secret").rename(self.wrong_role / "verifier.secret")

    def _make(self, name):
        subprocess.run(
            [self.executables / "eightfold", "keys", "--to", self.folder / name, "sampler"], check=True, capture_output=True)
        return self.folder / name

    def _mix(self, name, *files):
        folder = self.folder / name
        folder.mkdir()
        for file in files:
            shutil.copy2(file, folder)
        return folder


@contextlib.contextmanager
def service(run, host, role, name, endpoint, keys=None, *options):
    """A service that was started by hand on another host; its log is beside the run's folder."""
    log_path = pathlib.Path(f"{run.folder}-{name}.log")
    key, value = run.token.split("=")
    command = [str(run.executables / f"eightfold-{role}"), "--hub", endpoint, "--name", name, *options]
    if keys:
        command += ["--keys", str(keys)]
    with open(log_path, "ab") as log:
        process = subprocess.Popen(
            host.inside(*command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, key: value})
    try:
        yield process, log_path
    finally:
        process.kill()
        process.wait()
