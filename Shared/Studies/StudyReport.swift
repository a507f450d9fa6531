import Basics
import Foundation

/// What a study's results say: a table of errors, fits, and efficiencies against a baseline.
public struct StudyReport: Sendable {
    /// A method at a size.
    struct Point: Hashable, Comparable, Sendable {
        let method: String
        let size: Int

        static func < (first: Point, second: Point) -> Bool {
            (first.method, first.size) < (second.method, second.size)
        }
    }

    /// What is said of a method at a size.
    public struct Row: Sendable {
        /// The method's name.
        public let method: String
        /// The number of problems.
        public let size: Int
        /// The results of its seeds.
        public let results: [CellResult]
        /// The mean error on test problems over seeds, 0...1.
        public let error: Double
        /// Its 95% interval.
        public let interval: ClosedRange<Double>
        /// The error minus that of the baseline at this size, with its 95% interval; nil for the baseline itself.
        public let difference: (value: Double, interval: ClosedRange<Double>)?
        /// The efficiency against the baseline, with the 95% interval of its value; nil for the baseline, and without two sizes.
        public let efficiency: (value: Efficiency, interval: ClosedRange<Double>)?
        /// Tokens sampled for training on the way from the base, those of the methods before it included; the mean over seeds.
        public let sampledTokens: Double
        /// Tokens trained on the way from the base; likewise.
        public let trainedTokens: Double
        /// Seconds, likewise; nil if one is not known.
        public let seconds: Double?
    }

    /// The study's name.
    public let name: String
    /// The method that others are compared with.
    public let baseline: String
    /// By method in the study's order, then by size.
    public let rows: [Row]
    /// The fits of each method with two sizes or more.
    public let fits: [Fit]

    /// What is fitted to a method's mean errors.
    public struct Fit: Sendable {
        /// The method's name.
        public let method: String
        /// Error against size.
        public let law: PowerLaw
        /// The 95% interval of its exponent.
        public let exponent: ClosedRange<Double>?
        /// Accuracy against the logarithm of the size.
        public let logLinear: LogLinear
        /// The 95% interval of its slope.
        public let slope: ClosedRange<Double>?
    }

    private static let drawCount = 1_000

    /// Works results out.
    ///
    /// - Parameters:
    ///   - methods: the names in order, each with the one it begins with.
    ///   - baseline: one of them.
    ///   - results: one a cell; those without an evaluation on test problems are left out.
    public init(
        name: String, methods: [(name: String, after: String?)], baseline: String, results: [CellResult]
    ) {
        self.name = name
        self.baseline = baseline
        var cells: [Point: [CellResult]] = [:]
        for result in results where result.evaluation(on: "test") != nil {
            cells[Point(method: result.method, size: result.size), default: []].append(result)
        }
        let solved = cells.mapValues { results in
            Dictionary(
                results.map { ($0.seed, $0.evaluation(on: "test")?.isSolved ?? []) }, uniquingKeysWith: { $1 })
        }
        var generator = SeededGenerator(seed: 1, name: "bootstrap")
        let bootstrap = Bootstrap(of: solved, count: Self.drawCount, generator: &generator)
        let errors = cells.mapValues { results in
            results.reduce(0) { $0 + 1 - ($1.evaluation(on: "test")?.accuracy ?? 0) } / Double(results.count)
        }
        fits = methods.compactMap { method in
            guard let law = Self.law(method.name, errors), let line = Self.logLinear(method.name, errors) else {
                return nil
            }
            return Fit(
                method: method.name, law: law, exponent: bootstrap.interval { Self.law(method.name, $0)?.exponent },
                logLinear: line, slope: bootstrap.interval { Self.logLinear(method.name, $0)?.slope })
        }
        let chains = Dictionary(uniqueKeysWithValues: methods.map { ($0.name, Self.chain($0.name, methods)) })
        rows = methods.flatMap { method in
            cells.keys.filter { $0.method == method.name }.sorted().map { point in
                let way = (chains[method.name] ?? []).map { cells[Point(method: $0, size: point.size)] ?? [] }
                return Self.row(point, cells[point] ?? [], way: way, errors, bootstrap, baseline: baseline)
            }
        }
    }

    private static func row(
        _ point: Point, _ results: [CellResult], way: [[CellResult]], _ errors: [Point: Double],
        _ bootstrap: Bootstrap<Point>, baseline: String
    ) -> Row {
        let error = errors[point] ?? 0
        let base = Point(method: baseline, size: point.size)
        var difference: (Double, ClosedRange<Double>)?
        var efficiency: (Efficiency, ClosedRange<Double>)?
        if point.method != baseline {
            if let other = errors[base] {
                let interval = bootstrap.interval { errors in
                    errors[point].flatMap { error in errors[base].map { error - $0 } }
                }
                difference = (error - other, interval ?? (error - other)...(error - other))
            }
            if let value = Self.efficiency(point, errors, baseline: baseline) {
                let interval = bootstrap.interval { Self.efficiency(point, $0, baseline: baseline)?.value }
                efficiency = (value, interval ?? value.value...value.value)
            }
        }
        func mean(_ value: (CellResult) -> Double?) -> Double? {
            var sum = 0.0
            for results in way {
                let values = results.map(value)
                guard !values.isEmpty, values.allSatisfy({ $0 != nil }) else { return nil }
                sum += values.reduce(0) { $0 + ($1 ?? 0) } / Double(values.count)
            }
            return sum
        }
        return Row(
            method: point.method, size: point.size, results: results.sorted { $0.seed < $1.seed }, error: error,
            interval: bootstrap.interval { $0[point] } ?? error...error, difference: difference,
            efficiency: efficiency,
            sampledTokens: mean { Double($0.rollouts.tokens + $0.continuations.tokens) } ?? 0,
            trainedTokens: mean { Double($0.trained.tokens) } ?? 0, seconds: mean(\.seconds))
    }

    /// A method and those it begins with, one after the other.
    private static func chain(_ name: String, _ methods: [(name: String, after: String?)]) -> [String] {
        guard let after = methods.first(where: { $0.name == name })?.after else { return [name] }
        return [name] + chain(after, methods)
    }

    private static func law(_ method: String, _ errors: [Point: Double]) -> PowerLaw? {
        PowerLaw(fitting: errors.filter { $0.key.method == method }.map { (Double($0.key.size), $0.value) })
    }

    private static func logLinear(_ method: String, _ errors: [Point: Double]) -> LogLinear? {
        LogLinear(fitting: errors.filter { $0.key.method == method }.map { (Double($0.key.size), 1 - $0.value) })
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
