#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a socket had when it was asked for a message.
public enum ReceiveResult: Sendable {
    /// Nothing now.
    case nothing
    case message(ReceivedMessage)
    /// A message with more frames than allowed; it was read to its end and thrown away.
    case tooManyFrames(peer: PeerID?, frameCount: Int)
}

extension Socket {
    /// Offers a whole message, without waiting.
    ///
    /// - Parameters:
    ///   - frames: at least one.
    ///   - peer: whom a ROUTER sends it to; nil on all other sockets.
    /// - Throws: `closed`, or `library` when the context has ended.
    public func send(_ frames: [Frame], to peer: PeerID? = nil) throws(MessagingError) -> SendResult {
        precondition(!frames.isEmpty, "a message has at least one frame")
        precondition(
            (peer != nil) == (kind == .router), "a \(kind) socket was given the peer \(String(describing: peer))")
        let handle = try openHandle("send")
        var offered = 0
        do throws(ZMQ.Failure) {
            if let peer { try Self.send(peer, on: handle) }
            for frame in frames {
                offered += 1
                try frame.storage.send(on: handle, more: offered < frames.count)
            }
            return .sent
        } catch {
            switch error.number {
            case EHOSTUNREACH: return .unroutable
            case EAGAIN:
                if offered > 1 { finishDropped(frames.dropFirst(offered), on: handle) }
                return .wouldBlock
            default: throw .library("Sending on a \(kind) socket", error)
            }
        }
    }

    private static func send(_ peer: PeerID, on handle: UnsafeMutableRawPointer) throws(ZMQ.Failure) {
        let result: Result<Void, ZMQ.Failure> = peer.bytes.withUnsafeBytes { bytes in
            do throws(ZMQ.Failure) {
                return .success(try FrameStorage.sendCopy(of: bytes, on: handle, more: true))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Gets libzmq out of the middle of a message whose connection died between two frames.
    ///
    /// libzmq then forgets the frames before, answers EAGAIN for one, and swallows those after it up to the last frame
    /// (lb_t::sendpipe in 4.3.4). Without them it would swallow the next message instead.
    private func finishDropped(_ frames: ArraySlice<Frame>, on handle: UnsafeMutableRawPointer) {
        for (index, frame) in zip(frames.indices, frames) {
            // Ignored: while swallowing, libzmq reports success; any other failure shows at the next message.
            try? frame.storage.send(on: handle, more: index < frames.endIndex - 1)
        }
    }

    /// Takes the next whole message, if there is one, without waiting.
    ///
    /// - Parameter frameLimit: the most frames a message may have, the routing id not counted; 1 or more.
    public func receive(frameLimit: Int) throws(MessagingError) -> ReceiveResult {
        let handle = try openHandle("receive")
        var peer: PeerID?
        var frames: [Frame] = []
        var frameCount = 0
        var userID: String?
        var isFirst = true
        while true {
            let part = isFirst && kind == .router ? routingID : FrameStorage()
            do throws(ZMQ.Failure) {
                try ZMQ.messageReceive(part.message, handle)
            } catch {
                // Parts of one message arrive together, so "nothing now" can only come before the first.
                if error.number == EAGAIN && isFirst { return .nothing }
                throw .library("Receiving on a \(kind) socket", error)
            }
            let hasMore = ZMQ.messageMore(part.message)
            if isFirst && kind == .router {
                peer = PeerID(bytes: Frame(storage: part).bytes)
            } else {
                frameCount += 1
                if frameCount == 1 { userID = ZMQ.messageGets(part.message, "User-Id") }
                if frameCount <= frameLimit { frames.append(Frame(storage: part)) }
            }
            isFirst = false
            if !hasMore { break }
        }
        guard frameCount <= frameLimit else { return .tooManyFrames(peer: peer, frameCount: frameCount) }
        return .message(ReceivedMessage(peer: peer, userID: userID, frames: frames))
    }
}
