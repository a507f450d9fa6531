import Basics
public import HubCore
import Wire

/// A whole run in virtual time: a hub, scripted workers of all roles, and a network and a fate drawn from a seed.
public final class Simulation {
    /// The hub.
    public let hub: SimulatedHub
    /// What goes wrong.
    public var faults: Faults
    /// Called after every step of the hub.
    public var afterStep: (SimulatedHub) throws -> Void = { _ in }
    /// Takes messages in and rolls the transaction back, as a hub does that dies before the commit.
    public var rollBack: ((SimulatedHub, [Inbound]) -> Void)?
    /// How often the hub finds the time to write a segment, in per cent of the steps.
    public var segmentsPerCent = 20.0
    /// Refusals that a correct worker never gets.
    public private(set) var surprises: [String] = []
    /// Restarts of the hub and of workers, and messages lost: that faults happened at all.
    public private(set) var tally: [String: Int] = [:]

    private let seed: UInt64
    private let script: Script
    private let counts: [Role: Int]
    private let capacity: Int
    private var generator: SeededGenerator
    private var workers: [ScriptedWorker] = []
    private var paused: [String: Int64] = [:]
    private var toHub: [Parcel] = []
    private var toWorkers: [Parcel] = []
    private var starts = 0

    /// A message on its way.
    private struct Parcel {
        let due: Int64
        let peer: [UInt8]
        let message: WireMessage
    }

    /// Begins a run.
    ///
    /// - Parameters:
    ///   - workers: how many of each role but the learner, of which there is one.
    ///   - capacity: the items that each worker asks for.
    public init(
        seed: UInt64, recipe: SimulatedRecipe = SimulatedRecipe(), settings: ExchangeSettings, workers: Int,
        capacity: Int,
        faults: Faults
    ) throws {
        self.seed = seed
        self.faults = faults
        self.capacity = capacity
        script = Script(recipe)
        counts = [.generator: workers, .sampler: workers, .verifier: workers, .advantage: workers, .learner: 1]
        generator = SeededGenerator(seed: seed, name: "simulation")
        hub = try SimulatedHub(settings)
        for role in counts.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            for index in 0..<(counts[role] ?? 0) { start(role, "\(role)-\(index)") }
        }
    }

    /// Lets the run go on until it is finished and all workers have gone.
    ///
    /// - Parameter limit: the virtual milliseconds after which it is given up.
    /// - Returns: whether it finished.
    public func run(limit: Int64 = 900_000) throws -> Bool {
        let end = hub.milliseconds + limit
        while hub.milliseconds < end {
            try step()
            if hub.exchange.state == .finished, workers.allSatisfy({ $0.isStopped }), toHub.isEmpty {
                // As the hub does at its end.
                while segmentsPerCent > 0, try hub.exchange.writeSegment() {}
                return true
            }
        }
        return false
    }

    /// Lets some time pass.
    public func run(for milliseconds: Int64) throws {
        let end = hub.milliseconds + milliseconds
        while hub.milliseconds < end { try step() }
    }

    private func step() throws {
        hub.milliseconds += Int64.random(in: 10...110, using: &generator)
        let now = hub.milliseconds
        if now > faults.until { faults = Faults(diesOf: faults.diesOf) }
        try strike(at: now)
        for parcel in Self.takeDue(&toWorkers, at: now) {
            try workers.first { $0.peer == parcel.peer }?.receive(parcel.message, at: now)
        }
        for worker in workers where paused[worker.instance] ?? 0 <= now {
            worker.whimsPerCent = faults.whimsPerCent
            try worker.tick(at: now)
            for message in worker.takeMessages() { post(message, from: worker.peer, to: &toHub) }
        }
        bury()
        let inbound = Self.takeDue(&toHub, at: now).map {
            Inbound(peer: $0.peer, provenRole: nil, frames: $0.message.frames)
        }
        for outbound in try hub.process(inbound) { post(outbound.message, from: outbound.peer, to: &toWorkers) }
        try afterStep(hub)
        if happens(segmentsPerCent) { try writeSegment() }
    }

    private func writeSegment() throws {
        if happens(faults.segmentKillPerCent), try hub.dieWritingSegment() {
            tally["hub killed writing a segment", default: 0] += 1
            toHub = []
            try hub.restart()
        } else {
            _ = try hub.exchange.writeSegment()
        }
        try afterStep(hub)
    }

    // MARK: The network

    /// Messages of one peer stay in order; those of different peers do not.
    private func post(_ message: WireMessage, from peer: [UInt8], to parcels: inout [Parcel]) {
        let isLost = happens(faults.lossPerCent)
        if isLost { tally["lost", default: 0] += 1 }
        let copies = isLost ? 0 : happens(faults.duplicatePerCent) ? 2 : 1
        let earliest = parcels.last { $0.peer == peer }?.due ?? 0
        let delay = Int64.random(in: 1...(happens(faults.delayPerCent) ? 1_500 : 30), using: &generator)
        for _ in 0..<copies {
            parcels.append(Parcel(due: max(earliest, hub.milliseconds + delay), peer: peer, message: message))
        }
    }

    private static func takeDue(_ parcels: inout [Parcel], at now: Int64) -> [Parcel] {
        let due = parcels.filter { $0.due <= now }
        parcels.removeAll { $0.due <= now }
        return due
    }

    // MARK: Fate

    private func strike(at now: Int64) throws {
        if happens(faults.hubKillPerCent) {
            tally["hub killed", default: 0] += 1
            let inbound = Self.takeDue(&toHub, at: now).map {
                Inbound(peer: $0.peer, provenRole: nil, frames: $0.message.frames)
            }
            // Before the commit, between the commit and the answers, or between two batches.
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: rollBack?(hub, inbound)
            case 1: _ = try hub.process(inbound)
            default: break
            }
            toHub = []
            if Bool.random(using: &generator) { toWorkers = [] }
            try hub.restart()
            try afterStep(hub)
        }
        for worker in workers where !worker.isStopped {
            if happens(faults.killPerCent) {
                tally["worker killed", default: 0] += 1
                worker.kill()
            } else if happens(faults.pausePerCent) {
                tally["worker paused", default: 0] += 1
                paused[worker.instance] = now + Int64.random(in: 500...5_000, using: &generator)
            }
        }
    }

    /// The dead are replaced: under their name, or under another one, so that the hub must miss them first.
    private func bury() {
        for worker in workers where worker.isDead || !worker.surprises.isEmpty {
            surprises += worker.surprises
            workers.removeAll { $0 === worker }
            tally["worker replaced", default: 0] += 1
            let renamed = worker.role != .learner && Int.random(in: 0..<3, using: &generator) == 0
            start(worker.role, renamed ? "\(worker.role)-new\(starts)" : worker.name)
        }
    }

    private func start(_ role: Role, _ name: String) {
        starts += 1
        let instance = "\(name)-s\(starts)-\(seed)"
        let type = role == .learner ? ScriptedLearner.self : ScriptedWorker.self
        let worker = type.init(role, name: name, instance: instance, script: script, capacity: capacity)
        worker.diesOf = faults.diesOf
        if role == .verifier {
            // Each name of the panel has a seat, as far as there are verifiers.
            let panel = hub.settings.panel.verifiers
            worker.verifier = panel[(name.last?.wholeNumberValue ?? 0) % panel.count]
        }
        workers.append(worker)
    }

    private func happens(_ perCent: Double) -> Bool {
        perCent > 0 && Double(generator.nextUnitFloat()) * 100 < perCent
    }
}
