internal import CKernels
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Runs the tasks of one parallel region on a fixed number of threads, the caller's among them.
///
/// Which thread runs a task is left to chance, so a task's result may depend on its index only: then results are the
/// same for any thread count. Threads spin for some microseconds between regions and block when none comes.
///
/// Not `Sendable`: one thread at a time calls `run`.
final class ThreadPool {
    let threadCount: Int
    private let shared: Shared
    private var threads: [pthread_t] = []

    init(threadCount: Int) {
        precondition(threadCount >= 1, "a pool of \(threadCount) threads")
        self.threadCount = threadCount
        shared = Shared()
        for _ in 1..<threadCount {
            #if canImport(Glibc)
                var thread = pthread_t()
            #else
                var thread: pthread_t?
            #endif
            // The worker balances this retain when it returns.
            let context = Unmanaged.passRetained(shared).toOpaque()
            let status = pthread_create(
                &thread, nil,
                { context in
                    #if canImport(Glibc)
                        Unmanaged<Shared>.fromOpaque(context!).takeRetainedValue().work()
                    #else
                        Unmanaged<Shared>.fromOpaque(context).takeRetainedValue().work()
                    #endif
                    return nil
                }, context)
            precondition(status == 0, "pthread_create failed with \(status)")
            #if canImport(Glibc)
                threads.append(thread)
            #else
                threads.append(thread!)
            #endif
        }
    }

    deinit {
        shared.stop()
        for thread in threads { pthread_join(thread, nil) }
    }

    /// Calls `task(index, worker)` once with each index below `taskCount` and returns when all calls have returned.
    /// `worker`, below `threadCount`, names the calling thread's scratch memory.
    func run(_ taskCount: Int, _ task: (_ index: Int, _ worker: Int) -> Void) {
        guard threadCount > 1, taskCount > 1 else {
            for index in 0..<taskCount { task(index, 0) }
            return
        }
        withoutActuallyEscaping(task) { task in
            shared.run(taskCount, workerCount: threadCount - 1, task)
        }
    }

    /// What the caller and the workers share.
    ///
    /// `@unchecked Sendable`: `task` and `taskCount` are written by the caller only while every worker is between two
    /// regions (`busy` is 0), and published by the release store to `generation` that workers acquire.
    private final class Shared: @unchecked Sendable {
        private var task: (Int, Int) -> Void = { _, _ in }
        private var taskCount = 0
        private let next = Atomic<Int>(0)
        private let busy = Atomic<Int>(0)
        private let workers = Atomic<Int>(0)
        private let generation = Atomic<Int>(0)
        private let stopping = Atomic<Bool>(false)
        private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        private let sleepers = Atomic<Int>(0)

        init() {
            pthread_mutex_init(mutex, nil)
            pthread_cond_init(wake, nil)
        }

        deinit {
            pthread_cond_destroy(wake)
            pthread_mutex_destroy(mutex)
            wake.deallocate()
            mutex.deallocate()
        }

        func run(_ taskCount: Int, workerCount: Int, _ task: @escaping (Int, Int) -> Void) {
            self.task = task
            self.taskCount = taskCount
            next.store(0, ordering: .relaxed)
            busy.store(workerCount, ordering: .relaxed)
            advance()
            drain(worker: 0)
            var spins = 0
            while busy.load(ordering: .acquiring) > 0 {
                spins += 1
                // A worker that lost its processor finishes sooner when this thread gives way.
                if spins % 4096 == 0 { sched_yield() } else { ef_pause() }
            }
            self.task = { _, _ in }
        }

        func stop() {
            stopping.store(true, ordering: .relaxed)
            advance()
        }

        /// Publishes a new generation and wakes whoever sleeps.
        private func advance() {
            generation.add(1, ordering: .sequentiallyConsistent)
            if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
                pthread_mutex_lock(mutex)
                pthread_cond_broadcast(wake)
                pthread_mutex_unlock(mutex)
            }
        }

        private func drain(worker: Int) {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < taskCount else { return }
                task(index, worker)
            }
        }

        func work() {
            let worker = workers.add(1, ordering: .relaxed).newValue
            var seen = 0
            while true {
                waitForGeneration(after: seen)
                seen += 1
                if stopping.load(ordering: .relaxed) { return }
                drain(worker: worker)
                busy.subtract(1, ordering: .releasing)
            }
        }

        private func waitForGeneration(after seen: Int) {
            for _ in 0..<2000 {
                if generation.load(ordering: .acquiring) != seen { return }
                ef_pause()
            }
            pthread_mutex_lock(mutex)
            sleepers.add(1, ordering: .sequentiallyConsistent)
            // Sequential consistency: either this load sees the new generation or `advance` sees the sleeper.
            while generation.load(ordering: .sequentiallyConsistent) == seen { pthread_cond_wait(wake, mutex) }
            sleepers.subtract(1, ordering: .sequentiallyConsistent)
            pthread_mutex_unlock(mutex)
        }
    }
}
