import Basics
import Foundation

/// What a study's results say: a table of errors, fits, and efficiencies against a baseline.
///
/// It is over the seeds that all of its cells have: each seed has test problems of its own, and a mean over some of them is not to be
/// compared with one over others.
public struct StudyReport: Sendable {
    /// A method at a size.
    struct Point: Hashable, Comparable, Sendable {
        let method: String
        let size: Int

        static func < (first: Point, second: Point) -> Bool {
            (first.method, first.size) < (second.method, second.size)
        }
    }

    /// An efficiency, with the ends of its interval.
    public typealias Estimate = (value: Efficiency, ends: (lower: Efficiency, upper: Efficiency)?)

    /// What is said of a method at a size.
    public struct Row: Sendable {
        /// The method's name.
        public let method: String
        /// The number of problems.
        public let size: Int
        /// The results of the report's seeds.
        public let results: [CellResult]
        /// The mean error on test problems over seeds, 0...1.
        public let error: Double
        /// Its interval.
        public let interval: ClosedRange<Double>?
        /// The error minus that of the baseline at this size, with its interval; nil for the baseline itself.
        public let difference: (value: Double, interval: ClosedRange<Double>?)?
        /// The efficiency against the baseline, with the ends of its interval; nil for the baseline, and without two sizes.
        public let efficiency: Estimate?
        /// The same read off the measured errors, by interpolation between the baseline's.
        public let interpolated: Estimate?
        /// What the whole way from the base cost; the mean over seeds.
        public let cost: Cost
        /// The mean accuracies of the policy that counts on other problems than test problems, by split, with their intervals.
        public let elsewhere: [String: (value: Double, interval: ClosedRange<Double>?)]
    }

    /// What a policy cost, those of the methods before it included; nil where a cell on the way was not measured.
    public struct Cost: Sendable {
        /// Tokens sampled for training.
        public let sampledTokens: Double?
        /// Tokens trained on.
        public let trainedTokens: Double?
        /// Time; also nil where a cell was interrupted.
        public let seconds: Double?
    }

    /// What is fitted to a method's mean errors.
    public struct Fit: Sendable {
        /// The method's name.
        public let method: String
        /// Error against size.
        public let law: PowerLaw
        /// The interval of its exponent.
        public let exponent: ClosedRange<Double>?
        /// Accuracy against the logarithm of the size.
        public let logLinear: LogLinear
        /// The interval of its slope.
        public let slope: ClosedRange<Double>?
    }

    /// What a method that is not evaluated on test problems found out of the policy that it begins with.
    public struct Survey: Sendable {
        /// The method's name.
        public let method: String
        /// The number of problems.
        public let size: Int
        /// Its results, by seed; these need not be the report's seeds.
        public let results: [CellResult]
    }

    /// The study's name.
    public let name: String
    /// The file of the results.
    public let source: String
    /// The method that others are compared with.
    public let baseline: String
    /// The seeds that all cells have.
    public let seeds: [UInt64]
    /// The seeds that only some cells have, each with the others.
    let leftOutSeeds: [(seed: UInt64, lacks: [Point])]
    /// By method in the study's order, then by size.
    public let rows: [Row]
    /// The fits of each method with two sizes or more.
    public let fits: [Fit]
    /// By method in the study's order, then by size.
    public let surveys: [Survey]
    /// Efficiencies in sampled tokens; nil unless two of them sample something, at two sizes or more.
    public let sampling: Sampling?

    private static let drawCount = 1_000

    /// Works results out.
    ///
    /// - Parameters:
    ///   - methods: the names in order, each with the one it begins with.
    ///   - baseline: one of them.
    ///   - results: one a cell.
    ///   - source: the file that they are from.
    ///   - isWanted: which of them are in the report; those without an evaluation on test problems are among `surveys` if they
    ///     sampled something.
    /// - Throws: `StudyError` if there are none, or no seed is common to all.
    public init(
        name: String, methods: [(name: String, after: String?)], baseline: String, results: [CellResult],
        source: String, where isWanted: (CellResult) -> Bool = { _ in true }
    ) throws {
        self.name = name
        self.source = source
        self.baseline = baseline
        let all = Self.points(results)
        let wanted = Self.points(results.filter { isWanted($0) && $0.evaluation(on: "test") != nil })
        let surveyed = Self.points(
            results.filter { isWanted($0) && $0.evaluation(on: "test") == nil && $0.rollouts.count > 0 })
        surveys = methods.flatMap { method in
            surveyed.filter { $0.key.method == method.name }.sorted { $0.key < $1.key }.map { point, results in
                Survey(method: point.method, size: point.size, results: results.sorted { $0.seed < $1.seed })
            }
        }
        let seedSets: [Set<UInt64>] = wanted.values.map { results in Set(results.map(\.seed)) }
        let common = seedSets.dropFirst().reduce(seedSets.first ?? []) { $0.intersection($1) }
        guard !common.isEmpty else {
            throw StudyError(
                "A report compares cells of the same seeds; the \(wanted.count) of \(source) have none that all have been measured with. Run the missing cells, or report fewer methods or sizes."
            )
        }
        seeds = common.sorted()
        leftOutSeeds = Set(seedSets.joined()).subtracting(common).sorted().map { seed in
            (seed, wanted.filter { point in !point.value.contains { $0.seed == seed } }.keys.sorted())
        }
        let cells: [Point: [CellResult]] = wanted.mapValues { results in
            results.filter { common.contains($0.seed) }
        }
        let bootstrap = Self.bootstrap(cells, on: "test")
        let elsewhere = Self.elsewhere(cells)
        let errors: [Point: Double] = cells.mapValues { results in
            results.reduce(0.0) { $0 + 1 - ($1.evaluation(on: "test")?.accuracy ?? 0) } / Double(results.count)
        }
        fits = methods.compactMap { method in
            guard let law = Self.law(method.name, errors), let line = Self.logLinear(method.name, errors) else {
                return nil
            }
            return Fit(
                method: method.name, law: law, exponent: bootstrap.interval { Self.law(method.name, $0)?.exponent },
                logLinear: line, slope: bootstrap.interval { Self.logLinear(method.name, $0)?.slope })
        }
        let found = methods.flatMap { method in
            let way = Self.way(to: method.name, methods)
            return cells.keys.filter { $0.method == method.name }.sorted().map { point in
                let onTheWay = way.map { method in
                    (all[Point(method: method, size: point.size)] ?? []).filter { common.contains($0.seed) }
                }
                return Self.row(
                    point, cells[point] ?? [], cost: Cost(onTheWay, seedCount: common.count), errors, bootstrap,
                    elsewhere: elsewhere[point] ?? [:], baseline: baseline)
            }
        }
        rows = found
        sampling = Sampling(found, errors, bootstrap, baseline: baseline)
    }

    private static func points(_ results: [CellResult]) -> [Point: [CellResult]] {
        Dictionary(grouping: results) { Point(method: $0.method, size: $0.size) }
    }

    private static func row(
        _ point: Point, _ results: [CellResult], cost: Cost, _ errors: [Point: Double], _ bootstrap: Bootstrap<Point>,
        elsewhere: [String: (value: Double, interval: ClosedRange<Double>?)], baseline: String
    ) -> Row {
        let error = errors[point] ?? 0
        let base = Point(method: baseline, size: point.size)
        let isBaseline = point.method == baseline
        let difference = isBaseline ? nil : errors[base].map { error - $0 }
        return Row(
            method: point.method, size: point.size, results: results.sorted { $0.seed < $1.seed }, error: error,
            interval: bootstrap.interval { $0[point] },
            difference: difference.map { value in
                let interval = bootstrap.interval { errors in
                    errors[point].flatMap { error in errors[base].map { error - $0 } }
                }
                return (value, interval)
            },
            efficiency: isBaseline
                ? nil : estimate(errors, bootstrap) { Self.efficiency(point, $0, baseline: baseline) },
            interpolated: isBaseline
                ? nil : estimate(errors, bootstrap) { interpolated(point, $0, baseline: baseline) },
            cost: cost, elsewhere: elsewhere)
    }

    /// Draws cells again, by what was solved on a split; a cell that was not evaluated on it is in no draw.
    private static func bootstrap(_ cells: [Point: [CellResult]], on split: String) -> Bootstrap<Point> {
        let solved = cells.compactMapValues { results -> [UInt64: [Bool]]? in
            let found = results.compactMap { result in
                result.evaluation(on: split).map { (result.seed, $0.isSolved) }
            }
            return found.count == results.count ? Dictionary(found, uniquingKeysWith: { $1 }) : nil
        }
        var generator = SeededGenerator(seed: 1, name: "bootstrap")
        return Bootstrap(of: solved, count: drawCount, generator: &generator)
    }

    private static func elsewhere(
        _ cells: [Point: [CellResult]]
    ) -> [Point: [String: (value: Double, interval: ClosedRange<Double>?)]] {
        let splits = Set(cells.values.joined().flatMap { $0.evaluations.map(\.split) }).subtracting(["test"])
        var found: [Point: [String: (value: Double, interval: ClosedRange<Double>?)]] = [:]
        for split in splits {
            let bootstrap = bootstrap(cells, on: split)
            for (point, results) in cells {
                let accuracies = results.compactMap { $0.evaluation(on: split)?.accuracy }
                guard accuracies.count == results.count else { continue }
                let interval = bootstrap.interval { errors in errors[point].map { 1 - $0 } }
                found[point, default: [:]][split] = (accuracies.reduce(0, +) / Double(accuracies.count), interval)
            }
        }
        return found
    }

    /// A method and those it begins with, one after the other.
    private static func way(to name: String, _ methods: [(name: String, after: String?)]) -> [String] {
        guard let after = methods.first(where: { $0.name == name })?.after else { return [name] }
        return [name] + way(to: after, methods)
    }

    private static func law(_ method: String, _ errors: [Point: Double]) -> PowerLaw? {
        PowerLaw(fitting: errors.filter { $0.key.method == method }.map { (Double($0.key.size), $0.value) })
    }

    private static func logLinear(_ method: String, _ errors: [Point: Double]) -> LogLinear? {
        LogLinear(fitting: errors.filter { $0.key.method == method }.map { (Double($0.key.size), 1 - $0.value) })
    }

    /// An efficiency of the measured errors, and what it is of errors that are drawn again.
    static func estimate(
        _ errors: [Point: Double], _ bootstrap: Bootstrap<Point>, _ efficiency: ([Point: Double]) -> Efficiency?
    ) -> Estimate? {
        efficiency(errors).map { ($0, bootstrap.ends(of: efficiency, by: \.value)) }
    }

    private static func interpolated(_ point: Point, _ errors: [Point: Double], baseline: String) -> Efficiency? {
        guard let error = errors[point] else { return nil }
        let measured = errors.filter { $0.key.method == baseline }.map { (size: Double($0.key.size), error: $0.value) }
        return Efficiency(ofError: error, at: Double(point.size), between: measured)
    }

    private static func efficiency(_ point: Point, _ errors: [Point: Double], baseline: String) -> Efficiency? {
        let sizes = errors.keys.filter { $0.method == baseline }.map { Double($0.size) }
        guard let least = sizes.min(), let most = sizes.max(), let law = law(baseline, errors),
            let own = Self.law(point.method, errors)
        else { return nil }
        let size = Double(point.size)
        return Efficiency(ofError: own.error(at: size), at: size, baseline: law, measured: least...most)
    }
}

extension StudyReport.Cost {
    /// Adds up the means of the cells on the way.
    fileprivate init(_ way: [[CellResult]], seedCount: Int) {
        func sum(_ value: (CellResult) -> Double?) -> Double? {
            var sum = 0.0
            for results in way {
                let values = results.compactMap(value)
                guard values.count == seedCount else { return nil }
                sum += values.reduce(0, +) / Double(seedCount)
            }
            return sum
        }
        sampledTokens = sum { Double($0.rollouts.tokens + $0.continuations.tokens) }
        trainedTokens = sum { Double($0.trained.tokens) }
        seconds = sum(\.seconds)
    }
}
