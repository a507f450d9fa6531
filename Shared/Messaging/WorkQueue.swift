#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a socket thread has been asked to do, first in first out; any thread adds, one takes.
///
/// The lock is a pthread mutex, not the library's `Mutex`, because the thread sanitizer does not see the waiting path of
/// that one on Linux and reports races that are none; this module is one that must be checked with it.
/// `@unchecked Sendable`, proof: `work` and `isEnding` are touched only between lock and unlock.
final class WorkQueue: @unchecked Sendable {
    /// A piece of work. The owner is held until the work has run, so the executor outlives its jobs.
    enum Work {
        case job(UnownedJob, owner: SocketThread)
        case closure(@Sendable () -> Void, owner: SocketThread)
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var work: [Work] = []
    private var isEnding = false

    init() {
        mutex.initialize(to: pthread_mutex_t())
        // Default attributes: on Linux and macOS this cannot fail.
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Adds a piece of work; returns whether it is the only one, so that the thread may be waiting and must be woken.
    func add(_ piece: Work) -> Bool {
        locked {
            work.append(piece)
            return work.count == 1
        }
    }

    /// Asks the thread to end after what it was given.
    func end() {
        locked { isEnding = true }
    }

    /// Takes all work, and whether the thread is to end after it.
    func takeAll() -> (work: [Work], isEnding: Bool) {
        locked {
            let taken = work
            work = []
            return (taken, isEnding)
        }
    }

    /// Whether the thread may wait.
    var isIdle: Bool { locked { work.isEmpty && !isEnding } }

    private func locked<R>(_ body: () -> R) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
