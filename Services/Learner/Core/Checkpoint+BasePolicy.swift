public import Basics
public import LanguageModel

extension Checkpoint {
    /// The policy that the checkpoint's stage began with, on which an adapter is trained; nil in a file of another kind.
    public var basePolicy: ContentHash? {
        guard case .string(let text) = metadata[Self.basePolicyKey] else { return nil }
        return ContentHash(hexadecimal: text)
    }

    static let basePolicyKey = "base"
}
