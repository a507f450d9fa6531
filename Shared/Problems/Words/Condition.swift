/// When a conditional statement holds.
enum Condition: Hashable, Sendable {
    /// If something happens, and whether it does, which the text says.
    case event(Event, happens: Bool)
    /// If a quantity is greater than the threshold.
    case exceeds(quantity: Int, threshold: Int)

    /// The quantity that decides; nil for an event.
    var quantity: Int? {
        guard case .exceeds(let quantity, _) = self else { return nil }
        return quantity
    }

    /// Whether it holds, with the values of all quantities.
    func holds(_ values: [Int]) -> Bool {
        switch self {
        case .event(_, let happens): happens
        case .exceeds(let quantity, let threshold): values[quantity] > threshold
        }
    }
}
