import Foundation
import ModelFiles
import Testing

@testable import Tokenization

private let peerFolder = ProcessInfo.processInfo.environment["EIGHTFOLD_PEER_FOLDER"]

/// Writes what `Tests/Peers/tokenizer_lines.py` compares with Hugging Face's tokenizers.
@Suite(.enabled(if: peerFolder != nil)) struct `PeerLines` {
    @Test func `every line is encoded with every tokenizer for others to compare`() throws {
        let folder = URL(filePath: try #require(peerFolder))
        let lines = try Self.lines(Data(contentsOf: folder.appending(path: "lines")))
        let places = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "tokenizers"), includingPropertiesForKeys: nil)
        try #require(!places.isEmpty && lines.count >= 10_000)
        for place in places {
            let tokenizer = try Tokenizer(
                tokenizerJSON: [UInt8](Data(contentsOf: place.appending(path: "tokenizer.json"))),
                configJSON: [UInt8](Data(contentsOf: place.appending(path: "tokenizer_config.json"))))
            if place.lastPathComponent == "model-smollm" {
                let model = try String(contentsOf: folder.appending(path: "model"), encoding: .utf8)
                let file = try Tokenizer(gguf: GGUFFile(path: model).metadata)
                #expect(file.vocabulary == tokenizer.vocabulary && file.preTokenizer == tokenizer.preTokenizer)
            }
            for (mode, parses) in [("plain", false), ("parsed", true)] {
                var ids = Data()
                for line in lines where !parses || line.contains(UInt8(ascii: "<")) {
                    let tokens = tokenizer.encode(String(decoding: line, as: UTF8.self), parsesSpecialTokens: parses)
                    ids.append([Int32(tokens.count)] + tokens)
                }
                try ids.write(to: place.appending(path: mode))
            }
            // The model's vocabulary has no token for some bytes, and qwen2 composes text.
            if !place.lastPathComponent.hasPrefix("model") && !tokenizer.preTokenizer.normalizes {
                for line in lines {
                    #expect(tokenizer.decodedBytes(tokenizer.encode(line, parsesSpecialTokens: false)) == line)
                }
            }
            let ours = place.appending(path: "ours")
            try FileManager.default.createDirectory(at: ours, withIntermediateDirectories: true)
            for (name, bytes) in tokenizer.huggingFaceFiles() {
                try Data(bytes).write(to: ours.appending(path: name))
            }
        }
    }

    private static func lines(_ data: Data) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            lines.append([UInt8](rest.dropFirst(4).prefix(count)))
            rest = rest.dropFirst(4 + count)
        }
        return lines
    }
}

extension Data {
    /// Appends the numbers, little-endian.
    fileprivate mutating func append(_ numbers: [Int32]) {
        for number in numbers { Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) } }
    }
}
