"""A peer that means no good: it sends a hub random bytes, and mutations of the messages that pass on its tap."""

import importlib
import pathlib
import random
import socket
import sys
import tempfile
import time

from joining import NotTried
from run import check

try:
    import zmq
    from grpc_tools import protoc
except ImportError:
    zmq = None

PROTOS = pathlib.Path(__file__).resolve().parents[2] / "Shared/C/CEightfoldWire/proto"
# How many of the last messages of the tap are kept to be mutated.
KEPT = 400


def load_messages():
    """Python classes of the .proto files, made in a folder that is thrown away."""
    if zmq is None:
        raise NotTried("the Python packages of Tests/Peers/requirements.txt are not installed")
    with tempfile.TemporaryDirectory() as folder:
        sources = sorted(path.name for path in PROTOS.glob("*.proto"))
        check(protoc.main(["protoc", f"-I{PROTOS}", f"--python_out={folder}", *sources]) == 0, "the .proto files do not compile")
        sys.path.insert(0, folder)
        try:
            return importlib.import_module("envelope_pb2"), importlib.import_module("session_pb2"), importlib.import_module("work_pb2")
        finally:
            sys.path.remove(folder)


class HostilePeer:
    """Two connections to a hub, one that has said hello as a sampler and one that has not, and a reader of its tap."""

    def __init__(self, endpoints, seed):
        self.envelope, self.session, self.work = load_messages()
        self.chance = random.Random(seed)
        self.context = zmq.Context()
        self.hub = endpoints["hub"]
        self.tap = self._socket(zmq.SUB)
        self.tap.subscribe(b"")
        self.tap.connect(endpoints["tap"])
        self.stranger, self.known = self._dealer(), self._dealer()
        self.seen, self.sent, self.oversized, self.reasons = [], 0, 0, {}
        self._say_hello()

    def _socket(self, kind):
        made = self.context.socket(kind)
        made.linger = 0
        return made

    def _dealer(self):
        made = self._socket(zmq.DEALER)
        made.connect(self.hub)
        return made

    def close(self):
        self.context.destroy(linger=0)

    def _say_hello(self):
        hello = self.session.Hello(
            role=self.session.SAMPLER, name="hostile", instance=f"hostile-{self.chance.getrandbits(64):x}", host="nowhere")
        self.known.send_multipart(self._message(self.envelope.HELLO, hello))

    def _message(self, kind, payload, run=""):
        envelope = self.envelope.Envelope(major=1, type=kind, run=run, id=f"h{self.sent}", sender="hostile", attempt=1)
        return [envelope.SerializeToString(), payload.SerializeToString()]

    def watch(self):
        """Takes in what the tap shows; what would give this peer work is left out, for then it would take part."""
        while self.tap.poll(0):
            topic, _, *frames = self.tap.recv_multipart()
            if topic == b"out" and self.chance.random() < 0.9:
                continue  # What the hub itself sends is refused too early to be of much interest.
            kind = self.envelope.Envelope.FromString(frames[0]).type if self._is_envelope(frames) else None
            if kind in (None, self.envelope.CREDIT, self.envelope.HELLO, self.envelope.COMMAND):
                continue
            if len(self.seen) < KEPT:
                self.seen.append(frames)
            else:
                self.seen[self.chance.randrange(KEPT)] = frames

    def _is_envelope(self, frames):
        try:
            self.envelope.Envelope.FromString(frames[0])
            return True
        except Exception:  # Its own mutations pass on the tap, too.
            return False

    # Mutations

    def _random_frames(self):
        return [self.chance.randbytes(self.chance.choice((0, 1, 7, 60, 1000))) for _ in range(self.chance.randint(1, 6))]

    def _mutated(self, frames):
        frames = list(frames)
        for _ in range(self.chance.randint(1, 3)):
            # Envelopes less often than payloads: what is behind a broken one is never looked at.
            at = self.chance.choice((0, 1, 1, 1, 1, len(frames) - 1)) % len(frames)
            frame = bytearray(frames[at])
            # The last two change the number of frames, which alone is enough for a refusal.
            kind = self.chance.choice((0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8))
            if kind == 0:
                frame = frame[: self.chance.randrange(len(frame) + 1)]
            elif kind == 1 and frame:
                frame[self.chance.randrange(len(frame))] ^= 1 << self.chance.randrange(8)
            elif kind == 2 and frame:
                frame[self.chance.randrange(len(frame))] = self.chance.choice((0x00, 0x7F, 0x80, 0xFF))
            elif kind == 3:
                place = self.chance.randrange(len(frame) + 1)
                frame[place:place] = self.chance.randbytes(self.chance.randint(1, 12))
            elif kind == 4 and frame:
                place = self.chance.randrange(len(frame))
                # A varint that promises more than there is.
                frame[place : place + 1] = b"\xff\xff\xff\xff\x0f"
            elif kind == 5:
                frame = frame * 2
            elif kind == 6:
                other = self.chance.choice(self.seen)  # Of one frame, if it is a mutation that the tap showed.
                frame = bytearray(other[at % len(other)])
            elif kind == 7:
                frames.insert(at, bytes(self.chance.randbytes(3)))
            elif len(frames) > 1:
                del frames[at]
                continue
            frames[at] = bytes(frame)
        return frames

    def _of_another_version(self, frames):
        envelope = self.envelope.Envelope.FromString(frames[0])
        envelope.major = self.chance.choice((0, 2, 7, 0xFFFFFFFF))
        return [envelope.SerializeToString(), *frames[1:]]

    # Sending

    def send_some(self, count):
        """Sends up to `count` messages, and takes in what the hub says to them."""
        self.watch()
        for _ in range(count):
            draw = self.chance.random()
            if draw < 0.1 or not self.seen:
                frames = self._random_frames()
            else:
                frames = self.chance.choice(self.seen)
                frames = self._of_another_version(frames) if draw < 0.15 else self._mutated(frames)
            try:
                self.chance.choice((self.stranger, self.known)).send_multipart(frames, flags=zmq.NOBLOCK)
                self.sent += 1
            except zmq.Again:
                break
        self._read_answers(0)

    def _read_answers(self, milliseconds):
        for dealer in (self.stranger, self.known):
            while dealer.poll(milliseconds):
                head, payload, *_ = dealer.recv_multipart()
                if self.envelope.Envelope.FromString(head).type != self.envelope.ANSWER:
                    continue
                answer = self.work.Answer.FromString(payload)
                if answer.code in (self.work.REFUSED, self.work.UNKNOWN_SESSION):
                    check(answer.reason_code and answer.reason, f"a refusal without a reason: {answer}")
                    self.reasons[answer.reason_code] = self.reasons.get(answer.reason_code, 0) + 1
                if dealer is self.known and answer.code == self.work.UNKNOWN_SESSION:
                    self._say_hello()  # One of its mutations was a goodbye.

    def send_oversized(self):
        """One frame above the hub's limit, on a connection of its own: the hub ends that connection."""
        dealer = self._dealer()
        monitor = dealer.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        dealer.send_multipart([b"", bytes((32 << 20) + 1)])
        check(monitor.poll(20_000), "the hub did not disconnect the sender of a frame above its limit within 20 s")
        dealer.disable_monitor()
        dealer.close()
        self.oversized += 1

    def send_raw(self):
        """Bytes that are no ZeroMQ, straight into the hub's socket."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as raw:
            raw.settimeout(5)
            head = self.chance.choice((b"GET / HTTP/1.1\r\n\r\n", b"\xff" + bytes(8) + b"\x7f", b""))
            try:
                raw.connect(self.hub.removeprefix("ipc://"))
                raw.sendall(head + self.chance.randbytes(200))
            except OSError:
                return  # The hub may hang up before all of it is read, and end with its run.
        self.sent += 1

    def finish(self):
        """Waits for the answers that are still on their way."""
        deadline = time.monotonic() + 10
        before = -1
        while before != sum(self.reasons.values()) and time.monotonic() < deadline:
            before = sum(self.reasons.values())
            self._read_answers(300)
