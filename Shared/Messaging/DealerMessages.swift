/// The messages that a `DealerClient` receives, one by one.
///
/// The iterator takes all that wait with one switch to the socket thread, so a fast sender costs few switches.
public struct DealerMessages: AsyncSequence, Sendable {
    let client: DealerClient

    /// Begins taking messages; there may be one iterator at a time.
    public func makeAsyncIterator() -> Iterator {
        Iterator(client: client)
    }

    /// Hands out the messages of one batch after the other; nil when the client is closed or the task cancelled.
    public struct Iterator: AsyncIteratorProtocol {
        let client: DealerClient
        private var batch: [[Frame]] = []
        private var position = 0

        init(client: DealerClient) {
            self.client = client
        }

        /// The next message; see the type.
        public mutating func next() async -> [Frame]? {
            if position == batch.count {
                batch = await client.receiveBatch()
                position = 0
            }
            guard position < batch.count else { return nil }
            defer { position += 1 }
            return batch[position]
        }
    }
}
