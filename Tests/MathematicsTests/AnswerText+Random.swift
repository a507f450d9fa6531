import Basics

/// Random answers in LaTeX and plain text, most of which can be read.
struct RandomAnswer {
    private var generator: SeededGenerator

    /// A text that is a function of the generator's state.
    static func text(_ generator: inout SeededGenerator) -> String {
        var answer = RandomAnswer(generator: generator)
        defer { generator = answer.generator }
        return answer.item(depth: Int.random(in: 0...4, using: &answer.generator))
    }

    private mutating func pick(_ texts: [String]) -> String {
        texts[Int.random(in: texts.indices, using: &generator)]
    }

    private mutating func item(depth: Int) -> String {
        let first = expression(depth: depth)
        switch Int.random(in: 0..<14, using: &generator) {
        case 0: return "(\(first), \(expression(depth: depth)))"
        case 1: return "[\(first), \(expression(depth: depth)))\(pick(["", " \\cup [9, \\infty)"]))"
        case 2: return "\\{\(first), \(expression(depth: depth))\\}"
        case 3: return "\(pick(["x", "f(x)", "\\text{Area}"])) = \(first)"
        case 4: return "\(first) \(pick(["<", "\\le", ">", "\\ne", "="])) \(expression(depth: depth))"
        case 5: return "\(first)\(pick(["%", "\\%", " cm", "\\text{ meters}", "^\\circ", " apples", " km/h"]))"
        case 6: return "\(pick(["$", "\\$", "€"]))\(first)"
        case 7: return "\(first)\(pick([", ", " and ", " \\text{ or } "]))\(expression(depth: depth))"
        case 8: return "\\begin{pmatrix} \(first) & 1 \\\\ 2 & \(expression(depth: depth)) \\end{pmatrix}"
        case 9: return "\(first) \\pm \(expression(depth: depth))"
        default: return first
        }
    }

    private mutating func expression(depth: Int) -> String {
        guard depth > 0 else { return leaf() }
        let a = expression(depth: depth - 1)
        switch Int.random(in: 0..<14, using: &generator) {
        case 0: return "\\frac{\(a)}{\(expression(depth: depth - 1))}"
        case 1: return "\\sqrt\(pick(["", "[3]"])){\(a)}"
        case 2: return "(\(a))^{\(pick(["2", "-1", "n", "\\frac12", expression(depth: depth - 1)]))}"
        case 3: return "(\(a))\(pick(["", "\\cdot ", "*", "/"]))(\(expression(depth: depth - 1)))"
        case 4: return "\(pick(["\\sin", "\\ln", "\\log_2", "\\cos", "\\tan", "\\arctan", "\\exp"]))(\(a))"
        case 5: return "\\left|\(a)\\right|"
        case 6: return "(\(a))!"
        case 7: return "\\binom{\(a)}{\(pick(["2", "k"]))}"
        case 8: return "\\lfloor \(a) \\rfloor"
        case 9: return "-\(a)"
        default: return "\(a) \(pick(["+", "-", "+"])) \(expression(depth: depth - 1))"
        }
    }

    private mutating func leaf() -> String {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: pick(["x", "y", "n", "\\pi", "e", "i", "\\theta", "x_1"])
        case 1: "\(Int.random(in: 0..<100, using: &generator)).\(Int.random(in: 0..<10_000_000, using: &generator))"
        case 2: "\(Int.random(in: 1..<1_000, using: &generator)),\(Int.random(in: 100..<1_000, using: &generator))"
        case 3: "\(Int.random(in: 1..<20, using: &generator))\\frac{1}{\(Int.random(in: 2..<9, using: &generator))}"
        case 4: "\(UInt64.random(in: .min ... .max, using: &generator))"
        default: "\(Int.random(in: 0..<30, using: &generator))"
        }
    }
}
