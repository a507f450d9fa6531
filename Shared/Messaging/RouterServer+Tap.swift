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

    /// Shows a message to the tap's readers of the topic; never waits, and does nothing without readers.
    ///
    /// - Parameter topic: one of a small fixed set, because the server counts the messages of each.
    public func publish(topic: String, _ frames: [Frame]) {
        guard let tap, tap.hasReaders else { return }
        do throws(MessagingError) {
            try tap.publish(topic: topic, frames)
        } catch {
            if error.code != .closed { fail(error) }
        }
    }
}
