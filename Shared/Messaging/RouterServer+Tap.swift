extension RouterServer {
    /// Opens the tap at an endpoint of its own; returns the endpoint with the port in use.
    ///
    /// - Throws: `unprotected` when other hosts could reach it and there are no keys; `bindFailed`.
    public func bindTap(to endpoint: Endpoint) throws(MessagingError) -> Endpoint {
        try configuration.socket.checkProtected(endpoint)
        if let tap { return try tap.bind(to: endpoint) }
        let newTap = try TapPublisher(context: context, on: thread, options: configuration.socket)
        tap = newTap
        return try newTap.bind(to: endpoint)
    }

    /// Whether anyone reads the tap; ask before building what you would publish.
    public var tapHasReaders: Bool { tap?.hasReaders ?? false }

    /// The number of published messages that at least one reader missed because it was slow.
    public var tapDroppedCount: Int { tap?.droppedCount ?? 0 }

    /// Shows a message to the readers that subscribed to a prefix of its first frame; never waits, and does nothing
    /// without readers.
    public func publish(_ frames: [Frame]) {
        guard let tap, tap.hasReaders else { return }
        do throws(MessagingError) {
            try tap.publish(frames)
        } catch {
            if error.code != .closed { fail(error) }
        }
    }
}
