import CZMQ

extension SocketOptions {
    /// Sets every option on a fresh socket.
    func apply(to socket: UnsafeMutableRawPointer, kind: Socket.Kind) throws(ZMQ.Failure) {
        precondition(sendHighWaterMark > 0 && receiveHighWaterMark > 0, "0 would mean a mark without limit")
        try ZMQ.setsockopt(socket, ZMQ_SNDHWM, CInt(clamping: sendHighWaterMark))
        try ZMQ.setsockopt(socket, ZMQ_RCVHWM, CInt(clamping: receiveHighWaterMark))
        try ZMQ.setsockopt(socket, ZMQ_MAXMSGSIZE, wide: Int64(maximumFrameBytes))
        try ZMQ.setsockopt(socket, ZMQ_LINGER, linger.wholeMilliseconds)
        try ZMQ.setsockopt(socket, ZMQ_HEARTBEAT_IVL, heartbeat.wholeMilliseconds)
        try ZMQ.setsockopt(socket, ZMQ_HEARTBEAT_TIMEOUT, (heartbeat * 3).wholeMilliseconds)
        try ZMQ.setsockopt(socket, ZMQ_RECONNECT_IVL, firstReconnect.wholeMilliseconds)
        try ZMQ.setsockopt(socket, ZMQ_RECONNECT_IVL_MAX, longestReconnect.wholeMilliseconds)
        try ZMQ.setsockopt(socket, ZMQ_HANDSHAKE_IVL, handshake.wholeMilliseconds)
        try ZMQ.setsockopt(socket, ZMQ_IPV6, 1)
        try ZMQ.setsockopt(socket, ZMQ_TCP_KEEPALIVE, 1)
        switch kind {
        // Without it a ROUTER drops what it cannot route or queue, and says nothing.
        case .router: try ZMQ.setsockopt(socket, ZMQ_ROUTER_MANDATORY, 1)
        case .dealer, .xpub, .sub, .rep, .pair: break
        }
        switch curve {
        case nil: break
        case .server(let secret, _):
            try ZMQ.setsockopt(socket, ZMQ_CURVE_SERVER, 1)
            try ZMQ.setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret.bytes)
            try ZMQ.setsockopt(socket, ZMQ_ZAP_DOMAIN, CurveOptions.zapDomain)
        case .client(let server, let own):
            try ZMQ.setsockopt(socket, ZMQ_CURVE_SERVERKEY, server.bytes)
            try ZMQ.setsockopt(socket, ZMQ_CURVE_PUBLICKEY, own.publicKey.bytes)
            try ZMQ.setsockopt(socket, ZMQ_CURVE_SECRETKEY, own.secretKey.bytes)
        }
    }
}

extension Duration {
    /// Milliseconds rounded up, so that a small positive duration never becomes 0, which often means "never" or "off".
    var wholeMilliseconds: CInt {
        let (seconds, attoseconds) = components
        return CInt(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
