/// The number of a policy: 0 is the model that the run started from, and it grows by one at each publication.
public struct PolicyVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number; 0 or more.
    public let number: UInt64

    /// Names the policy with this number.
    public init(_ number: UInt64) {
        self.number = number
    }

    /// The version that the next publication creates.
    public var next: PolicyVersion { PolicyVersion(number + 1) }

    /// The number after a v, for instance v3.
    public var description: String { "v\(number)" }

    /// Whether the left policy is the older one.
    public static func < (left: PolicyVersion, right: PolicyVersion) -> Bool { left.number < right.number }
}
