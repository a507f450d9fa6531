/// What a validation kept and dropped.
public struct ValidationReport: Sendable {
    /// What one surrogate did with the requests that it saw.
    public struct Tally: Hashable, Sendable {
        /// How many it kept.
        public internal(set) var kept = 0
        /// How many it dropped, by reason.
        public internal(set) var dropped: [DropReason: Int] = [:]

        /// How many it saw: all.
        public var seen: Int { kept + dropped.values.reduce(0, +) }
    }

    /// A request that a surrogate dropped.
    public struct Rejected: Hashable, Sendable {
        /// The request.
        public let request: FormulaRequest
        /// Why each surrogate that dropped it did; not empty.
        public let reasons: [Surrogate: DropReason]
    }

    /// The tally of each surrogate that was asked.
    public private(set) var tallies: [Surrogate: Tally]
    /// The requests that all surrogates kept, in their order.
    public private(set) var kept: [FormulaRequest] = []
    /// The other ones, in their order.
    public private(set) var rejected: [Rejected] = []

    init(surrogates: some Sequence<Surrogate>) {
        tallies = Dictionary(uniqueKeysWithValues: surrogates.map { ($0, Tally()) })
    }

    /// The rejected requests that are hard: a validation prunes those first, so they are looked at apart and not thrown away.
    ///
    /// - Parameter hardness: the least number of operators and functions.
    public func rejected(hardness: Int) -> [Rejected] { rejected.filter { $0.request.hardness >= hardness } }

    mutating func add(_ request: FormulaRequest, _ reasons: [Surrogate: DropReason]) {
        for surrogate in tallies.keys {
            if let reason = reasons[surrogate] {
                tallies[surrogate]?.dropped[reason, default: 0] += 1
            } else {
                tallies[surrogate]?.kept += 1
            }
        }
        if reasons.isEmpty {
            kept.append(request)
        } else {
            rejected.append(Rejected(request: request, reasons: reasons))
        }
    }
}
