import Ledger
import Wire

/// Reading messages: who may say what, and what the answer is.
extension Exchange {
    func receive(_ inbound: Inbound, in transaction: LedgerTransaction, at now: Moment) throws {
        let message: WireMessage
        do {
            message = try WireMessage(frames: inbound.frames)
        } catch {
            count("refused.\(error.code.rawValue)")
            tellRefusal("A message from peer \(describe(inbound.peer)) was refused: \(error)", at: now)
            answer(inbound, to: "", AnswerCode.refused, Refusal(.malformed, error.message), at: now)
            return
        }
        count(Self.receivedCounters[message.envelope.type] ?? "")
        do {
            try handle(message, from: inbound, in: transaction, at: now)
        } catch let refusal as Refusal {
            count("refused.\(refusal.code.rawValue)")
            tellRefusal(refusal.reason, of: message, at: now)
            let code = refusal.code == .unknownSession ? AnswerCode.unknownSession : .refused
            answer(inbound, to: message.envelope.id, code, refusal, at: now)
        } catch let error as WireError {
            count("refused.\(error.code.rawValue)")
            tellRefusal("\(error)", of: message, at: now)
            answer(inbound, to: message.envelope.id, .refused, Refusal(.malformed, error.message), at: now)
        }
    }

    private func tellRefusal(_ reason: String, of message: WireMessage, at now: Moment) {
        tellRefusal("A \(message.envelope.type) from \(message.envelope.sender) was refused: \(reason)", at: now)
    }

    /// Notes a refusal for the log; past a few a second they are only counted, so that a peer that sends nothing else
    /// cannot fill the disk.
    private func tellRefusal(_ sentence: String, at now: Moment) {
        if let untold = refusalsTold.admit(at: now.monotonicMilliseconds) {
            if untold > 0 {
                notices.append("\(untold) more messages were refused; `eightfold status` counts them by reason.")
            }
            notices.append(sentence)
        }
    }

    /// Spelling a type for each message would take longer than counting it.
    private static let receivedCounters = Dictionary(
        uniqueKeysWithValues: MessageType.allCases.map { ($0, "received.\($0)") })

    private func handle(
        _ message: WireMessage, from inbound: Inbound, in transaction: LedgerTransaction, at now: Moment
    ) throws {
        let type = message.envelope.type
        let id = message.envelope.id
        let run = message.envelope.run
        // A peer learns the run's id by its first hello.
        guard run == welcome.run || type == .hello && run.isEmpty else {
            throw Refusal(.run, "This is the hub of run '\(welcome.run)'; the message is of run '\(run)'.")
        }
        if type == .hello {
            return try hello(try Hello(decoding: message.payload), from: inbound, cause: id, in: transaction, at: now)
        }
        guard let session = sessionOfPeer[inbound.peer], sessions[session] != nil else {
            throw Refusal(.unknownSession, "A peer says hello before anything else; this one has not, or was given up.")
        }
        sessions[session]?.lastHeardMilliseconds = now.monotonicMilliseconds
        switch type {
        case .heartbeat:
            try heartbeat(try Heartbeat(decoding: message.payload), session, id, in: transaction, at: now)
        case .credit:
            try credit(try Credit(decoding: message.payload), session)
        case .complete:
            let code = try complete(try Complete(decoding: message.payload), by: session, in: transaction, at: now)
            answer(inbound, to: id, code, nil, at: now)
        case .fail:
            let fail = try Fail(decoding: message.payload)
            // The same again, because the answer was lost.
            if leases[fail.lease] == nil, try transaction.end(of: fail.lease) == .failed {
                return answer(inbound, to: id, .alreadyDone, nil, at: now)
            }
            let item = try held(fail.lease, by: session, in: transaction).item
            try end(fail.lease, as: .failed, reason: fail.reason, isFinal: !fail.retriable, in: transaction, at: now)
            notices.append("\(message.envelope.sender) failed \(item.id): \(fail.reason)")
            answer(inbound, to: id, .ok, nil, at: now)
        case .release:
            for lease in try Release(decoding: message.payload).leases where leases[lease]?.session == session {
                try end(lease, as: .released, reason: "released", in: transaction, at: now)
            }
            answer(inbound, to: id, .ok, nil, at: now)
        case .goodbye:
            try lose(session, reason: "said goodbye", as: .released, in: transaction, at: now)
        case .blobPut:
            try blobPut(try BlobPut(decoding: message.payload), message, session, inbound, in: transaction, at: now)
        case .blobGet:
            try blobGet(try BlobGet(decoding: message.payload), message, inbound, in: transaction, at: now)
        case .statusRequest:
            let request = try StatusRequest(decoding: message.payload)
            let status = try status(withDeadLetters: request.withDeadLetters, in: transaction, at: now)
            send(.status, status.encoded(), to: inbound.peer, because: id, at: now)
        case .command:
            try command(try Command(decoding: message.payload), session, in: transaction, at: now)
            answer(inbound, to: id, .ok, nil, at: now)
        case .unspecified, .hello, .welcome, .stop, .work, .answer, .blobChunk, .status:
            throw Refusal(.role, "A message of type \(type) is the hub's to send.")
        }
    }

    func answer(_ inbound: Inbound, to id: String, _ code: AnswerCode, _ refusal: Refusal?, at now: Moment) {
        let answer = Answer(
            code: code, to: id, reasonCode: refusal?.code.rawValue ?? "", reason: refusal?.reason ?? "")
        send(.answer, answer.encoded(), to: inbound.peer, because: id, at: now)
    }

    private func command(_ command: Command, _ session: Int64, in transaction: LedgerTransaction, at now: Moment) throws
    {
        guard sessions[session]?.role == .operator else {
            throw Refusal(.role, "Only an operator gives commands.")
        }
        switch command.kind {
        case .scaleSamplers:
            guard (1...10_000).contains(command.count) else {
                throw Refusal(.command, "A run has 1 to 10000 samplers; got \(command.count).")
            }
            wantedSamplers = command.count
            try transaction.setWantedSamplers(command.count)
        case .requeue:
            try requeue(command.item, in: transaction)
        case .stopRun:
            if state == .running { stop(as: .stopping, reason: "The operator stopped the run.", at: now) }
        case .unspecified:
            throw Refusal(.command, "A command must say what to do.")
        }
    }

    private func describe(_ peer: [UInt8]) -> String {
        peer.prefix(8).map { String($0, radix: 16) }.joined()
    }
}
