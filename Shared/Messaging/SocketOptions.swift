/// What is fixed about a socket before it is first bound or connected. The defaults are the system's.
public struct SocketOptions: Sendable {
    /// How many messages libzmq holds for each peer on the way out, 1 or more; docs/messaging.md says what then happens.
    public var sendHighWaterMark = 1000
    /// How many messages libzmq holds from each peer on the way in, 1 or more.
    public var receiveHighWaterMark = 1000
    /// The most bytes a received frame may have; a peer that announces more is disconnected before they are read.
    public var maximumFrameBytes = 64 << 20
    /// How long `close()` lets messages already handed over go on leaving, in the background.
    public var linger: Duration = .seconds(1)
    /// How often a silent connection is probed; it is cut after three intervals without a sign of life.
    public var heartbeat: Duration = .seconds(5)
    /// The first wait before reconnecting; it doubles up to `longestReconnect`.
    public var firstReconnect: Duration = .milliseconds(100)
    /// The longest wait before reconnecting.
    public var longestReconnect: Duration = .seconds(5)
    /// How long a new connection may take to shake hands before it is cut.
    public var handshake: Duration = .seconds(10)
    /// The keys for tcp and ipc connections; nil leaves them in the clear. `inproc://` ignores keys.
    public var curve: CurveOptions?

    /// The defaults.
    public init() {}
}
