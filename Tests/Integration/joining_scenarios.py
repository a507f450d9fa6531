"""Scenarios of samplers that come and go while a run goes on."""

import json
import os
import random
import shutil
import signal
import subprocess
import time

from joining import Keys, OtherHost, service
from run import check, wait_until
from scenarios import PATIENT, Scenarios


class JoiningScenarios(Scenarios):
    def joining(self):
        """A sampler of another host works, is killed and replaced, and outlives a hub and its cable; one without the right key is refused, and both sides say so."""
        with OtherHost() as host:
            shutil.rmtree(self.folder / "keys", ignore_errors=True)
            keys = Keys(self.executables, self.folder / "keys")
            run = self.run(
                "joining", "--samplers", "0", "--remote", f"tcp://{host.address}:0", "--keys", str(keys.hub), *PATIENT,
                "--set", "stages.warm-start.epochs=8", "--set", "stages.improve.rounds=8").start()
            try:
                run.wait_for_work()
                endpoint = json.loads((run.folder / "endpoints.json").read_text())["remote"]
                self._refusals(run, host, keys, endpoint)
                return self._work(run, host, keys, endpoint)
            finally:
                run.end()

    @staticmethod
    def _refusals(run, host, keys, endpoint):
        """Each kind of wrong key: the service's exit code, and what its log and the hub's must say."""
        # Which end finds out first is chance; the other one sees the connection end.
        cut = "no keys or the wrong server key"
        kinds = [
            ("sampler", "unknown", keys.unknown, 2, "refused this key", ["is not on the allow-list"]),
            ("sampler", "none", None, 2, "one end uses CURVE keys and the other does not", ["one end uses CURVE keys", cut]),
            ("sampler", "wrong-hub", keys.wrong_hub, 1, cut, ["the keys do not fit", cut]),
            ("verifier", "wrong-role", keys.wrong_role, 2, "is of role sampler", ["is of role sampler"]),
        ]
        for kind in kinds:
            # libzmq may have closed a refused connection before the hub can ask where it came from; then it says
            # "an unknown peer", and the next try tells.
            for _ in range(8):
                if JoiningScenarios._is_refused(run, host, endpoint, *kind):
                    break
            else:
                check(False, f"in 8 tries the hub did not say who came with key '{kind[1]}'")

    @staticmethod
    def _is_refused(run, host, endpoint, role, name, folder, code, said, heard):
        """Tries one kind of key; returns whether the hub knew where it came from, and fails unless both ends said why."""
        hub_log = run.folder / "logs" / "hub.log"
        before = len(hub_log.read_text())
        with service(run, host, role, name, endpoint, folder, "--gone-seconds", "3") as (process, log):
            try:
                ended = process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                ended = "no code: it goes on"
            text = log.read_text()
            check(ended == code, f"a {role} with key '{name}' ended with {ended} and not {code}:\n{text[-1500:]}")
            check(said in text and endpoint in text, f"a {role} with key '{name}' does not say '{said}' and {endpoint}:\n{text[-1500:]}")

        def lines():
            return [line for line in hub_log.read_text()[before:].splitlines() if any(reason in line for reason in heard)]
        wait_until(f"the hub says '{heard[0]}'", lines, 5)
        return any(host.peer in line or name in line for line in lines())

    def _work(self, run, host, keys, endpoint):
        options = ("--slots", "8", "--cache", str(self.folder / "far-cache"))
        with service(run, host, "sampler", "far-1", endpoint, keys.good, *options) as (first, _):
            wait_until("the far sampler works", lambda: self._completed(run, "far-1") > 20, 60)
            first.kill()
            first.wait()
            check(not run.has_ended(), "the run ended before its sampler was killed")
        with service(run, host, "sampler", "far-2", endpoint, keys.good, *options) as (second, log):
            wait_until("the second far sampler works", lambda: self._completed(run, "far-2") > 20, 60)
            check(run.kill("hub"), "there was no hub to kill")
            before = self._completed(run, "far-2")
            wait_until("it works for the next hub", lambda: self._completed(run, "far-2") > before + 20, 20)
            host.cut()
            time.sleep(4)  # Longer than its leases last.
            before = self._completed(run, "far-2")
            host.mend()
            wait_until("it works again after the cable was cut", lambda: self._completed(run, "far-2") > before + 20, 30)
            run.wait(120)
            check(second.wait(timeout=10) == 0, f"a sampler did not end well with the run:\n{log.read_text()[-1500:]}")
        run.check_nothing_is_left()
        self.check_whole(run)
        ledger = run.ledger()
        hosts = ledger.rows("SELECT DISTINCT host FROM sessions WHERE name LIKE 'far-%'")
        check(hosts == [("far",)], f"the far samplers said that they run on {hosts}")
        fetched = [name for name in os.listdir(self.folder / "far-cache") if len(name) == 64]
        check(len(fetched) > 1, f"{len(fetched)} policies were fetched over the wire, and there were more")
        return (f"refused four kinds of wrong key; {self._completed(run, 'far-1')} and {self._completed(run, 'far-2')} "
                f"requests by the far samplers, {len(fetched)} policies fetched")

    @staticmethod
    def _completed(run, name):
        ledger = run.ledger()
        try:
            return ledger.one(
                "SELECT COUNT(*) FROM leases JOIN sessions ON sessions.id = session WHERE end = 1 AND name = ?", name)
        finally:
            ledger.close()

    def scale(self):
        """Samplers are added and drained while the run goes on; a drained one gets no lease after 5 s, and loses nothing.

        A number given at a resume counts, and so does the same wish as before it.
        """
        chance = random.Random(self.seed)
        run = self.run("scale", "--samplers", "1", "--set", "stages.improve.rounds=12").start()
        try:
            run.wait_for_work()
            drained = []
            count = 1
            for wanted in (3, 1, chance.randint(2, 4), 1):
                asked = time.time()
                self._scale(run, wanted)
                if wanted < count:
                    drained.append((asked, run.samplers()))
                count = wanted
                time.sleep(chance.uniform(0.2, 0.8))
            self._scale(run, 3)
            run.process.send_signal(signal.SIGINT)
            run.wait(20, code=130)
            run.resume("--samplers", "1").wait_for_work().wait_for_samplers(1)
            self._scale(run, 3)
            run.wait(120)
            run.check_nothing_is_left()
            self.check_whole(run)
            ledger = run.ledger()
            check(ledger.one("SELECT MAX(attempts) FROM items") == 0, "draining a sampler counted as a failed attempt")
            latest = 0
            for asked, left in drained:
                # A sampler that was started later has a new number, or after a resume a session that began later.
                names = [name for name, in ledger.rows(
                    "SELECT name FROM sessions WHERE role = 2 AND started_at < ?", int(asked * 1_000)) if name not in left]
                for name in names:
                    last = ledger.one(
                        "SELECT COALESCE(MAX(granted_at), 0) FROM leases JOIN sessions ON sessions.id = session "
                        "WHERE name = ? AND started_at < ?", name, int(asked * 1_000)) / 1_000
                    latest = max(latest, last - asked)
                    check(last < asked + 5, f"{name} got a lease {last - asked:.1f} s after it was to be drained")
            ledger.close()
            return f"1, 3, 1, some, 1, 3 samplers, then 1 and 3 again; the last lease of a drained one came {latest:.1f} s after the command"
        finally:
            run.end()

    @staticmethod
    def _scale(run, wanted):
        subprocess.run(
            [run.executables / "eightfold", "scale", "sampler", str(wanted), "--run", run.folder], check=True,
            capture_output=True, timeout=20)
        run.wait_for_samplers(wanted)
