import Basics
import Foundation

// GRDB stores Data; everything else in this project is arrays of bytes.

func blob(_ bytes: [UInt8]) -> Data { Data(bytes) }

func bytes(_ data: Data?) -> [UInt8] { data.map { [UInt8]($0) } ?? [] }

func hash(_ data: Data) throws -> ContentHash {
    guard let hash = ContentHash(bytes: [UInt8](data)) else {
        throw LedgerError(.damaged, "A SHA-256 in the ledger must have 32 bytes; one has \(data.count).")
    }
    return hash
}
