import ArgumentParser
import ModelFiles
import OperatorCore

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Takes a policy version out of a run as a model file for other programs.",
        discussion: """
            The run may be live or dead; nothing of it is changed. A target that ends in .gguf becomes a file, which \
            llama.cpp runs; any other a Hugging Face folder. `eightfold status` tells the newest version; version 0 is what \
            the run started from.

            Example: eightfold export --run runs/quickstart-1 --policy 9 --to improved.gguf --type q8_0
            """)

    @OptionGroup var chosen: RunOption

    @Option(help: ArgumentHelp("The policy version. Default: the newest.", valueName: "number"))
    var policy: UInt64?

    @Option(help: ArgumentHelp("The new file or folder.", valueName: "path"))
    var to: String

    @Option(help: ArgumentHelp("How matrices are stored: f32, f16, bf16 or q8_0.", valueName: "type"))
    var type = "f16"

    @Flag(help: "Exports the adapter of the last stage of training instead, for PEFT, or for llama.cpp as .gguf.")
    var adapter = false

    func run() throws {
        guard !adapter else {
            let export = try AdapterExport(of: try chosen.folder, to: to)
            show("\(to) is an adapter of policy v\(export.baseVersion), \(export.parameterCount) parameters as f32.")
            return
        }
        let export = try PolicyExport(of: try chosen.folder, version: policy, to: to, storage: try storage())
        show("\(to) is policy v\(export.version), \(export.parameterCount) parameters as \(type).")
    }

    func validate() throws {
        guard !adapter || (policy == nil && type == "f16") else {
            throw ValidationError("--adapter exports the newest adapter as f32; leave --policy and --type out.")
        }
        _ = try storage()
    }

    private func storage() throws -> TensorStorage {
        guard let storage = TensorStorage(name: type), TensorStorage.writable.contains(storage) else {
            let names = TensorStorage.writable.map { $0.name.lowercased() }.joined(separator: ", ")
            throw ValidationError("--type is one of \(names); got \(type).")
        }
        return storage
    }
}
