import Basics
import Blobs
import Foundation
import GRDB
import HubCore
import HubSimulation
import Ledger
import Testing
import Wire

@Suite struct `Bodies of closed stages` {
    /// A finished run that has all bodies in its ledger.
    static let unmoved = Result {
        try `Audit of a ledger`.UncheckedRun(`Audit of a ledger`.run(segmentsPerCent: 0))
    }

    /// A copy of it, whose bodies are moved.
    static func moved(keepsAll: Bool) throws -> Copy {
        let copy = try Copy(of: try unmoved.get().simulation.hub)
        let blobs = try BlobStore(directory: copy.blobs)
        let ledger = try Ledger(path: copy.path, durability: .processCrash, blobs: blobs)
        while try ledger.transaction({ try $0.writeSegment(to: blobs, limit: 500, keepsAll: keepsAll) }) {}
        return copy
    }

    static func traces(_ copy: Copy) throws -> [ProblemTrace] {
        try copy.read { try String.fetchAll($0, sql: "SELECT id FROM items WHERE queue = 7 ORDER BY seq") }.map {
            try Trace.problem($0, ledger: copy.path, blobs: copy.blobs)
        }
    }

    /// The problems of a simulation have no index to sort them by.
    static func evaluations(_ copy: Copy) throws -> [String] {
        let results = try Ledger.evaluations(path: copy.path, blobs: copy.blobs)
        #expect(results.count == 1 && results[0].policyVersion > 0 && results[0].grades.count == 4)
        #expect(results[0].problems.count == 4 && results[0].problems.allSatisfy { !$0.question.isEmpty })
        return results.map {
            "\($0.stage) \($0.policyVersion) \($0.grades.map { "\($0)" }.sorted()) \($0.problems.map(\.question).sorted())"
        }
    }

    @Test func `nothing that is read is another for lying in segments`() throws {
        let before = try Copy(of: try Self.unmoved.get().simulation.hub)
        let after = try Self.moved(keepsAll: true)
        #expect(try after.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM bodies") } == 0)
        #expect(try Self.traces(after) == Self.traces(before))
        #expect(try Self.evaluations(after) == Self.evaluations(before))
        let report = try Audit.report(ledger: after.path, blobs: after.blobs)
        #expect(report.isClean && report.count(of: "segments") > 5, "\(report.text)")
        #expect(report.count(of: "bodies dropped") == 0)
    }

    @Test func `the ledger's file becomes smaller`() throws {
        let before = try Copy(of: try Self.unmoved.get().simulation.hub)
        let after = try Self.moved(keepsAll: true)
        let pages = try [before, after].map { try $0.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 } }
        #expect(pages[1] < pages[0])
        #expect(try after.read { try Int.fetchOne($0, sql: "PRAGMA freelist_count") } == 0)
    }

    @Test func `that are dropped are gone, and the trace says so`() throws {
        let before = try Copy(of: try Self.unmoved.get().simulation.hub)
        let after = try Self.moved(keepsAll: false)
        let report = try Audit.report(ledger: after.path, blobs: after.blobs)
        let (droppable, copies) = try after.read { db in
            (
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM items WHERE queue IN (3, 4, 5) AND purpose <> 4"),
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM groups WHERE when_full IS NOT NULL")
            )
        }
        #expect(report.isClean && report.count(of: "bodies dropped") == droppable, "\(report.text)")
        #expect(droppable ?? 0 > 50 && copies == 0)
        #expect(try Self.evaluations(after) == Self.evaluations(before))
        for (whole, trace) in try zip(Self.traces(before), Self.traces(after)) {
            #expect(trace.question == whole.question && trace.outcome == whole.outcome)
            for (old, new) in zip(whole.items, trace.items) {
                let isDropped = trace.purpose != "evaluation" && ["requests", "rollouts", "groups"].contains(old.queue)
                #expect(new.isDropped == isDropped, "\(old.id)")
                #expect(new.leases == old.leases && new.verdict == old.verdict && new.experience == old.experience)
                #expect(
                    isDropped ? new.rollout == nil && new.request == nil && new.turn == nil : new == old, "\(old.id)")
            }
            #expect(trace.text.contains("was dropped") == trace.items.contains { $0.isDropped })
        }
        // Of what a segment still has, nothing was to be dropped.
        let held = try after.read { db in
            try Int.fetchOne(db, sql: "SELECT SUM(size) FROM segments") ?? 0
        }
        let kept = try before.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT SUM(length(body)) FROM bodies JOIN items ON seq = item
                    WHERE queue NOT IN (3, 4, 5) OR purpose = 4
                    """) ?? 0
        }
        #expect(
            held > kept && held < kept + 3 * (report.count(of: "items") - (droppable ?? 0)),
            "Two or three bytes an item.")
    }

    @Test func `that a requeue or a worker may need stay where they are`() throws {
        let simulation = try `Audit of a ledger`.run(for: 0)
        var closed: Set<Int> = []
        while simulation.hub.exchange.state == .running, simulation.hub.milliseconds < 600_000 {
            try simulation.run(for: 500)
            let copy = try Copy(of: simulation.hub)
            let (open, moved) = try copy.read { db in
                (
                    try Int.fetchOne(db, sql: "SELECT MAX(stage) FROM items WHERE queue = 1 AND state = 2"),
                    try Row.fetchAll(
                        db,
                        sql: """
                            SELECT DISTINCT stage, state FROM items LEFT JOIN bodies ON item = seq WHERE item IS NULL
                            """)
                )
            }
            for row in moved where simulation.hub.exchange.state == .running {
                #expect(row[0] < open ?? 0 && row[1] >= 2)
                closed.insert(row[0])
            }
        }
        #expect(closed == [0, 1])
    }

    @Test func `are in the same blob again after a crash before the commit`() throws {
        let copy = try Copy(of: try Self.unmoved.get().simulation.hub)
        let blobs = try BlobStore(directory: copy.blobs)
        let ledger = try Ledger(path: copy.path, durability: .processCrash, blobs: blobs)
        struct Crash: Error {}
        let before = try copy.blobNames
        #expect(throws: Crash.self) {
            try ledger.transaction {
                _ = try $0.writeSegment(to: blobs, limit: 500, keepsAll: true)
                throw Crash()
            }
        }
        let orphan = try copy.blobNames.subtracting(before)
        #expect(orphan.count == 1)
        _ = try ledger.transaction { try $0.writeSegment(to: blobs, limit: 500, keepsAll: true) }
        #expect(try copy.blobNames == before.union(orphan))
        let named = try copy.read { try String.fetchAll($0, sql: "SELECT lower(hex(blob)) FROM segments") }
        #expect(Set(named) == orphan)
        #expect(try Audit.report(ledger: copy.path, blobs: copy.blobs).isClean)
    }

    @Test(arguments: ["missing", "flipped", "empty"]) func `are missed when their blob is damaged`(damage: String)
        throws
    {
        let copy = try Self.moved(keepsAll: true)
        // The first one has experience that is trained on.
        let name = try #require(
            try copy.read { try String.fetchOne($0, sql: "SELECT lower(hex(blob)) FROM segments WHERE number = 1") })
        let file = copy.blobs.appendingPathComponent(name)
        var bytes = try Data(contentsOf: file)
        try FileManager.default.removeItem(at: file)
        if damage == "flipped" {
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
        } else if damage == "empty" {
            try Data().write(to: file)
        }
        let report = try Audit.report(ledger: copy.path, blobs: copy.blobs)
        #expect(report.findings.contains { $0.check == "segments" && $0.ids == ["segment 1"] }, "\(report.text)")
        #expect(report.findings.contains { $0.check == "checkpoints" && $0.ids == ["checkpoint 1"] }, "\(report.text)")
        let error = try #require(throws: LedgerError.self) {
            try Trace.problem("0.0.o0.p0", ledger: copy.path, blobs: copy.blobs)
        }
        #expect(error.code == .damaged && error.message.contains("Segment 1"), "\(error)")
    }
}

extension Copy {
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try DatabaseQueue(path: path).read(body) }

    /// The names of the whole blobs.
    var blobNames: Set<String> {
        get throws { Set(try FileManager.default.contentsOfDirectory(atPath: blobs.path).filter { $0.count == 64 }) }
    }
}
