import Foundation
import ServiceLifecycle

/// Ends when standard input is closed.
///
/// The parent keeps the other end of the pipe open as long as it lives; when it dies, however it dies, the kernel closes
/// it. So no service outlives the `eightfold run` that started it.
struct ParentWatch: Service {
    func run() async throws {
        let (closed, continuation) = AsyncStream.makeStream(of: Void.self)
        let watch = Thread {
            while let data = try? FileHandle.standardInput.read(upToCount: 4_096), !data.isEmpty {}
            continuation.finish()
        }
        watch.name = "parent watch"
        watch.start()
        for await _ in closed.cancelOnGracefulShutdown() {}
    }
}
