public import Problems
public import Wire

/// Turns an order into its problems.
///
/// A problem is a function of its source and its index, whichever process makes it.
public enum Generator {
    /// Completes an order: its problems with what is to become of them by the order's purpose, which is their reference
    /// solutions as experience, or requests for rollouts.
    ///
    /// - Parameter dataSet: the data set that the order names, in the order of its seed; nil if it names a family.
    /// - Throws: if the order cannot be read, or names a family or a dial that this release does not have.
    public static func complete(_ lease: Lease, dataSet: DataSet? = nil) throws -> Complete {
        let order = try Order(decoding: lease.item.body)
        try check(order, for: lease.item.purpose)
        let source = try problems(of: order.source, dataSet)
        let curriculum = order.curriculum ? CurriculumChoice(order, source) : nil
        var complete = Complete(
            leases: [lease.id],
            groups: [
                NewGroup(number: 1, size: order.count, kind: .order, owns: SlotRange(first: 0, count: 1))
            ])
        for slot in 0..<order.count {
            let place = order.firstIndex + UInt64(slot)
            let (index, made) = curriculum?.problem(at: place) ?? (place, source(place))
            let named = NamedProblem(
                id: "\(lease.item.id).\(place)", suffix: "\(place)",
                problem: Wire.Problem(
                    question: made.question, referenceAnswer: made.referenceAnswer,
                    referenceSolution: made.referenceSolution ?? "", source: order.source, index: index,
                    answers: order.answers, check: Wire.SolutionCheck(made.check),
                    ancestry: made.ancestry.map { Wire.Ancestor(key: $0.key, strategy: $0.strategy) },
                    level: made.level))
            complete.items.append(
                NewItem(item: item(named.suffix, .problems, of: named, lease, body: named.problem.encoded())))
            switch lease.item.purpose {
            case .supervised: try teach(named, slot, lease, into: &complete)
            case .preference, .evaluation: ask(named, slot, order, lease, into: &complete)
            case .control, .unspecified: break
            }
        }
        return complete
    }

    /// Makes the problem of an index.
    private static func problems(
        of source: ProblemSource, _ dataSet: DataSet?
    ) throws -> (UInt64) -> Problems.Problem {
        guard (source.dataSet == nil) == (dataSet == nil), source.dataSet == nil || source.family.isEmpty else {
            throw GeneratorError(
                message: "Problems come from a family or from a data set that is at hand; the order names "
                    + "\(source.family.isEmpty ? "no family" : source.family) and "
                    + "\(source.dataSet.map { "data set \($0)" } ?? "no data set").")
        }
        if let dataSet { return { dataSet[$0] } }
        let family = try FamilyCache.shared.family(named: source.family, dials: dials(source.dials))
        let split = ProblemSplit(source.split)
        try family.check(split)
        return { family.problem(seed: source.seed, index: $0, split: split) }
    }

    private static func check(_ order: Order, for purpose: Purpose) throws {
        guard purpose == .evaluation || order.source.split == .train else {
            throw GeneratorError(
                message: "Only problems of the split train are trained on; this order for \(purpose) is of "
                    + "\(order.source.split).")
        }
        guard [.supervised, .preference, .evaluation].contains(purpose) else {
            throw GeneratorError(
                message: "An order is supervised, for preference or an evaluation; got \(purpose).")
        }
        guard (purpose == .preference) == (order.credit != nil) else {
            throw GeneratorError(
                message: "Orders for preference, and only they, say how credit is assigned; "
                    + "this one is for \(purpose) and \(order.credit == nil ? "does not" : "does").")
        }
        guard purpose == .preference || !order.curriculum else {
            throw GeneratorError(message: "Only orders for preference have a curriculum; this one is for \(purpose).")
        }
        guard order.firstIndex <= .max - UInt64(order.count) else {
            throw GeneratorError(
                message: "The last index of an order is at most \(UInt64.max); "
                    + "got \(order.count) from \(order.firstIndex) on.")
        }
    }

    /// The reference solution is the experience.
    private static func teach(_ problem: NamedProblem, _ slot: Int, _ lease: Lease, into complete: inout Complete)
        throws
    {
        guard !problem.problem.referenceSolution.isEmpty else {
            throw GeneratorError(
                message:
                    "Supervised learning needs a reference solution; problem \(problem.id) has none. Use other problems."
            )
        }
        let experience = Experience(
            kind: .weightedTokens, question: problem.problem.question,
            solution: problem.problem.referenceSolution, weight: 1)
        complete.items.append(
            NewItem(item: item("\(problem.suffix).e", .experience, of: problem, lease, body: experience.encoded())))
        complete.endings.append(
            SlotEnding(group: 1, slot: slot, end: .result, result: Outcome(experience: 1).encoded()))
    }

    /// Rollouts are asked for; when all are graded, the group goes to the advantage service, or ends the problem.
    private static func ask(
        _ problem: NamedProblem, _ slot: Int, _ order: Order, _ lease: Lease, into complete: inout Complete
    ) {
        let number = complete.groups.count + 1
        let group = order.credit.map {
            Group(credit: $0, policyVersion: order.policyVersion, latestPolicy: order.latestPolicy)
        }
        complete.groups.append(
            NewGroup(
                number: number, size: order.sampling.rollouts, kind: .rollout, owns: SlotRange(first: slot, count: 1),
                whenFull: group.map { item("\(problem.suffix).g", .groups, of: problem, lease, body: $0.encoded()) },
                group: 1))
        let request = Request(
            sampling: order.sampling, policyVersion: order.policyVersion, latestPolicy: order.latestPolicy)
        complete.items.append(
            NewItem(
                item: item("\(problem.suffix).q", .requests, of: problem, lease, body: request.encoded()),
                group: number, owns: SlotRange(first: 0, count: order.sampling.rollouts)))
    }

    private static func item(
        _ suffix: String, _ queue: Queue, of problem: NamedProblem, _ lease: Lease, body: [UInt8]
    ) -> Item {
        let refersToProblem = queue == .requests || queue == .groups
        return Item(
            id: suffix, queue: queue, purpose: lease.item.purpose, stage: lease.item.stage, round: lease.item.round,
            body: body, refersTo: refersToProblem ? [problem.id] : [], problem: problem.id)
    }

    private static func dials(_ list: [String]) throws -> [String: String] {
        var dials: [String: String] = [:]
        for dial in list {
            let parts = dial.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw GeneratorError(message: "A dial is name=value; got \"\(dial)\".")
            }
            dials[String(parts[0])] = String(parts[1])
        }
        return dials
    }
}

extension ProblemSplit {
    fileprivate init(_ split: Split) {
        self =
            switch split {
            case .train: .train
            case .test: .test
            case .rangeShift: .rangeShift
            case .formShift: .formShift
            }
    }
}

extension Wire.SolutionCheck {
    fileprivate init(_ check: Problems.SolutionCheck) {
        self =
            switch check {
            case .answer: .finalAnswer
            case .puzzle: .puzzle
            case .path: .path
            case .formula: .formula
            }
    }
}

/// A problem with its id, whole and as it is appended to its order's.
private struct NamedProblem {
    let id: String
    let suffix: String
    let problem: Wire.Problem
}

/// An order that cannot be carried out.
struct GeneratorError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
