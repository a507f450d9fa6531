/// A random number generator that is a pure function of a run's seed and the name of what draws from it.
///
/// Re-execution is harmless because of it: a problem or a rollout drawn from `(run seed, item id)` is the same whichever
/// process makes it, and however often.
///
/// - Source: Steele, Lea and Flood 2014 (SplitMix64) for the sequence; FNV-1a for folding the name into the seed.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
    /// The whole state; a checkpoint stores it to go on with the same sequence.
    public private(set) var state: UInt64

    /// Goes on from a state that was read from `state`.
    public init(state: UInt64) {
        self.state = state
    }

    /// Starts the sequence that belongs to `name` in the run with this `seed`.
    public init(seed: UInt64, name: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        state = Self.mixed(seed &+ 0x9e37_79b9_7f4a_7c15) ^ Self.mixed(hash)
    }

    /// Draws the next 64 uniform bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return Self.mixed(state)
    }

    /// Draws a number uniform in [0, 1), with 24 random bits, so that it is exact as a Float.
    public mutating func nextUnitFloat() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
