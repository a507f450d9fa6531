extension ProblemSettings {
    /// Every dial of the family by name, as its own reading takes them; empty for a data set.
    public var familyDials: [String: String] {
        guard file == nil else { return [:] }
        return family == .arithmetic ? dials.merging(arithmeticDials) { _, key in key } : dials
    }

    private var arithmeticDials: [String: String] {
        [
            "operands": "\(operands.lowerBound)..\(operands.upperBound)",
            "steps": "\(steps.lowerBound)..\(steps.upperBound)", "style": style.rawValue,
            "values": "\(values.lowerBound)..\(values.upperBound)",
        ]
    }

    /// Keys of arithmetic with another family, and dials that are keys of their own.
    var misplacedDials: [Conflict] {
        let known = arithmeticDials.keys.sorted()
        if family == .arithmetic {
            return known.filter { dials[$0] != nil }.map { name in
                Conflict("dials", name, message: "must be written as problems.\(name). Move it there.")
            }
        }
        let presets = ProblemSettings().arithmeticDials
        return known.filter { arithmeticDials[$0] != presets[$0] }.map { name in
            Conflict(
                name,
                message:
                    "must be left out where the family is \(family.rawValue), because it is a dial of arithmetic; got "
                    + "\(arithmeticDials[name] ?? ""). Write dials of \(family.rawValue) in problems.dials.")
        }
    }
}
