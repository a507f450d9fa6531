#!/usr/bin/env python3
"""A verifier in another language, written from docs/wire-protocol.md and the .proto files alone.

usage: verifier.py --hub ENDPOINT [--verifier NAME] [--name NAME]

Joins a running hub as the verifier that the recipe's verification.verifiers names, grades rollouts until the hub says stop,
and prints how many. To judge by rules of your own, change `ending`. Needs the Python packages pyzmq and grpcio-tools. Exits with 0 after the hub's stop, 1 when the hub is gone or refuses it, 2 when something is missing.
"""

import argparse
import os
import secrets
import socket
import sys
import time

from grading import answer_of, integer

try:
    import zmq
    from messages import load_messages
except ImportError as error:
    print(f"verifier.py needs the Python packages pyzmq and grpcio-tools: {error}.", file=sys.stderr)
    sys.exit(2)

CAPACITY = 32
GONE_SECONDS = 60
LEASE_IS_OVER = {"lease-expired", "not-yours", "unknown-lease"}

envelope, items, session, work = load_messages()


def ending(lease):
    """How the rollout's slot ends. What cannot be graded is an error, never incorrect."""
    problem = next((a.body for a in lease.attachments if a.item == lease.item.problem), None)
    if problem is None:
        return work.SlotEnding(end=items.ERROR, reason=f"{lease.item.id} came without its problem.")
    problem = items.Problem.FromString(problem)
    if problem.check != items.FINAL_ANSWER:
        return work.SlotEnding(end=items.ERROR, reason="This verifier grades final answers alone.")
    if problem.answers not in (items.STRICT, items.LAST_NUMBER):
        return work.SlotEnding(end=items.ERROR, reason="This verifier reads answers strictly, or by the last number.")
    reference = integer(problem.reference_answer)
    if reference is None:
        return work.SlotEnding(end=items.ERROR, reason="The reference answer is no integer.")
    text = items.Rollout.FromString(lease.item.body).text
    answer = answer_of(text, falls_back=problem.answers == items.LAST_NUMBER)
    if answer is None:
        verdict = items.Verdict(grade=items.NO_ANSWER, reason="There is no answer that is an integer.")
    elif answer == reference:
        verdict = items.Verdict(grade=items.CORRECT, answer=answer)
    else:
        verdict = items.Verdict(grade=items.INCORRECT, answer=answer, reason=f"The answer is {reference}.")
    return work.SlotEnding(end=items.RESULT, result=verdict.SerializeToString())


class Verifier:
    def __init__(self, hub, name, verifier):
        self.hub, self.name, self.verifier = hub, name, verifier
        self.instance = f"{name}-{secrets.token_hex(8)}"
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 1000
        self.socket.connect(hub)
        self.welcome = None
        self.held = set()
        self.pending = {}  # message id -> [type, payload, lease, attempt]
        self.sent = self.graded = 0
        self.stopped = False

    def send(self, type_, payload, message_id=None, attempt=1):
        self.sent += 1
        head = envelope.Envelope(
            major=1, minor=2, type=type_, run=self.welcome.run if self.welcome else "",
            id=message_id or f"{self.instance}-{self.sent}", sender=self.name,
            sent_unix_nanoseconds=time.time_ns(), attempt=attempt)
        self.socket.send_multipart([head.SerializeToString(), payload.SerializeToString() if payload else b""])
        return head.id

    def request(self, type_, payload, lease):
        self.pending[self.send(type_, payload)] = [type_, payload, lease, 1]

    def say_hello(self):
        self.send(envelope.HELLO, session.Hello(
            role=session.VERIFIER, name=self.name, instance=self.instance, host=socket.gethostname(),
            process_id=os.getpid(), verifier=self.verifier))

    def give_credit(self, count):
        if count > 0:
            self.send(envelope.CREDIT, work.Credit(queue=items.ROLLOUTS, items=count))

    def run(self):
        self.say_hello()
        heard = beat = time.monotonic()
        while not self.stopped:
            period = self.welcome.heartbeat_milliseconds / 1000 if self.welcome else 1
            if self.socket.poll(max(0, (beat + period - time.monotonic()) * 1000)):
                heard = time.monotonic()
                self.receive(self.socket.recv_multipart())
            now = time.monotonic()
            if now - heard > GONE_SECONDS:
                sys.exit(f"{self.name} waited {GONE_SECONDS} s for the hub at {self.hub}; it is gone.")
            if now - beat >= period:
                beat = now
                if self.welcome:
                    self.send(envelope.HEARTBEAT, session.Heartbeat(
                        leases=sorted(self.held), waiting_for="" if self.held else "rollouts"))
                else:
                    self.say_hello()
        self.send(envelope.GOODBYE, None)
        self.socket.close()

    def receive(self, frames):
        head = envelope.Envelope.FromString(frames[0])
        if head.major != 1:
            sys.exit(f"{self.name} speaks major version 1 of the messages, the hub speaks {head.major}.")
        if head.type == envelope.WELCOME:
            self.welcome = session.Welcome.FromString(frames[1])
            self.give_credit(CAPACITY - len(self.held))
            for message_id, entry in self.pending.items():
                entry[3] += 1
                self.send(entry[0], entry[1], message_id, entry[3])
        elif head.type == envelope.HEARTBEAT:
            if self.welcome and session.Heartbeat.FromString(frames[1]).hub_incarnation != self.welcome.hub_incarnation:
                self.say_hello()
        elif head.type == envelope.WORK:
            for lease in work.Work.FromString(frames[1]).leases:
                self.held.add(lease.id)
                self.request(envelope.COMPLETE, work.Complete(leases=[lease.id], endings=[ending(lease)]), lease.id)
        elif head.type == envelope.ANSWER:
            self.answered(work.Answer.FromString(frames[1]))
        elif head.type == envelope.STOP:
            self.stopped = True

    def answered(self, answer):
        if answer.code == work.UNKNOWN_SESSION:
            if self.welcome:  # what was sent meanwhile is answered so, too; one hello is enough
                self.welcome = None
                self.say_hello()
            return
        if answer.to not in self.pending:
            if answer.code == work.REFUSED:
                sys.exit(f"The hub refused a message of {self.name}: {answer.reason}")
            return  # a second answer, to a message that was sent again
        type_, _, lease, _ = self.pending.pop(answer.to)
        refused = answer.code == work.REFUSED
        if refused and type_ == envelope.COMPLETE and answer.reason_code not in LEASE_IS_OVER:
            print(f"{self.name}: {answer.reason}", file=sys.stderr)
            return self.request(envelope.FAIL, work.Fail(lease=lease, reason=answer.reason, retriable=True), lease)
        self.graded += type_ == envelope.COMPLETE and not refused
        self.held.discard(lease)
        self.give_credit(1)


def main():
    parser = argparse.ArgumentParser(description="Grades the rollouts of a run.")
    parser.add_argument("--hub", required=True, help="where the hub is, as in the run's endpoints.json")
    parser.add_argument("--name", default="python-verifier", help="unique in the run")
    parser.add_argument("--verifier", default="reader", help="its name in the recipe's verification.verifiers")
    options = parser.parse_args()
    verifier = Verifier(options.hub, options.name, options.verifier)
    verifier.run()
    print(f"{options.name} graded {verifier.graded} rollouts")


if __name__ == "__main__":
    main()
