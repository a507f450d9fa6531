import Foundation
import Ledger
import Logging
import Recipe
import ServiceKit
import Synchronization
import Testing
import Wire

@testable import OperatorCore

@Suite(.timeLimit(.minutes(5))) struct `A run in one process` {
    private static let recipe = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../deploy/recipes/smoke.yaml").path

    private static func run(_ launcher: RunLauncher) throws -> InProcessRun {
        try InProcessRun(launcher, samplers: 2) { _ in Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
    }

    @Test func `ends with every stage done, and its ledger is clean`() async throws {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        let launcher = try RunLauncher.begin(try Recipe(contentsOf: Self.recipe), in: folder)
        let polls = Polls()
        try await Self.run(launcher).run { status, children in
            polls.count.withLock { $0 += 1 }
            #expect(status.run == "run")
            #expect(children.map(\.name).contains("sampler-2"))
        }
        #expect(polls.count.withLock { $0 } > 0)
        #expect(try launcher.isFinished)
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(report.isClean, "\(report.text)")
        // 64 problems in each of two epochs, two evaluations and a round.
        #expect(report.count(of: "problems") == 5 * 64)
        #expect(report.count(of: "outcomes") == 5 * 64)
        // One a stage, or for several that were closed by then.
        #expect((1...4).contains(report.count(of: "segments")))
        let table = try ResultTable(ledger: folder.ledger.path, blobs: folder.blobs, recipe: launcher.recipe)
        #expect(table.rows.map(\.name) == ["before", "after"])
        #expect(table.rows.map(\.problemCount) == [64, 64])
        #expect(try Ledger.status(path: folder.ledger.path).state == "finished")
        #expect(!folder.isPublished)
    }

    @Test func `goes on after it was stopped, and other commands reach it meanwhile`() async throws {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.file("run"))
        do {
            let launcher = try RunLauncher.begin(try Recipe(contentsOf: Self.recipe), in: folder)
            let run = try Self.run(launcher)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await run.run { _, _ in } }
                let status = try await waitUntilReady(folder, within: .seconds(60), logger: logger)
                #expect(status.state == "running")
                // While this one holds it nobody else may.
                #expect(throws: ServiceError.self) { try RunLauncher.resume(folder) }
                try await command(.init(kind: .stopRun), hubOf: folder, logger: logger)
                try await group.waitForAll()
            }
            try #require(try !launcher.isFinished, "a run that takes seconds was stopped as it began")
            #expect(try Ledger.status(path: folder.ledger.path).state == "not running")
        }
        let launcher = try RunLauncher.resume(folder)
        try await Self.run(launcher).run { _, _ in }
        #expect(try launcher.isFinished)
        let report = try Audit.report(ledger: folder.ledger.path, blobs: folder.blobs)
        #expect(report.isClean, "\(report.text)")
        #expect(report.count(of: "outcomes") == 5 * 64)
    }

    private final class Polls: Sendable {
        let count = Mutex(0)
    }
}
