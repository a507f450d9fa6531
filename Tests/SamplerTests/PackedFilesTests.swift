import Basics
import Foundation
import LanguageModel
import Testing

@testable import SamplerCore

@Suite struct `Files of packed weights` {
    @Test func `are kept for a policy and the one before it, of this host`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = PackedFiles(folder: folder)
        let policies = (0..<4).map { files.file(of: ContentHash(of: [UInt8($0)]), .bf16) }
        for (index, file) in policies.enumerated() {
            try Data().write(to: file)
            let date = Date(timeIntervalSince1970: Double(index))
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
        }
        let other = folder.appendingPathComponent("policy.gguf")
        let elsewhere = folder.appendingPathComponent("aa.bf16.another-host.packed")
        let packing = URL(fileURLWithPath: policies[2].path + ".draft")
        let left = URL(fileURLWithPath: policies[0].path + ".draft")
        for file in [other, elsewhere, packing, left] { try Data().write(to: file) }
        for old in [elsewhere, left] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: old.path)
        }
        // An old policy may be sampled again: it stays, with the newest of the others.
        files.removeOld(keeping: policies[1])
        let names = try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
        #expect(names == Set([policies[1], policies[3], other, elsewhere, packing].map(\.lastPathComponent)))
    }
}
