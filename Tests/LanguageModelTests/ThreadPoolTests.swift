import Synchronization
import Testing

@testable import LanguageModel

@Suite struct `Thread pool` {
    @Test(arguments: [1, 2, 3, 8])
    func `every task runs once in every region, on a worker below the count`(threads: Int) {
        let pool = ThreadPool(threadCount: threads)
        let wrongWorkers = Atomic<Int>(0)
        for count in [0, 1, 2, 7, 100] + [Int](repeating: 5, count: 300) {
            let counts = (0..<count).map { _ in Counter() }
            pool.run(count) { index, worker in
                counts[index].value.add(1, ordering: .relaxed)
                if !(0..<threads).contains(worker) { wrongWorkers.add(1, ordering: .relaxed) }
            }
            #expect(counts.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
        }
        #expect(wrongWorkers.load(ordering: .relaxed) == 0)
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }
}
