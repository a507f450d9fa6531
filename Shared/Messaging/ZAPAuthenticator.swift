/// Decides who may connect to the CURVE sockets of a context: the peer's key must be on the allow-list.
///
/// It answers libzmq's questions (ZeroMQ RFC 27) on its socket thread, so that thread must not be blocked while peers
/// connect. A context has room for one.
final class ZAPAuthenticator {
    private static let endpoint = Endpoint.inproc(name: "zeromq.zap.01")
    /// Version, request id, domain, address, routing id, mechanism, key.
    private static let requestFrameCount = 7

    private let allowList: AllowList
    private let socket: Socket
    private let refusalHandler: (RefusedKey) -> Void

    init(
        allowList: AllowList, context: ZMQContext, on thread: SocketThread,
        refusalHandler: @escaping (RefusedKey) -> Void
    ) throws(MessagingError) {
        self.allowList = allowList
        self.refusalHandler = refusalHandler
        socket = try Socket(.rep, context: context, on: thread)
        do throws(MessagingError) {
            _ = try socket.bind(to: Self.endpoint)
        } catch {
            socket.close()
            throw error
        }
        socket.readHandler = { [weak self, weak socket] in
            if let self { self.answerRequests() } else { socket?.close() }
        }
    }

    func close() {
        socket.close()
    }

    private func answerRequests() {
        // A failure means that the context has ended, which the sockets that are protected report to their owner.
        while let result = try? socket.receive(frameLimit: Self.requestFrameCount) {
            switch result {
            case .nothing: return
            case .tooManyFrames: answer(id: Frame(""), role: nil, reason: "The request had too many frames.")
            case .message(let message): decide(message.frames)
            }
        }
    }

    private func decide(_ request: [Frame]) {
        let id = request.count > 1 ? request[1] : Frame("")
        let (key, verdict) = judge(request)
        switch verdict {
        case .success(let role): answer(id: id, role: role, reason: "OK")
        case .failure(let refusal):
            answer(id: id, role: nil, reason: "Refused")
            let written = request.count > 3 ? request[3].text : ""
            let address = IPAddress(written)?.mappedText ?? written
            refusalHandler(RefusedKey(address: address, publicKey: key, reason: refusal.reason))
        }
    }

    private struct Refusal: Error {
        let reason: String
    }

    private func judge(_ request: [Frame]) -> (PublicKey?, Result<String, Refusal>) {
        guard request.count == Self.requestFrameCount, request[0] == "1.0", request[5] == "CURVE",
            request[6].byteCount == 32, request[2] == Frame(CurveOptions.zapDomain)
        else {
            return (nil, .failure(Refusal(reason: "It must prove a CURVE key and did not. Give it keys.")))
        }
        let key = PublicKey(bytes: request[6].bytes)
        guard let role = allowList.role(of: key) else {
            return (
                key,
                .failure(Refusal(reason: "Its public key \(key) is not on the allow-list. Add its .public file there."))
            )
        }
        return (key, .success(role))
    }

    /// Version, request id, status, text, user id, metadata. The text goes to whoever was refused, so it says little.
    private func answer(id: Frame, role: String?, reason: String) {
        // Ignored: libzmq waits for this answer, and if it is gone there is nobody to be told.
        _ = try? socket.send(["1.0", id, role == nil ? "400" : "200", Frame(reason), Frame(role ?? ""), ""])
    }
}
