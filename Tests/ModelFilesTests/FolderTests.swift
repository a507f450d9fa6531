import Foundation
import Testing

@testable import ModelFiles

@Suite struct `Model folders` {
    @Test func `a folder is written as a whole`() throws {
        try TemporaryFolder.with { outer in
            let path = outer.appending(path: "model").path
            try OutputFolder.write(to: path + "/") { (folder) throws(ModelFilesError) in
                try folder.write("a", [1, 2])
                try folder.write("b.json", JSONValue.object([JSONMember("x", .integer(1))]).bytes)
            }
            let folder = try #require(InputFolder(path: path))
            #expect(folder.contains("a") && !folder.contains("c"))
            #expect(try folder.bytes("a", largest: 2) == [1, 2])
            #expect(try folder.json("b.json")["x"] == .integer(1))
            #expect(try FileManager.default.contentsOfDirectory(atPath: outer.path) == ["model"])
            #expect(InputFolder(path: path + "/a") == nil && InputFolder(path: path + "/c") == nil)
        }
    }

    @Test func `a folder with files in it is not replaced, and a failure leaves nothing behind`() throws {
        try TemporaryFolder.with { outer in
            let path = outer.path
            try Data([9]).write(to: outer.appending(path: "kept"))
            let full = #expect(throws: ModelFilesError.self) {
                try OutputFolder.write(to: path) { (folder) throws(ModelFilesError) in try folder.write("a", [1]) }
            }
            #expect(full?.code == .inputOutput && full?.message.contains("new or empty") == true)
            let failed = #expect(throws: ModelFilesError.self) {
                try OutputFolder.write(to: path + "/x") { (folder) throws(ModelFilesError) in
                    try folder.write("a", [1])
                    throw ModelFilesError(.unrepresentableNumber, "Stop.")
                }
            }
            #expect(failed?.code == .unrepresentableNumber)
            #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["kept"])
            let siblings = try FileManager.default.contentsOfDirectory(atPath: outer.deletingLastPathComponent().path)
            #expect(!siblings.contains { $0.hasPrefix(outer.lastPathComponent + ".") })
        }
    }

    @Test func `files that are too large or missing are refused by name`() throws {
        try TemporaryFolder.with { outer in
            try Data([1, 2, 3]).write(to: outer.appending(path: "a"))
            let folder = try #require(InputFolder(path: outer.path))
            let large = #expect(throws: ModelFilesError.self) { try folder.bytes("a", largest: 2) }
            #expect(
                large?.code == .malformedFile && large?.message.contains("file a may have 2 bytes; it has 3") == true)
            let missing = #expect(throws: ModelFilesError.self) { try folder.json("b") }
            #expect(missing?.code == .inputOutput && missing?.message.contains("/b") == true)
        }
    }
}
