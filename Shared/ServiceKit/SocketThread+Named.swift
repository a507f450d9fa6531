import Messaging

extension SocketThread {
    /// A socket thread for a service.
    static func named(_ name: String) -> SocketThread {
        do {
            return try SocketThread(name: name)
        } catch {
            // A process that cannot start a thread or open a wake-up descriptor can do nothing at all.
            preconditionFailure("\(name) cannot start its socket thread: \(error)")
        }
    }
}
