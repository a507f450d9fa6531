import AdvantageCore
import Testing
import Wire

/// A problem on its way through the advantage service: plays the hub between the turns, and checks what it would check.
struct Scene {
    /// How a rollout is graded; nil: its slot ends as an error before it is sampled.
    typealias Graded = (text: String, grade: Grade?)

    static let promptTokens: [UInt32] = Array("7; +5\n".utf8).map(UInt32.init)
    static let endToken: UInt32 = 256

    private var bodies: [String: [UInt8]]
    private var nextLease: UInt64 = 1
    /// The outputs of the newest turn.
    private(set) var complete = Complete()
    private(set) var lease = Lease()
    private(set) var turnCount = 0

    /// Begins with the problem's own rollouts.
    ///
    /// - Parameters:
    ///   - exactValues: the service's own wish, in the first turn only.
    ///   - cutOff: the places of the rollouts that reached the longest solution allowed.
    init(
        _ rollouts: [Graded], _ credit: CreditPlan,
        of problem: Problem = Problem(question: "7; +5", referenceAnswer: "12"), exactValues: Bool = false,
        cutOff: Set<Int> = []
    ) throws {
        bodies = ["p": problem.encoded()]
        let members = rollouts.enumerated().map { slot, graded -> Member in
            var rollout = Self.rollout(graded.text)
            if cutOff.contains(slot) { rollout.finish = .length }
            return member(slot, of: "p.q", body: [1], rollout, graded.grade)
        }
        try turn(
            "p.g", Group(credit: credit, policyVersion: 4), refersTo: ["p"], members, exactValues: exactValues)
    }

    /// The requests of the newest turn.
    var requests: [Request] {
        get throws {
            try complete.items.filter { $0.item.queue == .requests }.map { try Request(decoding: $0.item.body) }
        }
    }

    /// The experience of the newest turn.
    var experience: [Experience] {
        get throws {
            try complete.items.filter { $0.item.queue == .experience }.map { try Experience(decoding: $0.item.body) }
        }
    }

    /// How the problem ended; nil while it goes on.
    var outcome: Outcome? {
        get throws { try complete.endings.first.map { try Outcome(decoding: $0.result) } }
    }

    /// The next turn: what each request's continuations come to, in the order of the requests.
    mutating func answer(_ continuations: [[Graded]]) throws {
        let requested = complete.items.filter { $0.item.queue == .requests }
        #expect(continuations.map(\.count) == requested.map(\.owns.count))
        var members: [Member] = []
        for (item, answers) in zip(requested, continuations) {
            let prefix = try Request(decoding: item.item.body).prefixText
            for (index, graded) in answers.enumerated() {
                members.append(
                    member(
                        item.owns.first + index, of: "\(lease.item.id).\(item.item.id)", body: item.item.body,
                        Self.rollout(graded.text, after: prefix), graded.grade))
            }
        }
        let next = try #require(complete.groups.first?.whenFull)
        try turn(
            "\(lease.item.id).\(next.id)", Group(decoding: next.body), refersTo: next.refersTo,
            members.sorted { $0.slot < $1.slot })
    }

    private mutating func member(_ slot: Int, of request: String, body: [UInt8], _ rollout: Rollout, _ grade: Grade?)
        -> Member
    {
        guard let grade else {
            return Member(slot: slot, end: .error, item: request, body: body, reason: "three leases were lost")
        }
        let id = "\(request).r\(slot)"
        bodies[id] = rollout.encoded()
        return Member(
            slot: slot, end: grade == .gradingError ? .error : .result, item: id, body: rollout.encoded(),
            result: Verdict(grade: grade).encoded())
    }

    private mutating func turn(
        _ id: String, _ group: Group, refersTo: [String], _ members: [Member], exactValues: Bool = false
    ) throws {
        lease = Lease(
            id: nextLease,
            item: Item(
                id: id, queue: .groups, purpose: .preference, stage: 1, round: 0, body: group.encoded(),
                refersTo: refersTo, problem: "p"),
            members: members,
            attachments: try refersTo.map { Attachment(item: $0, body: try #require(bodies[$0], "\($0) is unknown")) })
        complete = try Advantage.complete(lease, exactValues: exactValues)
        #expect(complete.leases == [nextLease])
        try checkByHub(complete, of: lease)
        nextLease += 1
        turnCount += 1
    }

    /// A rollout as a byte-level sampler makes it: a token a byte and the end token, a step a line.
    static func rollout(_ text: String, after prefix: String = "") -> Rollout {
        let tokens = Array(text.utf8).map(UInt32.init) + [endToken]
        var ends = tokens.indices.filter { tokens[$0] == 10 }.map { UInt32($0 + 1) }
        if tokens[tokens.count - 2] == 10 { ends.removeLast() }
        return Rollout(
            tokens: tokens, logProbabilities: tokens.map { -Float($0) / 64 }, stepEnds: ends + [UInt32(tokens.count)],
            text: prefix + text, policyVersion: 4, promptTokens: promptTokens)
    }

    /// The tokens of a text, with the end token if it ends the solution.
    static func tokens(_ text: String, ends: Bool = false) -> [UInt32] {
        Array(text.utf8).map(UInt32.init) + (ends ? [endToken] : [])
    }
}
