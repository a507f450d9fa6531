import Blobs
import Foundation
import GRDB
import HubCore
import HubSimulation
import Ledger
import Testing

@Suite struct `Audit of a ledger` {
    /// A run under faults, to its end or for some virtual time.
    ///
    /// - Parameter segmentsPerCent: 0 to leave all bodies in the ledger.
    static func run(for milliseconds: Int64? = nil, segmentsPerCent: Double = 20) throws -> Simulation {
        var settings = ExchangeSettings()
        settings.leaseMilliseconds = 2_000
        settings.heartbeatMilliseconds = 300
        settings.attempts = 1_000
        settings.segmentBytes = 500
        var faults = Faults.all
        faults.until = 20_000
        let simulation = try Simulation(seed: 3, settings: settings, workers: 2, capacity: 3, faults: faults)
        simulation.segmentsPerCent = segmentsPerCent
        if let milliseconds { try simulation.run(for: milliseconds) } else { try #require(try simulation.run()) }
        return simulation
    }

    static func audited(_ simulation: Simulation) throws -> AuditReport {
        try Audit.report(ledger: simulation.hub.ledgerPath, blobs: simulation.hub.blobs.directory)
    }

    @Test func `a finished run is clean and nothing is open`() throws {
        let report = try Self.audited(try Self.run())
        #expect(report.isClean && report.open == [] && report.state == "finished", "\(report.text)")
        #expect(report.count(of: "problems") == 16 && report.count(of: "outcomes") == 16)
        #expect(report.count(of: "experience") == report.count(of: "experience consumed"))
        #expect(report.count(of: "experience") > 4 && report.count(of: "checkpoints") > 2)
        #expect(report.text.hasSuffix("experience, checkpoints, policies, segments, blobs"))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        #expect(json["clean"] as? Bool == true && json["run"] as? String == "run-1")
    }

    @Test(arguments: [0, 2_000, 4_000, 8_000, 12_000] as [Int64])
    func `a run that goes on is clean and says what is open`(milliseconds: Int64) throws {
        let simulation = try Self.run(for: milliseconds)
        // The hub has the ledger open all the while.
        let report = try Self.audited(simulation)
        #expect(report.isClean, "\(report.text)")
        #expect(report.state == "running" && !report.open.isEmpty)
        #expect(simulation.hub.exchange.state == .running)
    }

    /// One way to damage a ledger, and what the audit must say of it.
    struct Damage: Sendable, CustomTestStringConvertible {
        let check: String
        let sql: String
        /// SQL for an id that must be named; nil where the sentence is enough.
        let id: String?
        var testDescription: String { sql }

        init(_ check: String, _ sql: String, naming id: String? = nil) {
            (self.check, self.sql, self.id) = (check, sql, id)
        }
    }

    static let damages = [
        // An outcome is lost, counted twice, or given to a slot that is not there.
        Damage(
            "groups", "DELETE FROM slots WHERE group_id = (SELECT MIN(id) FROM groups WHERE kind = 3) AND slot = 1",
            naming: "SELECT 'group ' || MIN(id) FROM groups WHERE kind = 3"),
        Damage("groups", "UPDATE groups SET remaining = 1 WHERE id = 5", naming: "SELECT 'group 5'"),
        Damage("groups", "INSERT INTO slots VALUES (5, 99, 1, 1, x'', '')", naming: "SELECT 'group 5'"),
        Damage("groups", "UPDATE slots SET item = 99999 WHERE group_id = 5 AND slot = 0", naming: "SELECT 'group 5'"),
        Damage("groups", "UPDATE meta SET value = 'running' WHERE key = 'state'", naming: "SELECT 'group 1'"),
        Damage(
            "groups", "UPDATE items SET joined_group = NULL WHERE id = '1.0.o0.p0.g'", naming: "SELECT '1.0.o0.p0.g'"),
        // An item lives on though its slot has ended.
        Damage("ownership", "UPDATE items SET state = 0 WHERE id = '1.0.o0.p0.q'", naming: "SELECT '1.0.o0.p0.q'"),
        Damage(
            "ownership", "UPDATE items SET state = 0, group_id = 77777 WHERE id = '1.0.o0.p0.q'",
            naming: "SELECT '1.0.o0.p0.q'"),
        // Hands.
        Damage("leases", "UPDATE items SET state = 1 WHERE id = '1.0.o0.p0.q'", naming: "SELECT '1.0.o0.p0.q'"),
        Damage(
            "leases",
            "INSERT INTO leases (item, session, granted_at, \"end\") SELECT seq, 1, 0, 1 FROM items WHERE id = '0.0.o0'",
            naming: "SELECT '0.0.o0'"),
        Damage(
            "leases", "DELETE FROM leases WHERE \"end\" = 1 AND item = (SELECT seq FROM items WHERE id = '0.0.o0')",
            naming: "SELECT '0.0.o0'"),
        Damage("leases", "UPDATE leases SET session = 4242 WHERE id = 3", naming: "SELECT 'lease 3'"),
        Damage(
            "leases", "UPDATE items SET verifier = 1 WHERE id = '1.0.o0.p0.q.r0'", naming: "SELECT '1.0.o0.p0.q.r0'"),
        // Problems.
        Damage("problems", "DELETE FROM items WHERE id = '1.0.o1.p0'", naming: "SELECT '1.0.o1'"),
        Damage(
            "problems",
            "UPDATE groups SET owner_first = 1 - owner_first WHERE problem = '1.0.o0.p0' AND id = (SELECT MIN(id) FROM groups WHERE problem = '1.0.o0.p0')",
            naming: "SELECT '1.0.o0.p0'"),
        // Where experience comes from.
        Damage("lineage", "UPDATE items SET purpose = 4 WHERE id = '1.0.o0'", naming: "SELECT '1.0.o0.p0'"),
        Damage("lineage", "UPDATE items SET purpose = 4 WHERE id = '0.0.o0.p0.e'", naming: "SELECT '0.0.o0.p0.e'"),
        Damage(
            "lineage", "UPDATE items SET refers_to = 'gone' WHERE id = '1.0.o0.p0.q'", naming: "SELECT '1.0.o0.p0.q'"),
        Damage(
            "lineage", "UPDATE items SET refers_to = '2.0.o0.p0' WHERE id = '1.0.o0.p0.q'",
            naming: "SELECT '1.0.o0.p0.q'"),
        Damage("lineage", "UPDATE items SET parent = 99999 WHERE id = '0.0.o0.p0.e'", naming: "SELECT '0.0.o0.p0.e'"),
        // Experience that was trained on twice, never, or in another order.
        Damage(
            "experience", "UPDATE items SET checkpoint = NULL, position = NULL WHERE id = '0.0.o0.p0.e'",
            naming: "SELECT '0.0.o0.p0.e'"),
        Damage(
            "experience", "UPDATE items SET state = 0, checkpoint = NULL, position = NULL WHERE id = '0.0.o0.p0.e'",
            naming: "SELECT '0.0.o0.p0.e'"),
        Damage(
            "experience", "UPDATE items SET checkpoint = 2, position = 7 WHERE id = '0.0.o0.p0.e'",
            naming: "SELECT 'checkpoint 2'"),
        Damage(
            "checkpoints", "UPDATE items SET position = 1 - position WHERE checkpoint = 1 AND position < 2",
            naming: "SELECT 'checkpoint 1'"),
        Damage(
            "checkpoints", "INSERT INTO bodies SELECT seq, x'0801' FROM items WHERE id = '0.0.o0.p0.e'",
            naming: "SELECT 'checkpoint 1'"),
        Damage(
            "checkpoints", "UPDATE checkpoints SET chain = zeroblob(32) WHERE number = 2",
            naming: "SELECT 'checkpoint 2'"),
        Damage("checkpoints", "DELETE FROM checkpoints WHERE number = 1", naming: "SELECT 'checkpoint 2'"),
        // Policies.
        Damage("policies", "DELETE FROM policies WHERE version = 1", naming: "SELECT 'v2'"),
        Damage("policies", "UPDATE policies SET checkpoint = NULL WHERE version = 1", naming: "SELECT 'v1'"),
        Damage("policies", "UPDATE meta SET value = 1 WHERE key = 'first_policy'", naming: "SELECT 'v1'"),
        Damage("policies", "UPDATE policies SET checkpoint = 99 WHERE version = 1", naming: "SELECT 'v1'"),
        Damage(
            "policies", "DELETE FROM blobs WHERE sha256 = (SELECT blob FROM policies WHERE version = 1)",
            naming: "SELECT 'v1'"),
        Damage("blobs", "UPDATE policies SET blob = zeroblob(32) WHERE version = 2", naming: "SELECT 'v2'"),
        // Bodies that are nowhere, in two places, or in a segment that the ledger names wrongly.
        Damage("segments", "DELETE FROM segments WHERE number = 1", naming: "SELECT 'segment 2'"),
        Damage(
            "segments", "DELETE FROM segments WHERE number = (SELECT MAX(number) FROM segments)",
            naming: "SELECT id FROM items ORDER BY seq DESC LIMIT 1"),
        Damage("segments", "UPDATE segments SET size = size + 1 WHERE number = 2", naming: "SELECT 'segment 2'"),
        Damage("segments", "UPDATE segments SET size = size - 1 WHERE number = 2", naming: "SELECT 'segment 2'"),
        Damage(
            "segments", "UPDATE segments SET first_item = first_item + 1 WHERE number = 2", naming: "SELECT 'segment 2'"
        ),
        Damage("segments", "UPDATE segments SET last_item = 0 WHERE number = 2"),
        Damage(
            "segments",
            """
            UPDATE segments SET (blob, size) = (SELECT blob, size FROM segments WHERE number = 3) WHERE number = 2
            """, naming: "SELECT 'segment 2'"),
        Damage("segments", "UPDATE segments SET dropped = 1 WHERE number = 2", naming: "SELECT 'segment 2'"),
        Damage(
            "segments", "INSERT INTO bodies SELECT seq, x'' FROM items WHERE id = '1.0.o0.p0.q'",
            naming: "SELECT '1.0.o0.p0.q'"),
        Damage("segments", "INSERT INTO bodies VALUES (99999, x'')", naming: "SELECT 'body 99999'"),
        Damage("segments", "UPDATE items SET state = 0 WHERE id = '1.0.o0.p0.q'", naming: "SELECT '1.0.o0.p0.q'"),
        // A table that is not there.
        Damage("checkpoints", "DROP TABLE checkpoints"),
    ]

    /// One run for all damages; each gets its own copy.
    static let finished = Result { try UncheckedRun(run()) }

    /// - Note: `@unchecked` because the tests only copy the files of a simulation that no longer moves.
    struct UncheckedRun: @unchecked Sendable {
        let simulation: Simulation
        init(_ simulation: Simulation) { self.simulation = simulation }
    }

    @Test(arguments: damages) func `damage is found and named`(damage: Damage) throws {
        let copy = try Copy(of: try Self.finished.get().simulation.hub)
        var expected: String?
        try copy.write { db in
            expected = try damage.id.flatMap { try String.fetchOne(db, sql: $0) }
            try db.execute(sql: damage.sql)
            if damage.sql.hasPrefix("DROP") { return }
            try #require(db.changesCount > 0, "The damage changes nothing")
        }
        let report = try Audit.report(ledger: copy.path, blobs: copy.blobs)
        let found = report.findings.filter { $0.check == damage.check }
        #expect(!found.isEmpty, "\(report.text)")
        if damage.id != nil {
            let id = try #require(expected)
            #expect(found.contains { $0.ids.contains(id) }, "\(id) is not named: \(report.text)")
        }
        #expect(report.text.contains("not clean") && report.json.contains("\"clean\":false"))
    }

    /// A run in which two verifiers grade each rollout.
    static let graded = Result {
        var settings = ExchangeSettings()
        settings.panel = VerifierPanel(["exact", "reader"], rule: .allAgree)
        let simulation = try Simulation(seed: 4, settings: settings, workers: 2, capacity: 3, faults: Faults())
        try #require(try simulation.run())
        return UncheckedRun(simulation)
    }

    @Test(arguments: [
        "parent = NULL", "parent = (SELECT seq FROM items WHERE queue <> 4 AND group_id IS NOT NULL LIMIT 1)",
        "queue = 3", "verifier = 2", "group_id = group_id + 1", "slot_first = slot_first + 1",
    ])
    func `a grading by a second verifier that does not follow from a first is found`(damage: String) throws {
        let copy = try Copy(of: try Self.graded.get().simulation.hub)
        #expect(try Audit.report(ledger: copy.path, blobs: copy.blobs).isClean)
        var id: String?
        try copy.write { db in
            id = try String.fetchOne(db, sql: "SELECT id FROM items WHERE verifier = 1 LIMIT 1")
            try db.execute(sql: "UPDATE items SET \(damage) WHERE id = ?", arguments: [id])
        }
        let wanted = try #require(id)
        let report = try Audit.report(ledger: copy.path, blobs: copy.blobs)
        #expect(
            report.findings.contains { $0.sentence.contains("another verifier") && $0.ids.contains(wanted) },
            "\(report.text)")
    }

    /// What the first verifier has not graded is not for the second.
    @Test func `a grading whose first is not done is found`() throws {
        let copy = try Copy(of: try Self.graded.get().simulation.hub)
        var id: String?
        try copy.write { db in
            id = try String.fetchOne(db, sql: "SELECT id FROM items WHERE verifier = 1 LIMIT 1")
            try db.execute(
                sql: "UPDATE items SET state = 3 WHERE seq = (SELECT parent FROM items WHERE id = ?)", arguments: [id])
        }
        let wanted = try #require(id)
        let report = try Audit.report(ledger: copy.path, blobs: copy.blobs)
        #expect(
            report.findings.contains { $0.sentence.contains("another verifier") && $0.ids.contains(wanted) },
            "\(report.text)")
    }

    @Test func `blobs that are gone or altered are found`() throws {
        let copy = try Copy(of: try Self.finished.get().simulation.hub)
        let names = try FileManager.default.contentsOfDirectory(atPath: copy.blobs.path).filter { $0.count == 64 }
            .sorted()
        try FileManager.default.removeItem(at: copy.blobs.appendingPathComponent(names[0]))
        for name in names.dropFirst() { try Data("other".utf8).write(to: copy.blobs.appendingPathComponent(name)) }
        let report = try Audit.report(ledger: copy.path, blobs: copy.blobs)
        let checks = report.findings.map(\.check)
        #expect(
            checks.count { $0 == "blobs" } == report.count(of: "policy versions") + 1, "And the newest checkpoint.")
        #expect(checks.count { $0 == "segments" } == report.count(of: "segments"))
        #expect(checks.count { $0 == "checkpoints" } == report.count(of: "checkpoints"), "Their experience is gone.")
    }

    @Test func `bytes that are overwritten in the file are found`() throws {
        let copy = try Copy(of: try Self.finished.get().simulation.hub)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: copy.path))
        // In the middle of every page but the first, which holds the schema.
        for page in stride(from: 4_096 * 20, to: bytes.count - 4_096, by: 4_096 * 8) {
            bytes.replaceSubrange((page + 8)..<(page + 40), with: Data(repeating: 0xa5, count: 32))
        }
        try bytes.write(to: URL(fileURLWithPath: copy.path))
        let report = try Audit.report(ledger: copy.path, blobs: copy.blobs)
        #expect(report.findings.contains { $0.check == "integrity" }, "\(report.text)")
    }

    @Test func `what is no ledger is refused with the reason`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "eightfold-audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("ledger.sqlite").path
        #expect(throws: LedgerError.self) { try Audit.report(ledger: path, blobs: folder) }
        try Data("this is text and no database, and long enough to be read".utf8).write(to: URL(fileURLWithPath: path))
        let error = try #require(throws: LedgerError.self) { try Audit.report(ledger: path, blobs: folder) }
        #expect(error.code == .damaged)
    }
}

/// A copy of a ledger and its blobs, to damage.
final class Copy {
    let path: String
    let blobs: URL
    private let folder: URL

    init(of hub: SimulatedHub) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("eightfold-copy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appendingPathComponent("ledger.sqlite").path
        blobs = folder.appendingPathComponent("blobs")
        try FileManager.default.copyItem(at: hub.blobs.directory, to: blobs)
        // One file, without a write-ahead log.
        try DatabaseQueue(path: hub.ledgerPath).writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO '\(path)'") }
    }

    deinit {
        // A folder that stays behind in the temporary directory harms no test.
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ body: (Database) throws -> Void) throws {
        try DatabaseQueue(path: path).write(body)
    }
}
