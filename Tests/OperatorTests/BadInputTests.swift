import Foundation
import Testing

@Suite struct `Bad input` {
    /// A command, and what its one sentence must say.
    struct Case: CustomTestStringConvertible {
        let arguments: [String]
        let says: String
        init(_ arguments: String..., says: String) { (self.arguments, self.says) = (arguments, says) }
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let cases = [
        Case("run", says: "Name a recipe"),
        Case("run", "absent.yaml", says: "absent.yaml: The recipe must be a readable file"),
        Case("run", "broken.yaml", says: "has no key betta. Did you mean beta?"),
        Case("run", "good.yaml", "--set", "seed=x", says: "seed must be an integer"),
        Case("run", "good.yaml", "--run", "/proc/absent", says: "must be one that this user may write"),
        Case("run", "good.yaml", "--set", "model={from: absent.gguf}", says: "The model absent.gguf cannot be used"),
        Case("run", "good.yaml", "--samplers=-1", says: "--samplers is 0 to 1024; got -1"),
        Case("run", "good.yaml", "--remote", "tcp://10.0.0.1:5560", says: "--remote needs --keys"),
        Case(
            "run", "good.yaml", "--in-process", "--remote", "tcp://10.0.0.1:1", "--keys", "k",
            says: "leave --remote out"),
        Case("run", "--resume", says: "No run was started from here"),
        Case("run", "--resume", "--run", "absent", says: "holds no run to go on with"),
        Case("status", says: "No run was started from here"),
        Case("status", "--run", "absent", says: "is not a run's folder"),
        Case("status", "--within", "0", says: "--within is a number of seconds above 0"),
        Case("scale", "sampler", "0", says: "A run has 1 to 10000 samplers; got 0"),
        Case("scale", "learner", "2", says: "learner"),
        Case("stop", "--run", "absent", says: "is not a run's folder"),
        Case("requeue", "1.2", says: "No run was started from here"),
        Case("tap", "--queue", "quue", says: "A queue is one of stages, orders"),
        Case("tap", "--type", "x", says: "A type is one of hello"),
        Case("tap", "--run", "absent", says: "is not a run's folder"),
        Case("trace", "1.2", "--run", "absent", says: "There must be a ledger"),
        Case("audit", "--run", "absent", says: "There must be a ledger"),
        Case("export", "--to", "x.gguf", says: "No run was started from here"),
        Case("export", "--run", "absent", "--to", "x.gguf", says: "is not a run's folder"),
        Case("export", "--run", "absent", says: "--to"),
        Case("export", "--to", "x.gguf", "--type", "q4_0", says: "--type is one of f32, f16, bf16, q8_0; got q4_0"),
        Case("export", "--to", "good.yaml", "--run", "absent", says: "good.yaml exists"),
        Case("export", "--to", "x/", "--run", "absent", "--type", "q8_0", says: "as f32, f16 or bf16; got q8_0"),
        Case("keys", "--to", "/proc/absent", says: "must be one that this user may make"),
        Case("keys", "--to", "keys", "hubs", says: "A role is one of generator, sampler, verifier, advantage, learner"),
        Case("init-model", "--to", "/proc/absent/m.gguf", says: "cannot be made"),
        Case("init-model", "--to", "good.yaml", says: "good.yaml exists"),
        Case("init-model", "--to", "m.gguf", "--width", "33", says: "width"),
        Case("solve", "--model", "absent.gguf", "1+1", says: "absent.gguf cannot be read"),
        Case("solve", "--model", "good.yaml", "1+1", says: "must begin with the bytes GGUF"),
        Case("solve", "--model", "good.yaml", says: "question"),
        Case("solve", "--model", "good.yaml", "", says: "A question is at least one letter long"),
        Case("solve", "--model", "good.yaml", "1", "--max-tokens", "0", says: "maximumNewTokens must be 1 or more"),
        Case("sample", "--model", "absent.gguf", "--prompt", "1", says: "absent.gguf cannot be read"),
        Case("sample", "--model", "good.yaml", "--prompt", "1", says: "must begin with the bytes GGUF"),
        Case("sample", "--model", "good.yaml", "--prompt", "1", "-n", "0", says: "-n is 1 to 100000; got 0"),
        Case(
            "sample", "--model", "good.yaml", "--prompt", "1", "--temperature=-1",
            says: "temperature must be 0 or more"),
        Case("score", "--model", "good.yaml", "--cases", "absent.jsonl", says: "absent.jsonl is not"),
        Case("score", "--model", "good.yaml", "--cases", "good.yaml", says: "line 1 of good.yaml is not"),
        Case("grade", "--cases", "absent.jsonl", says: "absent.jsonl is not"),
        Case("grade", "--cases", "good.yaml", says: "line 1 of good.yaml is not"),
        Case("grade", "--cases", "good.yaml", "--answers", "lenient", says: "--answers is one of strict, stated"),
        Case("eval", "--model", "absent.gguf", says: "absent.gguf cannot be read"),
        Case("eval", "--model", "absent.gguf", "--problems", "geometry", says: "A problem family must be one of"),
        Case("eval", "--model", "absent.gguf", "--problems", "arithmetic:steps", says: "FAMILY:DIAL=VALUE"),
        Case(
            "eval", "--model", "absent.gguf", "--answers", "lenient",
            says: "--answers is one of strict, stated, last-number, anywhere; got lenient"),
        Case("eval", "--model", "absent.gguf", "--problems", "absent.jsonl", says: "absent.jsonl is not"),
        Case("eval", "--model", "absent.gguf", "--limit", "0", says: "--limit is 1 to 10000000"),
        Case("eval", "--model", "absent.gguf", "--threads", "0", says: "--threads is 1 to 256; got 0"),
        Case("problems", "geometry", says: "A problem family must be one of"),
        Case("problems", "arithmetic", "--limit", "0", says: "--limit is 1 to 10000000"),
        Case("problems", "arithmetic", "--split", "validation", says: "--split is one of train, test, range-shift"),
        Case("problems", "words:shifted-values=3", "--split", "range-shift", says: "above values"),
        Case("problems", "arithmetic", "--show", "--stats", says: "take one"),
        Case("problems", "arithmetic", "--json", says: "--against and --json go with --stats"),
        Case("problems", "absent.jsonl", says: "absent.jsonl is not"),
        Case("evolve", "words", "--model", "m", "--to", "good.yaml", says: "good.yaml exists"),
        Case("evolve", "absent.jsonl", "--model", "m", "--to", "o", says: "absent.jsonl is not"),
        Case("evolve", "a", "--model", "m", "--to", "o", "--strategies", "harder", says: "--strategies are some of"),
        Case("evolve", "a", "--model", "m", "--to", "o", "--agreement", "2", says: "minimumAgreement must be above 0"),
        Case("evolve", "arithmetic", "--model", "absent", "--to", "o", says: "absent cannot be read"),
        Case("run", "good.yaml", "--run", "new", "--recorded", "absent", says: "--recorded names folders of runs"),
        Case("frobnicate", says: "frobnicate"),
    ]

    @Test(arguments: cases) func `is told in a sentence on standard error, with exit code 2`(input: Case) throws {
        let folder = try TemporaryFolder()
        try Data("stages: [{evaluate: {problems: 1}}]".utf8).write(to: folder.url.appendingPathComponent("good.yaml"))
        try Data("stages: [{preference: {betta: 1}}]".utf8).write(to: folder.url.appendingPathComponent("broken.yaml"))
        let result = try Executable.run(input.arguments, folder: folder.url)
        #expect(result.code == 2)
        #expect(result.output == "")
        #expect(result.errors.hasPrefix("eightfold"))
        #expect(result.errors.contains(input.says), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
        // The corrected command finds nothing in its way.
        #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("new").path))
    }

    @Test func `a folder that holds a run is not started over`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("run"), withIntermediateDirectories: true)
        try Data().write(to: folder.url.appendingPathComponent("run/ledger.sqlite"))
        try Data("stages: [{evaluate: {problems: 1}}]".utf8).write(to: folder.url.appendingPathComponent("good.yaml"))
        let result = try Executable.run("run", "good.yaml", "--run", "run", folder: folder.url)
        #expect(result.code == 2)
        #expect(result.errors.contains("holds a run already. Go on with it by --resume"), "\(result.errors)")
    }

    @Test func `a dry run prints the recipe and who would listen where, and makes nothing`() throws {
        let folder = try TemporaryFolder()
        try Data("stages: [{evaluate: {problems: 1}}]".utf8).write(to: folder.url.appendingPathComponent("good.yaml"))
        let result = try Executable.run("run", "good.yaml", "--dry-run", "--samplers", "3", folder: folder.url)
        #expect(result.code == 0)
        #expect(result.output.contains("problems: 1\n"))
        #expect(result.output.contains("#   hub     ipc:///"))
        #expect(result.output.contains("sampler 3,"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["good.yaml"])
        // What it prints is a recipe again, and the same one.
        try Data(result.output.utf8).write(to: folder.url.appendingPathComponent("resolved.yaml"))
        let again = try Executable.run("run", "resolved.yaml", "--dry-run", "--samplers", "3", folder: folder.url)
        #expect(again.output == result.output)
    }
}
