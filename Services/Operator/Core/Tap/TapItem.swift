import Wire

/// What is remembered of an item, to name it again when its lease ends.
struct TapItem: Equatable {
    let id: String
    let queue: Queue
    let problem: String

    init(_ item: Item) {
        (id, queue, problem) = (item.id, item.queue, item.problem)
    }
}
