"""What is done to runs, and what must hold afterwards. Each scenario draws its chances from one seed, which it prints."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

from hostile import HostilePeer
from ledger import DONE, REQUESTS, Ledger, faults
from run import Run, check, wait_until

SERVICES = ["hub", "learner-1", "generator-1", "verifier-1", "advantage-1", "sampler-1", "sampler-2"]
# Dead letters by chance would change what is trained on: these scenarios kill the same item's workers often.
PATIENT = ["--set", "hub.attempts=100"]

# What a lost or doubled item would look like in a ledger.
DAMAGES = [
    "DELETE FROM slots WHERE (group_id, slot) = (SELECT group_id, slot FROM slots ORDER BY group_id DESC LIMIT 1)",
    "UPDATE items SET checkpoint = NULL WHERE seq = (SELECT MAX(seq) FROM items WHERE queue = 6)",
    "UPDATE items SET checkpoint = checkpoint - 1, position = 1000 WHERE seq = (SELECT MAX(seq) FROM items WHERE queue = 6)",
    "INSERT INTO bodies SELECT MIN(seq), X'00' FROM items WHERE queue = 6",
    "DELETE FROM segments WHERE number = 1",
    "DELETE FROM checkpoints WHERE number = 2",
    "DELETE FROM policies WHERE version = 1",
    "UPDATE items SET state = 0 WHERE seq = (SELECT MAX(seq) FROM items WHERE queue = 3)",
    "DELETE FROM leases WHERE id = (SELECT MAX(id) FROM leases WHERE end = 1)",
    "INSERT INTO leases (item, session, granted_at, end) SELECT item, session, 0, 1 FROM leases WHERE end = 1 LIMIT 1",
]


class Scenarios:
    def __init__(self, executables, folder, recipe, seed):
        self.executables, self.folder, self.recipe, self.seed = executables, folder, recipe, seed
        self._undisturbed = {}

    def run(self, name, *options):
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        return Run(self.executables, folder, self.recipe, *options)

    def check_whole(self, run, dead=()):
        found = faults(run.folder, dead)
        check(not found, f"{len(found)} faults in {run.folder}: {'; '.join(found[:10])}")
        audit = subprocess.run(
            [self.executables / "eightfold", "audit", "--run", run.folder], capture_output=True, text=True, timeout=120)
        check(audit.returncode == 0, f"the audit of {run.folder} ends with {audit.returncode}:\n{audit.stdout[-2000:]}{audit.stderr}")

    def check_same(self, run, expected):
        found = run.ends()
        check(found == expected, f"{run.folder} ended in policy and problems {found}; a run left alone in {expected}")

    # Undisturbed runs

    def undisturbed(self, samplers):
        """The final policy and the problems of a run that is left alone; it is run once."""
        if samplers not in self._undisturbed:
            self._undisturbed[samplers] = self._run_undisturbed(samplers)
        return self._undisturbed[samplers]

    def _run_undisturbed(self, samplers):
        run = self.run(f"undisturbed-{samplers}", "--samplers", str(samplers), *PATIENT).start()
        try:
            run.wait(120)
            run.check_nothing_is_left()
            run.check_withdrawn()
            self.check_whole(run)
            ledger = Ledger(run.folder)
            left = ledger.unmoved()
            ledger.close()
            check(left == 0, f"{left} bodies of a finished run are in no segment")
            for log in sorted((run.folder / "logs").iterdir()):
                said = [line for line in log.read_text().splitlines() if " error " in line or " critical " in line]
                check(not said, f"{log} holds faults of a run that had none: {said[:3]}")
            check("started again" not in run.output(), f"a service was started again in a run that was left alone:\n{run.output()}")
            return run.ends()
        finally:
            run.end()

    def same_weights(self):
        """One sampler or two: the same problems, the same weights."""
        one, two = self.undisturbed(1), self.undisturbed(2)
        check(one == two, f"one sampler ends in policy {one[0]} and problems {one[1]}, two in {two[0]} and {two[1]}")
        found = [self._finds(damage) for damage in DAMAGES]
        return f"policy {one[0][:12]}, with one sampler and with two; {len(found)} kinds of damage to the ledger are seen"

    def _finds(self, damage):
        """Checks that what these scenarios rest on sees a damaged ledger."""
        whole, damaged = self.folder / "undisturbed-1", self.folder / "damaged"
        shutil.rmtree(damaged, ignore_errors=True)
        shutil.copytree(whole, damaged)
        database = sqlite3.connect(damaged / "ledger.sqlite")
        check(database.execute(damage).rowcount > 0, f"'{damage}' changes nothing")
        database.commit()
        database.close()
        check(faults(damaged), f"a ledger after '{damage}' seems whole")

    # Kills

    def kills(self, count, samplers):
        """Kills whatever it draws, `count` times and each kind at least once, and ends in the weights of a run left alone."""
        expected = self.undisturbed(1)
        chance = random.Random(self.seed)
        victims = [name for name in SERVICES if name != "sampler-2" or samplers > 1]
        kinds = [*victims, "run", *(f"{name} at upload" for name in ("learner-1", "hub", "run"))]
        plan = [kind for _ in range(count // len(kinds) + 1) for kind in chance.sample(kinds, len(kinds))][:max(count, len(kinds))]
        done, uploads, runs, started = 0, 0, 0, time.monotonic()
        while plan:
            runs += 1
            killed, orphaned = self._kill_one_run(chance, plan, samplers, expected, f"kills-{samplers}-{runs}")
            done += killed
            uploads += orphaned
        return (f"{done} kills in {runs} runs, {uploads} of them between an upload and its completion, "
                f"{time.monotonic() - started:.0f} s")

    def _kill_one_run(self, chance, plan, samplers, expected, name):
        run = self.run(name, "--samplers", str(samplers), *PATIENT).start()
        done = uploads = misses = 0
        try:
            run.wait_for_work()
            while plan and not run.has_ended():
                kind = plan[0]
                victim, _, when = kind.partition(" at ")
                pause = chance.uniform(0.05, 0.8)
                time.sleep(pause)
                if not run.kill(victim, when=(lambda: self._wait_for_upload(run)) if when else lambda: True):
                    # It is being started again, or no more checkpoints will come.
                    wait_until(f"{victim} is started again", lambda: run.has_ended() or victim in run.processes(), 20)
                    continue
                done += 1
                is_between = bool(when) and self._has_uncommitted_blob(run)
                uploads += is_between
                misses = 0 if is_between or not when else misses + 1
                # The window is a millisecond: a kill that came too late is tried again.
                if misses in (0, 5):
                    plan.pop(0)
                    misses = 0
                if victim == "run":
                    # Half of the time its services may still be ending when the next start comes.
                    if waits := chance.random() < 0.5:
                        run.check_nothing_is_left(limit=15)
                    print(f"  {name}: {kind} killed after {pause:.2f} s; resumed {'later' if waits else 'at once'}", flush=True)
                    if not run.has_ledger():
                        run.start()
                    else:
                        run.resume("--samplers", str(samplers))
                    run.wait_for_work()
                else:
                    print(f"  {name}: {kind} killed after {pause:.2f} s", flush=True)
            run.wait(180)
            run.check_nothing_is_left()
            run.check_withdrawn()
            self.check_whole(run)
            self.check_same(run, expected)
            return done, uploads
        finally:
            run.end()

    @staticmethod
    def _wait_for_upload(run):
        """Waits until a blob has arrived whole; False if the run ends before."""
        blobs = run.folder / "blobs"
        before = set(os.listdir(blobs))
        deadline = time.monotonic() + 10
        # No pause: the completion follows within a millisecond or two.
        while set(os.listdir(blobs)) <= before:
            if run.has_ended() or time.monotonic() > deadline:
                return False
        return True

    @staticmethod
    def _has_uncommitted_blob(run):
        """Whether a blob lies in the store that no checkpoint, policy or segment names: the kill fell where it was meant to."""
        ledger = run.ledger()
        try:
            named = {row[0].hex() for row in ledger.rows(
                "SELECT blob FROM checkpoints UNION SELECT blob FROM policies UNION SELECT blob FROM segments")}
        finally:
            ledger.close()
        return bool(set(os.listdir(run.folder / "blobs")) - named - {"incoming"})

    def starts(self):
        """`eightfold run` is killed again and again within its first half second, and started again at once."""
        expected, chance = self.undisturbed(1), random.Random(self.seed)
        run = self.run("starts", "--samplers", "2", *PATIENT)
        without = 0
        try:
            for _ in range(12):
                run.resume() if run.has_ledger() else run.start()
                time.sleep(chance.uniform(0, 0.5) ** 2 * 2)
                check(not run.has_ended(), f"the run ended with code {run.process.poll()}:\n{run.output()[-2000:]}")
                run.process.kill()
                run.process.wait()
                without += not run.has_ledger()
            (run.resume() if run.has_ledger() else run.start()).wait(120)
            run.check_nothing_is_left()
            self.check_whole(run)
            self.check_same(run, expected)
            return f"12 starts killed, {without} of them before there was a ledger"
        finally:
            run.end()

    # Less than kills

    def freezes(self):
        """Each service in turn is stopped for longer than its leases last, and goes on as if nothing had happened."""
        def freeze(run, name, chance):
            process = run.processes().get(name)
            if process is None:
                return False
            os.kill(process, signal.SIGSTOP)
            time.sleep(chance.uniform(1.5, 2.0))
            os.kill(process, signal.SIGCONT)
            return True
        return self._disturb("freezes", SERVICES, freeze, "--set", "hub.lease_seconds=1", "--set", "hub.heartbeat_seconds=0.2")

    def terminations(self):
        """Each service but the hub in turn is told to end: it does so within seconds, gives back what it holds, and is replaced."""
        def terminate(run, name, chance):
            process = run.processes().get(name)
            if process is None:
                return False
            os.kill(process, signal.SIGTERM)
            wait_until(f"{name} ends after SIGTERM", lambda: not run.owns(process), 10)
            return True
        found = self._disturb("terminations", SERVICES[1:], terminate)
        ledger = Ledger(self.folder / "terminations")
        check(ledger.one("SELECT MAX(attempts) FROM items") == 0, "a service that was told to end lost what it held")
        return found

    def _disturb(self, name, victims, disturbance, *options):
        expected, chance, started = self.undisturbed(1), random.Random(self.seed), time.monotonic()
        plan, done = chance.sample(victims, len(victims)), []
        while plan:
            run = self.run(name, "--samplers", "2", *PATIENT, *options).start()
            try:
                run.wait_for_work()
                while plan and not run.has_ended():
                    time.sleep(chance.uniform(0.05, 0.4))
                    if disturbance(run, plan[0], chance):
                        done.append(plan.pop(0))
                run.wait(180)
                run.check_nothing_is_left()
                self.check_whole(run)
                self.check_same(run, expected)
            finally:
                run.end()
        return f"{', '.join(done)}, {time.monotonic() - started:.0f} s"

    # An item that kills

    def poison(self):
        """Whoever samples one chosen request is killed: it ends as a dead letter, and the run without it."""
        chance = random.Random(self.seed)
        run = self.run(
            "poison", "--samplers", "2", "--set", "hub.attempts=3", "--set", "services.sampler.slots=1",
            "--set", "stages.improve.maximum_tokens=90", "--set", "stages.improve.rollouts_per_problem=32").start()
        try:
            run.wait_for_work()
            ledger = run.ledger()
            waiting = lambda: ledger.rows(
                "SELECT id FROM items WHERE queue = ? AND stage = 2 AND state = 0 ORDER BY id", REQUESTS)
            kills, chosen = 0, None
            while chosen is None or chosen not in ledger.dead_letters():
                check(not run.has_ended(), f"the run ended with code {run.process.poll()} while {chosen} was no dead letter")
                if chosen is None or ledger.one("SELECT state FROM items WHERE id = ?", chosen) == DONE:
                    # It was sampled faster than this loop looks: another one, which no sampler will have soon.
                    kills, chosen = 0, chance.choice(wait_until("requests wait", lambda: waiting()[-20:], 60))[0]
                for process, in ledger.rows(
                        "SELECT process_id FROM leases JOIN items ON items.seq = item JOIN sessions ON sessions.id = session"
                        " WHERE end = 0 AND items.id = ?", chosen):
                    # A session is in the ledger until its loss is noticed: its process may be gone.
                    if run.owns(process):
                        os.kill(process, signal.SIGKILL)
                        kills += 1
                        wait_until("the process is gone", lambda: not run.owns(process), 5)
            ledger.close()
            run.wait(180)
            run.check_nothing_is_left()
            self.check_whole(run, dead=[chosen])
            return f"{chosen} killed {kills} samplers and is the only dead letter"
        finally:
            run.end()

    # What is no message

    def frames(self, count):
        """A peer sends `count` random and mutated messages while runs go on: each is refused by name, and nothing else changes."""
        expected, runs, counted, sent, oversized, reasons = self.undisturbed(1), 0, 0, 0, 0, {}
        while sent < count:
            runs += 1
            peer, status = self._send_frames(f"frames-{runs}", self.seed + runs, count - sent, expected)
            counted += status is not None
            sent += peer.sent
            oversized += peer.oversized
            for reason, times in peer.reasons.items():
                reasons[reason] = reasons.get(reason, 0) + times
        check({"malformed", "unknown-session"} <= set(reasons), f"refusals of kinds {sorted(reasons)} only")
        check(counted > 0, "the hub's counters were never seen")
        told = ", ".join(f"{reason} {times}" for reason, times in sorted(reasons.items()))
        return f"{sent} messages in {runs} runs, {oversized} connections cut for a frame too large; refused: {told}"

    def _send_frames(self, name, seed, count, expected):
        run = self.run(name, "--samplers", "2", *PATIENT).start()
        peer = None
        try:
            run.wait_for_work()
            hub = run.processes()["hub"]
            peer = HostilePeer(json.loads((run.folder / "endpoints.json").read_text()), seed)
            status = None
            while not run.has_ended() and peer.sent < count:
                peer.send_some(40)
                if peer.sent % 7 == 0:
                    peer.send_raw()
                if status is None and peer.sent > min(1000, count // 2):
                    peer.send_oversized()
                    status = self._check_counted(run, peer)
            peer.finish()
            check(not run.owns(hub) or run.processes().get("hub") == hub, "the hub was started again")
            run.wait(180)
            check("started again" not in run.output(), f"a service was started again:\n{run.output()[-2000:]}")
            self.check_whole(run)
            self.check_same(run, expected)
            return peer, status
        finally:
            if peer is not None:
                peer.close()
            run.end()

    def _check_counted(self, run, peer):
        """Checks that the hub counts its refusals by their names; returns the counters, None if the run has just ended."""
        command = [self.executables / "eightfold", "status", "--run", run.folder, "--json"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=60)
        check(told.returncode == 0, f"status ends with {told.returncode} while frames are sent: {told.stderr}")
        status = json.loads(told.stdout)
        if status["state"] != "running":
            return None  # A hub that has ended takes its counters with it.
        counters = {one["name"]: one["value"] for one in status["counters"]}
        counted = sum(value for name, value in counters.items() if name.startswith("refused."))
        check(counted >= sum(peer.reasons.values()), f"{peer.reasons} were refused, and {counters} counted")
        return counters

    # Ctrl-C and the folder

    def interrupt(self):
        """Ctrl-C drains; a folder has one run at a time; what is finished stays finished."""
        chance = random.Random(self.seed)
        run = self.run("interrupt", *PATIENT).start()
        took = []
        try:
            for _ in range(3):
                run.wait_for_work()
                time.sleep(chance.uniform(0.1, 1.2))
                check(run.spawn(["--resume"]).wait(timeout=10) == 2, "a second run in the folder was not refused with code 2")
                check(not run.has_ended(), "the run ended by itself; the scenario needs a longer recipe")
                run.process.send_signal(signal.SIGINT)
                started = time.monotonic()
                run.wait(12, code=130)
                took.append(time.monotonic() - started)
                run.check_nothing_is_left()
                run.check_withdrawn()
                ledger = run.ledger()
                check(ledger.one("SELECT COUNT(*) FROM leases WHERE end = 0") == 0, "a drained run holds leases")
                check(ledger.one("SELECT COALESCE(MAX(attempts), 0) FROM items") == 0, "a drained run counts attempts")
                ledger.close()
                check(run.spawn([str(self.recipe)]).wait(timeout=10) == 2, "a folder with a run was not refused with code 2")
                run.resume()
            run.wait(120)
            self.check_whole(run)
            started = time.monotonic()
            run.resume().wait(5)
            again = time.monotonic() - started
            check("after" in run.output()[-400:], "a finished run that is resumed does not print its table")
            return f"drained in {', '.join(f'{seconds:.1f}' for seconds in took)} s; a finished run ends in {again:.1f} s"
        finally:
            run.end()
