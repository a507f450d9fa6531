extension StudyReport {
    /// Efficiencies in sampled tokens: how many times as many a method that samples needs for the error that another has,
    /// read off fits of the error against tokens. Intervals draw errors again, and leave the tokens as they are.
    public struct Sampling: Sendable {
        /// The method that others are compared with: the report's baseline, or the first that samples if that does not.
        public let baseline: String
        /// The others, by method in the study's order, then by size.
        public let rows: [Row]

        /// A method at a size.
        public struct Row: Sendable {
            /// The method's name.
            public let method: String
            /// The number of problems.
            public let size: Int
            /// Tokens that it sampled, and the methods that it begins with; the mean over seeds.
            public let tokens: Double
            /// The tokens that the baseline needs for its error, over its own, with the ends of its interval.
            public let efficiency: Estimate
        }

        init?(
            _ rows: [StudyReport.Row], _ errors: [Point: Double], _ bootstrap: Bootstrap<Point>, baseline: String
        ) {
            var tokens: [String: [Int: Double]] = [:]
            var names: [String] = []
            for row in rows {
                guard let sampled = row.cost.sampledTokens, sampled > 0 else { continue }
                if tokens[row.method] == nil { names.append(row.method) }
                tokens[row.method, default: [:]][row.size] = sampled
            }
            // One size, or several for the same tokens, has no fit.
            names.removeAll { Set((tokens[$0] ?? [:]).values).count < 2 }
            guard names.count > 1 else { return nil }
            let standard = names.contains(baseline) ? baseline : names[0]
            self.baseline = standard
            let measured = tokens[standard] ?? [:]
            guard let least = measured.values.min(), let most = measured.values.max() else { return nil }
            func law(_ method: String, _ errors: [Point: Double]) -> PowerLaw? {
                PowerLaw(
                    fitting: (tokens[method] ?? [:]).compactMap { size, tokens in
                        errors[Point(method: method, size: size)].map { (tokens, $0) }
                    })
            }
            self.rows = names.filter { $0 != standard }.flatMap { method in
                (tokens[method] ?? [:]).sorted { $0.key < $1.key }.compactMap { size, tokens -> Row? in
                    let efficiency = estimate(errors, bootstrap) { errors in
                        guard let others = law(standard, errors), let own = law(method, errors) else { return nil }
                        return Efficiency(
                            ofError: own.error(at: tokens), at: tokens, baseline: others, measured: least...most)
                    }
                    return efficiency.map { Row(method: method, size: size, tokens: tokens, efficiency: $0) }
                }
            }
        }
    }
}
