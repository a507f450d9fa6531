import Foundation
import Testing

@testable import ModelFiles

@Suite struct `Safetensors folder` {
    /// A file with the one-number tensors of these names.
    private func write(_ names: [String: Float], _ url: URL) throws {
        var writer = try SafetensorsWriter()
        let ordered = names.sorted { $0.key < $1.key }
        try ordered.map(\.value).withUnsafeBufferPointer { numbers in
            let start = try #require(numbers.baseAddress)
            for (index, name) in ordered.map(\.key).enumerated() {
                writer.append(.init(name: name, shape: [1], numbers: start + index))
            }
            try writer.write(to: url.path)
        }
    }

    private func opened(_ folder: URL) throws -> SafetensorsFolder {
        try SafetensorsFolder(#require(InputFolder(path: folder.path)))
    }

    private func number(_ name: String, _ folder: SafetensorsFolder) throws -> Float {
        var value: Float = 0
        folder.read(try #require(folder.tensor(named: name)), into: &value)
        return value
    }

    @Test func `one file is read without an index`() throws {
        try TemporaryFolder.with { folder in
            try write(["a": 1, "b": 2], folder.appending(path: "model.safetensors"))
            let files = try opened(folder)
            #expect(Set(files.names) == ["a", "b"] && files.tensor(named: "c") == nil)
            #expect(try number("b", files) == 2)
        }
    }

    @Test func `several files are read by their index`() throws {
        try TemporaryFolder.with { folder in
            try write(["a": 1, "x": 9], folder.appending(path: "model-1.safetensors"))
            try write(["b": 2, "x": 8], folder.appending(path: "model-2.safetensors"))
            let index = """
                {"metadata": {}, "weight_map":
                {"a": "model-1.safetensors", "b": "model-2.safetensors", "x": "model-2.safetensors"}}
                """
            try Data(index.utf8).write(to: folder.appending(path: "model.safetensors.index.json"))
            let files = try opened(folder)
            #expect(try number("a", files) == 1 && number("b", files) == 2 && number("x", files) == 8)
        }
    }

    @Test(arguments: [
        #""../model.safetensors""#, #""/etc/model.safetensors""#, #""sub/model.safetensors""#, #""..""#, #""""#, "7",
        #""model.bin""#, #""a\\b.safetensors""#, #"".model.safetensors""#, #""a\u0000.safetensors""#,
    ])
    func `an index may name only plain files of its folder`(name: String) throws {
        try TemporaryFolder.with { outer in
            let folder = outer.appending(path: "model")
            try FileManager.default.createDirectory(
                at: folder.appending(path: "sub"), withIntermediateDirectories: true)
            for place in ["model.safetensors", "model/sub/model.safetensors", "model/.model.safetensors"] {
                try write(["a": 1], outer.appending(path: place))
            }
            let index = #"{"weight_map": {"a": \#(name)}}"#
            try Data(index.utf8).write(to: folder.appending(path: "model.safetensors.index.json"))
            let error = #expect(throws: ModelFilesError.self) { try opened(folder) }
            #expect(error?.code == .malformedFile && error?.message.contains("tensor a") == true, "\(error as Any)")
        }
    }

    @Test func `an index must have a map, and its tensors must be where it says`() throws {
        try TemporaryFolder.with { folder in
            try write(["a": 1], folder.appending(path: "m.safetensors"))
            for (text, rule) in [
                ("{}", "weight_map"), (#"{"weight_map": []}"#, "weight_map"),
                (#"{"weight_map": {"z": "m.safetensors"}}"#, "tensor z is in m.safetensors"),
            ] {
                try Data(text.utf8).write(to: folder.appending(path: "model.safetensors.index.json"))
                let error = #expect(throws: ModelFilesError.self) { try opened(folder) }
                #expect(error?.code == .malformedFile && error?.message.contains(rule) == true, "\(error as Any)")
            }
            try Data(#"{"weight_map": {"z": "n.safetensors"}}"#.utf8)
                .write(to: folder.appending(path: "model.safetensors.index.json"))
            let error = #expect(throws: ModelFilesError.self) { try opened(folder) }
            #expect(error?.code == .inputOutput && error?.message.contains("n.safetensors") == true)
        }
    }
}
