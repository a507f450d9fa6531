import Foundation
import ServiceLifecycle

/// Fails when standard input is closed, so that the service is cancelled.
///
/// The parent keeps the other end of the pipe open as long as it lives; when it dies, however it dies, the kernel closes
/// it. So no service outlives the `eightfold run` that started it. A graceful end would be in vain: the hub ends too.
struct ParentWatch: Service {
    func run() async throws {
        let (closed, continuation) = AsyncStream.makeStream(of: Void.self)
        let watch = Thread {
            while let data = try? FileHandle.standardInput.read(upToCount: 4_096), !data.isEmpty {}
            continuation.yield()
            continuation.finish()
        }
        watch.name = "parent watch"
        watch.start()
        for await _ in closed.cancelOnGracefulShutdown() {
            throw ServiceError(.closed, "The process that started this service has ended.")
        }
    }
}
