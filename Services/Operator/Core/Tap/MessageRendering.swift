import Basics
public import Wire

extension JSONValue {
    /// The payload of a message of any type, with the bodies and results in it unpacked too. Fields have the names that
    /// the `.proto` files give them.
    ///
    /// - Throws: `WireError` if the payload is not what the envelope says. A body that cannot be read is shown as such.
    public init(payloadOf message: WireMessage) throws(WireError) {
        let payload = message.payload
        self =
            switch message.envelope.type {
            case .hello: Self.rendering(try Hello(decoding: payload))
            case .welcome: Self.rendering(try Welcome(decoding: payload))
            case .heartbeat: Self.rendering(try Heartbeat(decoding: payload))
            case .stop: Self.rendering(try Stop(decoding: payload))
            case .credit: Self.rendering(try Credit(decoding: payload))
            case .work: Self.rendering(try Work(decoding: payload))
            case .complete: Self.rendering(try Complete(decoding: payload))
            case .fail: Self.rendering(try Fail(decoding: payload))
            case .release: Self.rendering(try Release(decoding: payload))
            case .answer: Self.rendering(try Answer(decoding: payload))
            case .blobPut: Self.rendering(try BlobPut(decoding: payload))
            case .blobGet: Self.rendering(try BlobGet(decoding: payload))
            case .blobChunk: Self.rendering(try BlobChunk(decoding: payload))
            case .statusRequest: Self.rendering(try StatusRequest(decoding: payload))
            case .status: Self.rendering(try Status(decoding: payload))
            case .command: Self.rendering(try Command(decoding: payload))
            case .goodbye, .unspecified: .object([])
            }
    }

    /// Any value of a message: a message within it, a number, a text, a list of them.
    ///
    /// Fields are found by reflection, so that a new field of a message is shown without being named here.
    static func rendering(_ value: Any) -> JSONValue {
        switch value {
        case let text as String: return .text(text)
        case let flag as Bool: return .flag(flag)
        case let number as Int: return .integer(number)
        case let number as UInt64: return .integer(number)
        case let number as UInt32: return .integer(number)
        case let number as Float: return .real(number)
        case let hash as ContentHash: return .text(hash.hexadecimal)
        // Long lists: reflection would box every number.
        case let numbers as [UInt32]: return .list(numbers.map { .integer($0) })
        case let numbers as [UInt64]: return .list(numbers.map { .integer($0) })
        case let numbers as [Float]: return .list(numbers.map { .real($0) })
        case let bytes as [UInt8]: return packed(bytes)
        case let item as Item: return fields(of: item, body(item.body, of: item.queue))
        case let lease as Lease: return rendering(lease)
        case let member as Member:
            return fields(of: member, unpacked(member.body, as: Rollout.self), result(member.result))
        case let ending as SlotEnding: return fields(of: ending, nil, result(ending.result))
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { rendering($0.value) } ?? .null
        case .collection: return .list(mirror.children.map { rendering($0.value) })
        case .struct: return fields(of: value)
        default: return .text("\(value)")
        }
    }

    /// A lease: what is attached is the item's problem, or rollouts.
    private static func rendering(_ lease: Lease) -> JSONValue {
        let attachments = lease.attachments.map { attachment in
            let body =
                attachment.item == lease.item.problem
                ? unpacked(attachment.body, as: Problem.self) : unpacked(attachment.body, as: Rollout.self)
            return fields(of: attachment, body)
        }
        guard case .object(let shown) = fields(of: lease) else { return .null }
        return .object(shown.map { $0.name == "attachments" ? Field("attachments", .list(attachments)) : $0 })
    }

    /// The fields of a message.
    ///
    /// - Parameters:
    ///   - body: what is shown for the field `body`.
    ///   - result: what is shown for the field `result`.
    private static func fields(of value: Any, _ body: JSONValue? = nil, _ result: JSONValue? = nil) -> JSONValue {
        .object(
            Mirror(reflecting: value).children.compactMap { label, child in
                guard let label else { return nil }
                let shown: JSONValue? =
                    switch label {
                    case "body": body
                    case "result": result
                    default: nil
                    }
                return Field(snakeCase(label), shown ?? rendering(child))
            })
    }

    /// The body of an item: its type follows from the queue.
    static func body(_ bytes: [UInt8], of queue: Queue) -> JSONValue {
        switch queue {
        case .stages: unpacked(bytes, as: DecisionPoint.self)
        case .orders: unpacked(bytes, as: Order.self)
        case .requests: unpacked(bytes, as: Request.self)
        case .rollouts: unpacked(bytes, as: Rollout.self)
        case .groups: unpacked(bytes, as: Group.self)
        case .experience: unpacked(bytes, as: Experience.self)
        case .problems: unpacked(bytes, as: Problem.self)
        case .unspecified: packed(bytes)
        }
    }

    /// How a slot ended: a verdict, an outcome, or the members of a group.
    ///
    /// Every verdict has an answer or a reason, in fields that an outcome has numbers in; members are a list of messages
    /// where both of the others have a number. So each reads as itself only.
    static func result(_ bytes: [UInt8]) -> JSONValue {
        if bytes.isEmpty { return .null }
        if let verdict = try? Verdict(decoding: bytes), !verdict.answer.isEmpty || !verdict.reason.isEmpty {
            return rendering(verdict)
        }
        if let outcome = try? Outcome(decoding: bytes) { return rendering(outcome) }
        return unpacked(bytes, as: Members.self)
    }

    private static func unpacked<Value: WireValue>(_ bytes: [UInt8], as type: Value.Type) -> JSONValue {
        if bytes.isEmpty { return .null }
        guard let value = try? Value(decoding: bytes) else { return packed(bytes) }
        return rendering(value)
    }

    private static func packed(_ bytes: [UInt8]) -> JSONValue { .text("\(bytes.count) bytes") }

    /// `policySHA256` is `policy_sha256`: an underscore where a word begins, and a run of capitals is one word.
    static func snakeCase(_ name: String) -> String {
        var snake = ""
        var previous: Character = "_"
        for character in name {
            if character.isUppercase, previous.isLowercase || previous.isNumber { snake.append("_") }
            snake += character.lowercased()
            previous = character
        }
        return snake
    }
}
