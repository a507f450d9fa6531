import CProtobufC
import Foundation
import Testing

@testable import Wire

/// Each message type's table of fields against what protoc-c made of the .proto files.
@Suite struct `Every field` {
    static let types: [any WireValue.Type] = [
        AdvantagePlan.self, Ancestor.self, Answer.self, Attachment.self, BlobChunk.self, BlobGet.self, BlobPut.self,
        CheckpointOutput.self,
        Command.self,
        Complete.self, Counter.self, Credit.self, CreditPlan.self, DeadLetter.self, DecisionPoint.self, Envelope.self,
        ErrorCount.self, Experience.self, Fail.self, Group.self, Heartbeat.self, Hello.self, Item.self, Judgement.self,
        Lease.self, Member.self,
        Members.self, NewGroup.self, NewItem.self, Order.self, Outcome.self, PassRate.self, PitSearch.self,
        Problem.self,
        ProblemSource.self, QueueStatus.self, Release.self, Request.self, Rollout.self, SamplingPlan.self,
        SlotEnding.self, SlotRange.self, Status.self, StatusRequest.self, Stop.self, Verdict.self, Welcome.self,
        Work.self, WorkerStatus.self,
    ]

    @Test func `every message of the proto files has a Swift type`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Shared/C/CEightfoldWire/proto")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let declared = try files.filter { $0.pathExtension == "proto" }.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).matches(of: /(?m)^message (\w+)/).map { String($0.1) }
        }
        #expect(declared.sorted() == Self.types.map { Self.name($0) }.sorted())
    }

    @Test(arguments: types.indices) func `every field of a message survives`(index: Int) throws {
        try Self.check(Self.types[index])
    }

    @Test func `a field number that had another meaning once is passed over`() throws {
        // 2 was the text of a prompt.
        let body: [UInt8] = [2 << 3 | 2, 3] + Array("1+1".utf8)
        #expect(try Experience(decoding: body) == Experience(decoding: []))
        let question: [UInt8] = [13 << 3 | 2, 3] + Array("1+1".utf8)
        #expect(try Experience(decoding: question).question == "1+1")
        // 3 said that problems were of the test split.
        #expect(try ProblemSource(decoding: [3 << 3, 1]) == ProblemSource(decoding: []))
        #expect(try ProblemSource(decoding: [6 << 3, 1]).split == .test)
    }

    private static func name<Value: WireValue>(_ type: Value.Type) -> String { type.coding.name }

    private static func check<Value: WireValue>(_ type: Value.Type) throws {
        let descriptor = type.coding.descriptor.pointee
        let packed = message(descriptor)
        let value = try Value(decoding: packed)
        // Both have the fields in the order of their numbers, so that equal messages are equal bytes.
        #expect(value.encoded() == packed, "\(type.coding.name): \(value)")
        for index in 0..<Int(descriptor.n_fields) {
            let one = field(descriptor.fields[index])
            #expect(try Value(decoding: one) != Value(decoding: []), "field \(index + 1) of \(type.coding.name)")
        }
    }

    // MARK: Messages with something in every field, as bytes on the wire

    private static func message(_ descriptor: ProtobufCMessageDescriptor) -> [UInt8] {
        (0..<Int(descriptor.n_fields)).map { descriptor.fields[$0] }.sorted { $0.id < $1.id }.flatMap { field($0) }
    }

    private static func field(_ field: ProtobufCFieldDescriptor) -> [UInt8] {
        let isList = field.label == PROTOBUF_C_LABEL_REPEATED
        switch field.type {
        case PROTOBUF_C_TYPE_STRING: return repeated(isList) { delimited(field, Array("t\(field.id)é\($0)".utf8)) }
        case PROTOBUF_C_TYPE_BYTES:
            return repeated(isList) { delimited(field, Array(repeating: UInt8($0 + 1), count: 32)) }
        case PROTOBUF_C_TYPE_MESSAGE:
            let inner = field.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self).pointee
            return repeated(isList) { _ in delimited(field, message(inner)) }
        case PROTOBUF_C_TYPE_FLOAT:
            let bytes = (1...(isList ? 2 : 1)).flatMap { withUnsafeBytes(of: Float($0) / 4, Array.init) }
            return isList ? delimited(field, bytes) : varint(UInt64(field.id) << 3 | 5) + bytes
        case PROTOBUF_C_TYPE_DOUBLE:
            return varint(UInt64(field.id) << 3 | 1) + withUnsafeBytes(of: 0.75, Array.init)
        default:
            // A packed list, or one number that is known to all enumerations and no default.
            return isList
                ? delimited(field, varint(300) + varint(UInt64(field.id)))
                : varint(UInt64(field.id) << 3) + varint(1)
        }
    }

    private static func repeated(_ isList: Bool, _ one: (Int) -> [UInt8]) -> [UInt8] {
        (0..<(isList ? 2 : 1)).flatMap(one)
    }

    private static func delimited(_ field: ProtobufCFieldDescriptor, _ bytes: [UInt8]) -> [UInt8] {
        varint(UInt64(field.id) << 3 | 2) + varint(UInt64(bytes.count)) + bytes
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        value < 128 ? [UInt8(value)] : [UInt8(value & 127) | 128] + varint(value >> 7)
    }
}
