import CEightfoldWire

/// What queues hold.
public struct Item: WireValue {
    /// From a worker: what is appended to the completed item's id. From the hub: the whole id.
    public var id: String
    /// The queue it waits in.
    public var queue: Queue
    /// What it is for.
    public var purpose: Purpose
    /// The recipe's stage.
    public var stage: Int
    /// The stage's round.
    public var round: Int
    /// The packed body; its type follows from the queue.
    public var body: [UInt8]
    /// Ids of the items whose bodies are attached when it is leased.
    public var refersTo: [String]
    /// The problem it belongs to; empty for decision points and orders.
    public var problem: String

    /// Makes one; what is left out is empty.
    public init(
        id: String = "", queue: Queue = .orders, purpose: Purpose = .control, stage: Int = 0, round: Int = 0,
        body: [UInt8] = [], refersTo: [String] = [], problem: String = ""
    ) {
        self.id = id
        self.queue = queue
        self.purpose = purpose
        self.stage = stage
        self.round = round
        self.body = body
        self.refersTo = refersTo
        self.problem = problem
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Item>(
        "Item", initialize: eightfold__v1__item__init, empty: { Item() },
        fields: [
            .text(\.id, \.id),
            .enumeration(\.queue, \.queue),
            .enumeration(\.purpose, \.purpose),
            .count(\.stage, \.stage),
            .count(\.round, \.round),
            .bytes(\.body, \.body),
            .texts(\.refersTo, \.n_refers_to, \.refers_to),
            .text(\.problem, \.problem),
        ])
}
