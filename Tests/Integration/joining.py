"""Another host, played by a network namespace with a host name of its own."""

import contextlib
import ctypes
import ctypes.util
import os
import pathlib
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
    """Folders of keys: the hub's, and one for each kind of peer."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self._library = ctypes.CDLL(ctypes.util.find_library("zmq"))
        hub, sampler = self._pair(), self._pair()
        self.hub = self._write("hub", {"hub": hub, "sampler": (sampler[0], None)})
        self.good = self._write("good", {"sampler": sampler, "hub": (hub[0], None)})
        self.unknown = self._write("unknown", {"sampler": self._pair(), "hub": (hub[0], None)})
        self.wrong_hub = self._write("wrong-hub", {"sampler": sampler, "hub": (self._pair()[0], None)})
        # A sampler's key in a verifier's hands.
        self.wrong_role = self._write("wrong-role", {"verifier": sampler, "hub": (hub[0], None)})

    def _pair(self):
        public, secret = ctypes.create_string_buffer(41), ctypes.create_string_buffer(41)
        if self._library.zmq_curve_keypair(public, secret) != 0:
            raise NotTried("libzmq here makes no CURVE keys")
        return public.value.decode(), secret.value.decode()

    def _write(self, name, keys):
        folder = self.folder / name
        folder.mkdir(parents=True)
        for role, (public, secret) in keys.items():
            (folder / f"{role}.public").write_text(public + "\n")
            if secret:
                with open(os.open(folder / f"{role}.secret", os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                    file.write(secret + "\n")
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
