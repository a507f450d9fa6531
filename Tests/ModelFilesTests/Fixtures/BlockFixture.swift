import Foundation
import Testing

@testable import ModelFiles

/// Stored numbers and the floats that they stand for.
struct BlockFixture: Sendable, CustomTestStringConvertible {
    let storage: TensorStorage
    let bytes: [UInt8]
    let floats: [Float]

    /// From base64, the floats little-endian.
    init(storage: TensorStorage, bytes: String, floats: String) {
        self.storage = storage
        self.bytes = Self.decoded(bytes)
        self.floats = Self.decoded(floats).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    private static func decoded(_ text: String) -> [UInt8] {
        guard let data = Data(base64Encoded: text) else { preconditionFailure("not base64: \(text)") }
        return Array(data)
    }

    var testDescription: String { storage.name }
}
