import Wire

/// What the hub reads of the bodies that pass it.
enum ItemBody {
    /// The most problems that an order may ask for.
    static let mostProblems = 64

    /// How many slots an item of this kind owns.
    static func slotCount(of item: Item) throws(Refusal) -> Int {
        switch item.queue {
        case .experience, .problems: 0
        case .requests: try request(item).sampling.rollouts
        default: 1
        }
    }

    /// Orders: the problems it stands for. Requests: the rollouts. Else 1.
    ///
    /// - Throws: `Refusal` if the body is not of the queue's type.
    static func weight(of item: Item) throws(Refusal) -> Int {
        do {
            switch item.queue {
            case .orders:
                let order = try Order(decoding: item.body)
                guard (1...mostProblems).contains(order.count) else {
                    throw Refusal(
                        .body, "An order asks for 1 to \(mostProblems) problems; \(item.id) asks for \(order.count).")
                }
                return order.count
            case .requests: return try request(item).sampling.rollouts
            case .stages: _ = try DecisionPoint(decoding: item.body)
            case .rollouts: _ = try Rollout(decoding: item.body)
            case .groups: _ = try Group(decoding: item.body)
            case .experience: _ = try Experience(decoding: item.body)
            case .problems: _ = try Problem(decoding: item.body)
            case .unspecified: throw Refusal(.queue, "Item \(item.id) must name its queue.")
            }
            return 1
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.body, "The body of \(item.id) in queue \(item.queue) is not what it must be: \(error)")
        }
    }

    /// Continuations are leased before fresh problems: what was begun is finished first.
    static func priority(of item: Item) -> Int {
        guard item.queue == .requests, let request = try? Request(decoding: item.body) else { return 1 }
        return request.prefixRollout.isEmpty ? 1 : 0
    }

    private static func request(_ item: Item) throws(Refusal) -> Request {
        do {
            let request = try Request(decoding: item.body)
            guard (1...OutputCheck.largestGroup).contains(request.sampling.rollouts) else {
                throw Refusal(
                    .body, "A request asks for at least 1 rollout; \(item.id) asks for \(request.sampling.rollouts).")
            }
            return request
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.body, "The body of request \(item.id) is none: \(error)")
        }
    }
}
