"""What a run's ledger must hold, whatever was killed: checked from the outside, with nothing of Eightfold's own code."""

import hashlib
import pathlib
import sqlite3
import zlib

STAGES, ORDERS, REQUESTS, ROLLOUTS, GROUPS, EXPERIENCE, PROBLEMS = range(1, 8)
READY, LEASED, DONE, DEAD, RECORD = range(5)
RUN_GROUP, ROUND_GROUP, ORDER_GROUP, ROLLOUT_GROUP = range(1, 5)
COMPLETED = 1


class Ledger:
    """A run's ledger, opened to read; the run may be live."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.database = sqlite3.connect(f"file:{self.folder}/ledger.sqlite?mode=ro", uri=True, timeout=10)

    def rows(self, sql, *values):
        return self.database.execute(sql, values).fetchall()

    def one(self, sql, *values):
        return self.database.execute(sql, values).fetchone()[0]

    def close(self):
        self.database.close()

    @property
    def is_finished(self):
        return self.rows("SELECT value FROM meta WHERE key = 'state'") == [("finished",)]

    def final_policy(self):
        return self.one("SELECT hex(blob) FROM policies ORDER BY version DESC LIMIT 1").lower()

    def problems(self):
        """All problems with what they are, as one hash of their ids and bodies."""
        digest = hashlib.sha256()
        bodies = self.bodies()
        for name, seq in self.rows("SELECT id, seq FROM items WHERE queue = ? ORDER BY id", PROBLEMS):
            digest.update(name.encode() + b"\0" + bodies[seq])
        return digest.hexdigest()

    def bodies(self):
        """The bodies of all items, of closed stages from segments; those that were dropped are missing."""
        found = {}
        for blob, size in self.rows("SELECT blob, size FROM segments ORDER BY number"):
            data = zlib.decompress((self.folder / "blobs" / blob.hex()).read_bytes())
            if len(data) != size:
                raise ValueError(f"segment {blob.hex()} has {len(data)} bytes, not {size}")
            place, seq = 0, 0
            while place < len(data):
                gap, place = _varint(data, place)
                length, place = _varint(data, place)
                seq += gap
                found[seq] = data[place:place + length]
                place += length
        return found | dict(self.rows("SELECT item, body FROM bodies"))

    def dead_letters(self):
        return [row[0] for row in self.rows("SELECT id FROM items WHERE state = ? ORDER BY id", DEAD)]

    def unmoved(self):
        """Bodies that no segment holds: none after a run that was left alone."""
        return self.one("SELECT COUNT(*) FROM bodies")

    def loss_count(self):
        """Leases that were lost or given back: that there was something to survive."""
        return self.one("SELECT COUNT(*) FROM leases WHERE end > 2")


def _varint(data, place):
    value = shift = 0
    while True:
        value |= (data[place] & 0x7f) << shift
        place, shift = place + 1, shift + 7
        if data[place - 1] < 0x80:
            return value, place


def faults(folder, dead=()):
    """Every way in which a finished run's ledger contradicts what a run promises; empty when nothing was lost."""
    ledger = Ledger(folder)
    try:
        return list(_faults(ledger, set(dead)))
    finally:
        ledger.close()


def _faults(ledger, dead):
    if not ledger.is_finished:
        yield "the run is not finished"
    for group, size, remaining, ended in ledger.rows(
            "SELECT id, size, remaining, (SELECT COUNT(*) FROM slots WHERE group_id = groups.id) FROM groups"):
        if remaining != size - ended or remaining != 0:
            yield f"group {group} has {size} slots, of which {ended} have ended, and counts {remaining} open ones"
    for group, slot in ledger.rows(
            "SELECT group_id, slot FROM slots JOIN groups ON groups.id = group_id WHERE slot NOT BETWEEN 0 AND size - 1"):
        yield f"slot {slot} of group {group} does not exist"
    yield from _items(ledger, dead)
    yield from _experience(ledger)
    yield from _blobs(ledger)


def _items(ledger, dead):
    found = set(ledger.dead_letters())
    for name in found ^ dead:
        yield f"{name} is {'' if name in found else 'not '}a dead letter"
    for name, queue, state in ledger.rows(
            "SELECT id, queue, state FROM items WHERE state NOT IN (?, ?, ?)", DONE, DEAD, RECORD):
        yield f"item {name} of queue {queue} is left in state {state}"
    for name, count in ledger.rows(
            "SELECT items.id, COUNT(leases.id) FROM items LEFT JOIN leases ON leases.item = items.seq AND leases.end = ?"
            " WHERE items.state = ? GROUP BY items.seq HAVING COUNT(leases.id) <> 1", COMPLETED, DONE):
        yield f"item {name} is done by {count} completions"
    for lease in ledger.rows("SELECT id FROM leases WHERE end = 0"):
        yield f"lease {lease[0]} is live"
    problems = ledger.one("SELECT COUNT(*) FROM items WHERE queue = ?", PROBLEMS)
    outcomes = ledger.one(
        "SELECT COUNT(*) FROM slots JOIN groups ON groups.id = group_id WHERE kind = ?", ORDER_GROUP)
    if problems != outcomes:
        yield f"{problems} problems have {outcomes} outcomes"


def _experience(ledger):
    """Each experience is in one checkpoint, and the chained hash of all of them in order is the newest checkpoint's."""
    for name, in ledger.rows("SELECT id FROM items WHERE queue = ? AND checkpoint IS NULL", EXPERIENCE):
        yield f"experience {name} was not trained on"
    head = hashlib.sha256(b"eightfold experience chain").digest()
    bodies = ledger.bodies()
    for expected, (number, chain, consumed) in enumerate(
            ledger.rows("SELECT number, chain, consumed FROM checkpoints ORDER BY number"), start=1):
        if number != expected:
            yield f"checkpoint {number} stands where {expected} must"
        members = ledger.rows(
            "SELECT id, seq, position FROM items WHERE queue = ? AND checkpoint = ? ORDER BY position", EXPERIENCE, number)
        if [row[2] for row in members] != list(range(consumed)):
            yield f"checkpoint {number} says that it consumed {consumed} experience, and {len(members)} name it"
        for name, seq, _ in members:
            body = bodies.get(seq, b"gone")
            head = hashlib.sha256(head + hashlib.sha256(name.encode() + b"\0" + body).digest()).digest()
        if chain != head:
            yield f"the chained hash of checkpoint {number} is not that of the experience"
            head = chain
    versions = [row[0] for row in ledger.rows("SELECT version FROM policies ORDER BY version")]
    if versions != list(range(len(versions))):
        yield f"the policy versions have gaps: {versions}"


def _blobs(ledger):
    named = ledger.rows("SELECT blob FROM checkpoints WHERE number = (SELECT MAX(number) FROM checkpoints)"
                        " UNION SELECT blob FROM policies UNION SELECT blob FROM segments"
                        " UNION SELECT sha256 FROM blobs")
    for blob, in named:
        file = ledger.folder / "blobs" / blob.hex()
        if not file.exists() or hashlib.sha256(file.read_bytes()).digest() != blob:
            yield f"blob {blob.hex()} is missing or damaged"
