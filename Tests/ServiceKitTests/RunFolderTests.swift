import Foundation
import Testing

@testable import ServiceKit

@Suite struct `The folder of a run` {
    /// A folder of runs with these in it, from the oldest to the newest.
    private func home(_ names: String...) throws -> String {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("eightfold-tests-\(UUID())")
        for (age, name) in names.enumerated() {
            let run = RunFolder(home.appendingPathComponent(name).path)
            try FileManager.default.createDirectory(at: run.url, withIntermediateDirectories: true)
            try Data().write(to: run.ledger)
            try Data().write(to: run.recipe)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: Double(1_000_000 + age))], ofItemAtPath: run.recipe.path
            )
        }
        return home.path
    }

    @Test func `is the named one, whatever there is`() throws {
        let home = try home("a")
        defer { try? FileManager.default.removeItem(atPath: home) }
        #expect(try RunFolder.chosen("/elsewhere/x", home: home).url.path == "/elsewhere/x")
    }

    @Test func `is the newest without a name, and what was marked as the latest`() throws {
        let home = try home("b", "a")
        defer { try? FileManager.default.removeItem(atPath: home) }
        #expect(try RunFolder.chosen(nil, home: home).url.lastPathComponent == "a")
        RunFolder("\(home)/b").markLatest(home: home)
        #expect(try RunFolder.chosen(nil, home: home).url.lastPathComponent == "b")
        RunFolder("\(home)/a").markLatest(home: home)
        #expect(try RunFolder.chosen(nil, home: home).url.lastPathComponent == "a")
    }

    @Test func `a link to what is no run any more is passed over`() throws {
        let home = try home("a")
        defer { try? FileManager.default.removeItem(atPath: home) }
        RunFolder("\(home)/gone").markLatest(home: home)
        #expect(try RunFolder.chosen(nil, home: home).url.lastPathComponent == "a")
    }

    @Test func `must be named where there is none`() {
        #expect(throws: ServiceError.self) { try RunFolder.chosen(nil, home: "/absent") }
    }

    @Test func `what is no link is not replaced`() throws {
        let home = try home("latest", "a")
        defer { try? FileManager.default.removeItem(atPath: home) }
        RunFolder("\(home)/a").markLatest(home: home)
        #expect(RunFolder("\(home)/latest").hasState)
        #expect(throws: (any Error).self) {
            try FileManager.default.destinationOfSymbolicLink(atPath: "\(home)/latest")
        }
    }
}
