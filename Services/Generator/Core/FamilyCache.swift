import Problems
import Synchronization

/// Families that were made before: making one probes its dials, which takes up to some tenths of a second, and orders come by
/// the thousand with the same dials.
final class FamilyCache: Sendable {
    /// That of this process.
    static let shared = FamilyCache()

    private struct Key: Hashable {
        let name: String
        let dials: [String: String]
    }

    private let families = Mutex<[Key: any ProblemFamily]>([:])

    /// The most families that are kept; a run has one, or one for each level of a curriculum.
    private static let limit = 32

    /// The family with these dials.
    ///
    /// - Throws: `ProblemsError` if there is no such family, or it refuses the dials.
    func family(named name: String, dials: [String: String]) throws -> any ProblemFamily {
        let key = Key(name: name, dials: dials)
        if let known = families.withLock({ $0[key] }) { return known }
        let made = try ProblemFamilies.family(named: name, dials: dials)
        families.withLock { families in
            if families.count >= Self.limit { families = [:] }
            families[key] = made
        }
        return made
    }
}
