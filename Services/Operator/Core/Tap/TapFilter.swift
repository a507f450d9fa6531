import ServiceKit
public import Wire

/// Which of the messages that pass are shown; a filter that is nil lets all pass.
public struct TapFilter: Sendable, Equatable {
    /// Items of this queue.
    public var queue: Queue?
    /// Messages of this type.
    public var type: MessageType?
    /// Items of this problem, by its id, and the problem itself.
    public var problem: String?

    /// Makes a filter.
    public init(queue: Queue? = nil, type: MessageType? = nil, problem: String? = nil) {
        self.queue = queue
        self.type = type
        self.problem = problem
    }

    /// Reads a filter from the names of its parts.
    ///
    /// - Throws: `ServiceError` of code `input` if there is no queue or no type of that name.
    public init(queue: String?, type: String?, problem: String?) throws {
        self.init(
            queue: try queue.map { try Self.named($0, in: Self.queues, "queue") },
            type: try type.map { try Self.named($0, in: Self.types, "type") }, problem: problem)
    }

    /// The queues that can be asked for.
    public static var queueNames: String { queues.map { "\($0)" }.joined(separator: ", ") }
    /// The message types that can be asked for.
    public static var typeNames: String { types.map { "\($0)" }.joined(separator: ", ") }

    private static var queues: [Queue] { Queue.allCases.filter { $0 != .unspecified } }
    private static var types: [MessageType] { MessageType.allCases.filter { $0 != .unspecified } }

    private static func named<Value>(_ name: String, in values: [Value], _ what: String) throws -> Value {
        guard let value = values.first(where: { "\($0)" == name }) else {
            let names = values.map { "\($0)" }.joined(separator: ", ")
            throw ServiceError(.input, "A \(what) is one of \(names); got \"\(name)\".")
        }
        return value
    }

    /// Whether messages that carry no item are of no interest.
    var asksForItems: Bool { queue != nil || problem != nil }

    /// Whether an item passes; an output's id is only the end of its whole id.
    func admits(_ item: Item) -> Bool { admits(TapItem(item)) }

    func admits(_ item: TapItem) -> Bool {
        (queue == nil || queue == item.queue) && (problem == nil || problem == item.problem || problem == item.id)
    }
}
