import Foundation
import Testing

/// `eightfold evolve` as it is run; the evolution itself is tested with a scripted model.
@Suite struct `Evolving a data set` {
    @Test func `ends with every question kept or refused for a reason, and writes nothing twice`() throws {
        let folder = try TemporaryFolder()
        let made = try Executable.run("init-model", "--to", "m.gguf", folder: folder.url)
        #expect(made.code == 0, "\(made.errors)")
        let arguments = [
            "evolve", "arithmetic", "--limit", "2", "--model", "m.gguf", "--to", "kept.jsonl", "--refused",
            "refused.jsonl",
            "--paths", "2", "--max-tokens", "8", "--threads", "1",
        ]
        let result = try Executable.run(arguments, folder: folder.url)
        #expect(result.code == 0, "\(result.errors)")
        // Two problems by five strategies. The prompts are longer than this model's context, so there are no replies.
        let last = result.output.split(separator: "\n").last?.split(separator: " ").map(String.init) ?? []
        #expect(last == ["all", "10", "10", "0", "0", "0", "0"], "\(result.output)")
        let refused = try String(contentsOf: folder.url.appendingPathComponent("refused.jsonl"), encoding: .utf8)
        let lines = refused.split(separator: "\n")
        #expect(lines.count == 10 && lines.allSatisfy { $0.contains(#""kind":"unreadable""#) && $0.contains("reason") })
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("kept.jsonl")).isEmpty)
        let again = try Executable.run(arguments, folder: folder.url)
        #expect(again.code == 2 && again.errors.contains("kept.jsonl exists"))
    }
}
