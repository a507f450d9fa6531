import Fuzzing

@testable import ModelFiles

extension FileBytes {
    /// A copy of the bytes that ends the process when it is read past its end.
    convenience init(guarding source: [UInt8]) {
        let guarded = GuardedBytes(source)
        self.init(guarded.bytes) { _ in guarded.release() }
    }
}
