import Foundation
import Synchronization
import Testing
import Wire

@testable import VerifierCore

@Suite struct `A grading process` {
    /// The verifier's executable, as it grades what comes on standard input.
    private func process(
        memory: Int = GradingService.memoryLimit, limit: Duration = .seconds(60)
    ) -> GradingProcess {
        GradingProcess(
            executable: Self.buildFolder.appendingPathComponent("eightfold-verifier"),
            arguments: [GradingService.argument, "\(memory)"], limit: limit)
    }

    /// A program that says it is ready, and then does what the script says.
    private func script(_ text: String, limit: Duration = .seconds(60)) -> GradingProcess {
        GradingProcess(
            executable: URL(fileURLWithPath: "/bin/sh"),
            arguments: ["-c", "printf '\\005\\000\\000\\000ready'; \(text)"],
            limit: limit)
    }

    private func request(_ solution: String, _ reference: String = "12") -> GradingRequest {
        GradingRequest(problem: Problem(referenceAnswer: reference, answers: .anywhere), solution: solution)
    }

    @Test func `comes to the verdicts that this process comes to`() async throws {
        let process = process()
        for solution in ["7+5=13\n#### 12", "#### 13", "It is twelve.", "\\boxed{\\frac{24}{2}}", "9^9^9^9", "1\u{0}2"]
        {
            let request = request(solution)
            let expected = request.verdict()
            #expect(try await process.verdict(of: request) == expected, "\(solution)")
        }
        #expect(try await process.verdict(of: request("7+5=13\n#### 12")).wrongStep == 1)
    }

    @Test func `grades many at once, each with its own verdict, in one process`() async throws {
        let process = process()
        _ = try await process.verdict(of: request("12"))
        let first = process.processID
        try await withThrowingTaskGroup(of: (Int, Verdict).self) { group in
            for number in 0..<200 {
                group.addTask { (number, try await process.verdict(of: self.request("#### \(number)"))) }
            }
            for try await (number, verdict) in group {
                #expect(verdict.grade == (number == 12 ? .correct : .incorrect))
                #expect(verdict.answer == "\(number)")
            }
        }
        #expect(process.processID == first)
    }

    @Test func `that was killed is replaced, and nobody notices`() async throws {
        let process = process()
        #expect(try await process.verdict(of: request("12")).grade == .correct)
        let first = try #require(process.processID)
        kill(first, SIGKILL)
        #expect(try await process.verdict(of: request("12")).grade == .correct)
        #expect(process.processID != first)
        // Not even a dead one is left: a zombie could still be sent a signal.
        #expect(kill(first, 0) == -1 && errno == ESRCH)
    }

    @Test func `that does not answer is ended at the limit, with an error of that kind`() async throws {
        // It reads all and says nothing; what it waits for never comes.
        let process = script("cat >/dev/null", limit: .milliseconds(200))
        let verdict = try await process.verdict(of: request("12"))
        #expect(verdict.grade == .gradingError && verdict.errorKind == "time-limit")
        #expect(verdict.reason.contains("0.2 seconds"))
        #expect(process.processID == nil)
    }

    @Test func `that does not even read is ended at the limit too`() async throws {
        let process = script("exec sleep 1000", limit: .milliseconds(200))
        let verdict = try await process.verdict(of: request(String(repeating: "1", count: 1 << 20)))
        #expect(verdict.errorKind == "time-limit")
    }

    @Test(arguments: ["exit 3", "echo no verdict at all"])
    func `that ends over a solution twice gives an error of that kind`(text: String) async throws {
        let verdict = try await script(text).verdict(of: request("12"))
        #expect(verdict.grade == .gradingError && verdict.errorKind == "process-lost")
    }

    @Test func `takes with it what it started`() async throws {
        let fifo = FileManager.default.temporaryDirectory.appendingPathComponent("eightfold-\(UUID()).fifo").path
        try #require(mkfifo(fifo, 0o600) == 0)
        defer { unlink(fifo) }
        let reading = open(fifo, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(reading >= 0)
        defer { close(reading) }
        let process = script("exec 3>'\(fifo)'; sleep 1000 <&3 >&3 & exit 3")
        #expect(try await process.verdict(of: request("12")).errorKind == "process-lost")
        // The other end is closed once nobody has it any more.
        var end = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        #expect(poll(&end, 1, 60_000) == 1 && Int32(end.revents) & Int32(POLLHUP) != 0, "left for 60 s")
    }

    @Test(arguments: ["/nowhere", "/bin/false", "/bin/cat"])
    func `that cannot be started says nothing of the solution`(path: String) async throws {
        // cat waits for what to say; only the deadline tells.
        let process = GradingProcess(
            executable: URL(fileURLWithPath: path), arguments: [],
            startLimit: .milliseconds(path == "/bin/cat" ? 200 : 60_000))
        let error = await #expect(throws: GradingProcessError.self) {
            try await process.verdict(of: request("12"))
        }
        #expect(error.map { "\($0)".contains(path) } == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func `tells of each process that it lost`() async throws {
        let notes = Mutex<[String]>([])
        let process = GradingProcess(
            executable: URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", "printf '\\005\\000\\000\\000ready'"],
            note: { note in notes.withLock { $0.append(note) } })
        _ = try await process.verdict(of: request("12"))
        #expect(notes.withLock { $0 } == Array(repeating: "A grading process was replaced: process-lost.", count: 2))
    }

    @Test func `that needs more memory than it may have is ended, and the next solution is graded`() async throws {
        // A solution of 40 MB does not fit beside the program; one of a few bytes does.
        let process = process(memory: 48 << 20)
        let large = try await process.verdict(of: request(String(repeating: "1", count: 40 << 20)))
        #expect(large.errorKind == "process-lost")
        #expect(try await process.verdict(of: request("12")).grade == .correct)
        // With the memory that it has a solution that is too long is an error of another kind.
        let long = request(String(repeating: "1", count: 2 << 20))
        #expect(try await self.process().verdict(of: long).errorKind == "too-long")
    }

    /// The folder that this test was built into, with the executables beside it.
    private static var buildFolder: URL {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        let end = bundle.range(of: ".xctest").map { bundle[..<$0.upperBound] } ?? bundle[...]
        return URL(fileURLWithPath: String(end)).deletingLastPathComponent()
    }
}
