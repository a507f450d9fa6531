import Foundation
import Messaging
import Testing
import Wire

@testable import OperatorCore

@Suite struct `Folders of keys` {
    @Test func `let a role in, and are what hub and service read`() throws {
        let folder = try TemporaryFolder()
        try KeyFolders(folder.url.path).make([.sampler, .verifier])
        let allowed = try AllowList(directory: folder.file("hub"))
        let own = try KeyPair(secretFile: folder.file("sampler/sampler.secret"))
        #expect(allowed.role(of: own.publicKey) == "sampler")
        let hub = try KeyPair(secretFile: folder.file("hub/hub.secret"))
        #expect(try PublicKey(file: folder.file("sampler/hub.public")) == hub.publicKey)
        // The hub itself is nobody who may connect.
        #expect(allowed.role(of: hub.publicKey) == nil)
        let mode =
            try FileManager.default.attributesOfItem(atPath: folder.file("sampler"))[.posixPermissions] as? NSNumber
        #expect(mode == 0o700)
    }

    @Test func `a role's folder has no secret but its own`() throws {
        let folder = try TemporaryFolder()
        try KeyFolders(folder.url.path).make([.sampler, .verifier])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.file("sampler")).sorted()
                == ["hub.public", "sampler.public", "sampler.secret"])
    }

    @Test func `a role can be added, and no pair is overwritten`() throws {
        let folder = try TemporaryFolder()
        let folders = KeyFolders(folder.url.path)
        try folders.make([.sampler])
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file("hub/hub.secret")))
        try folders.make([.learner])
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("hub/hub.secret"))) == before)
        #expect(throws: MessagingError.self) { try folders.make([.sampler]) }
    }

    @Test func `what to copy where is said`() {
        let advice = KeyFolders("/k").advice([.sampler])
        #expect(advice.contains("--keys /k/hub"))
        #expect(advice.contains("scp -r /k/sampler HOST:keys-sampler"))
    }
}
