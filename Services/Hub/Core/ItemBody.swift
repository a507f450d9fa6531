import Wire

/// What the hub reads of the bodies that pass it.
enum ItemBody {
    /// The most problems that an order may ask for.
    static let mostProblems = 64

    /// What the hub keeps of a body.
    struct Facts {
        /// How many slots such an item owns.
        var slots = 1
        /// Orders: the problems it stands for. Requests: the rollouts. Else 1.
        var weight = 1
        /// Continuations are leased before fresh problems: what was begun is finished first.
        var priority = 1
    }

    /// Reads a body.
    ///
    /// - Throws: `Refusal` if the body is not of the queue's type.
    static func facts(of item: Item) throws(Refusal) -> Facts {
        do {
            switch item.queue {
            case .orders: return Facts(weight: try problems(of: item))
            case .requests: return try request(item)
            case .stages: _ = try DecisionPoint(decoding: item.body)
            case .rollouts:
                // What verifiers said is for the hub to note.
                guard try Rollout(decoding: item.body).judgements.isEmpty else {
                    throw Refusal(.body, "A rollout comes without judgements; \(item.id) brings some.")
                }
            case .groups: _ = try Group(decoding: item.body)
            case .experience:
                _ = try Experience(decoding: item.body)
                return Facts(slots: 0)
            case .problems:
                _ = try Problem(decoding: item.body)
                return Facts(slots: 0)
            case .unspecified: throw Refusal(.queue, "Item \(item.id) must name its queue.")
            }
            return Facts()
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.body, "The body of \(item.id) in queue \(item.queue) is not what it must be: \(error)")
        }
    }

    private static func problems(of item: Item) throws -> Int {
        let order = try Order(decoding: item.body)
        guard (1...mostProblems).contains(order.count) else {
            throw Refusal(
                .body, "An order asks for 1 to \(mostProblems) problems; \(item.id) asks for \(order.count).")
        }
        return order.count
    }

    private static func request(_ item: Item) throws -> Facts {
        let request = try Request(decoding: item.body)
        let rollouts = request.sampling.rollouts
        guard (1...OutputCheck.largestGroup).contains(rollouts) else {
            throw Refusal(.body, "A request asks for at least 1 rollout; \(item.id) asks for \(rollouts).")
        }
        return Facts(slots: rollouts, weight: rollouts, priority: request.prefixRollout.isEmpty ? 1 : 0)
    }
}
