import Synchronization
import Testing

@testable import Messaging

/// Uses a socket thread's timers as an actor on it would.
private actor Clockwork {
    let thread: SocketThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    private let fired: AsyncStream<String>.Continuation

    init(_ thread: SocketThread, _ fired: AsyncStream<String>.Continuation) {
        self.thread = thread
        self.fired = fired
    }

    func run() {
        let start = ContinuousClock.now
        let fired = fired
        thread.schedule(at: start + .milliseconds(20)) { [weak self] in
            // Isolation is checked against the thread, although this is not one of the actor's jobs.
            self?.assumeIsolated { _ in _ = fired.yield("late \(ContinuousClock.now >= start + .milliseconds(20))") }
        }
        thread.schedule(at: start + .milliseconds(5)) { fired.yield("early") }
        let cancelled = thread.schedule(at: start + .milliseconds(10)) { fired.yield("cancelled") }
        thread.schedule(at: start - .seconds(1)) { fired.yield("overdue") }
        thread.cancelTimer(cancelled)
    }

    func isOnThread() -> Bool { thread.isCurrent }
}

/// Says when it is gone.
private final class Witness: Sendable {
    private let gone: AsyncStream<Void>.Continuation

    init(_ gone: AsyncStream<Void>.Continuation) {
        self.gone = gone
    }

    deinit {
        gone.finish()
    }
}

@Suite(.timeLimit(.minutes(5))) struct `A socket thread` {
    @Test func `runs its actors, and nothing else is on it`() async throws {
        let thread = try SocketThread(name: "test")
        let (_, fired) = AsyncStream<String>.makeStream()
        let (one, other) = (Clockwork(thread, fired), Clockwork(thread, fired))
        #expect(await one.isOnThread())
        #expect(await other.isOnThread())
        #expect(!thread.isCurrent)
    }

    @Test func `fires timers at their deadlines, soonest first, and cancelled ones never`() async throws {
        let (events, fired) = AsyncStream<String>.makeStream()
        let clockwork = try Clockwork(SocketThread(name: "test"), fired)
        await clockwork.run()
        var seen: [String] = []
        for await event in events {
            seen.append(event)
            if seen.count == 3 { break }
        }
        #expect(seen == ["overdue", "early", "late true"])
    }

    @Test func `does what it is asked in order, from any number of callers`() async throws {
        let thread = try SocketThread(name: "test")
        let (numbers, continuation) = AsyncStream<Int>.makeStream()
        for number in 0..<1000 {
            thread.perform { continuation.yield(number) }
        }
        thread.perform { continuation.finish() }
        var expected = 0
        for await number in numbers {
            #expect(number == expected)
            expected += 1
        }
        #expect(expected == 1000)
    }

    @Test func `ends when the last reference goes, after the work it was given`() async throws {
        let (gone, continuation) = AsyncStream<Void>.makeStream()
        let ran = Atomic(false)
        do {
            let witness = Witness(continuation)
            // The timer never fires; ending the thread forgets it, which lets the witness go.
            let thread = try SocketThread(name: "test")
            thread.perform { [unowned thread] in
                thread.schedule(at: .now + .seconds(86_400)) { withExtendedLifetime(witness) {} }
            }
            thread.perform { ran.store(true, ordering: .releasing) }
        }
        for await _ in gone {}
        let hasRun = ran.load(ordering: .acquiring)
        #expect(hasRun)
    }

    @Test func `refuses timers from other threads`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let thread = try SocketThread(name: "test")
            thread.schedule(at: .now) {}
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("Only the socket thread test may schedule a timer"), "\(message)")
    }
}
