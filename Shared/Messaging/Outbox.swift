/// The messages that wait for one peer because libzmq would not take them yet, oldest first.
struct Outbox {
    private var messages: [[Frame]] = []
    private var firstWaiting = 0
    private(set) var byteCount = 0

    var isEmpty: Bool { firstWaiting == messages.count }
    var count: Int { messages.count - firstWaiting }
    var first: [Frame]? { isEmpty ? nil : messages[firstWaiting] }

    /// What a message costs: its bytes, and an allowance per frame so that empty frames are not free.
    static func cost(_ frames: [Frame]) -> Int {
        frames.reduce(0) { $0 + $1.byteCount + 64 }
    }

    mutating func append(_ frames: [Frame]) {
        messages.append(frames)
        byteCount += Self.cost(frames)
    }

    mutating func removeFirst() {
        byteCount -= Self.cost(messages[firstWaiting])
        messages[firstWaiting] = []
        firstWaiting += 1
        // Moving the rest only when half of the array is spent keeps the cost per message constant.
        if firstWaiting * 2 >= messages.count {
            messages.removeFirst(firstWaiting)
            firstWaiting = 0
        }
    }
}
