import Basics
import Problems
import Wire

/// Chooses for each place of an order one of several problems, by the pass rates that the order brings.
///
/// The first candidate is the problem that the place has without a curriculum; the others are drawn from all of the source.
struct CurriculumChoice {
    private let curriculum: Curriculum
    private let seed: UInt64
    private let source: (UInt64) -> Problems.Problem

    /// With a weight of 1/20 for the one that is drawn most, 64 draws pass over it with all but one chance in 25.
    private static let candidateCount = 64

    init(_ order: Order, _ source: @escaping (UInt64) -> Problems.Problem) {
        curriculum = Curriculum(
            order.passRates.map { ($0.level, Curriculum.PassRate(correct: $0.correct, rollouts: $0.rollouts)) })
        seed = order.source.seed
        self.source = source
    }

    /// The chosen problem and its index in the source.
    func problem(at place: UInt64) -> (index: UInt64, problem: Problems.Problem) {
        var generator = SeededGenerator(seed: seed, name: "curriculum/\(place)")
        var chosen = (index: place, problem: source(place))
        for _ in 1..<Self.candidateCount {
            if curriculum.takes(chosen.problem.level, &generator) { break }
            // Of a family an index that no stage has its places in; of a data set any problem, which may come twice in a round.
            let index = generator.next() | 1 << 63
            chosen = (index, source(index))
        }
        return chosen
    }
}
