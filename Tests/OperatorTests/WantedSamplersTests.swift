import Blobs
import Foundation
import Ledger
import ServiceKit
import Testing

@testable import OperatorCore

@Suite struct `A wish for samplers` {
    @Test func `is forgotten by a start that is given a number, so that the same wish is new after it`() throws {
        let place = try TemporaryFolder()
        let run = RunFolder(place.file("run"))
        _ = try begin(run, layers: 1)
        let ledger = try Ledger(
            path: run.ledger.path, durability: .processCrash, blobs: BlobStore(directory: run.blobs))
        try ledger.transaction { try $0.setWantedSamplers(3) }

        try RunLauncher.resume(run).forgetWantedSamplers()

        #expect(try ledger.transaction { try $0.wantedSamplers() } == 0)
    }
}
