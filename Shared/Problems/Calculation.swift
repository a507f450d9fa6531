import Basics

/// The numbers of an arithmetic problem, apart from how it is told.
struct Calculation {
    /// One operation on the running value.
    struct Step {
        let operation: ArithmeticOperation
        let operand: Int
    }

    let start: Int
    let steps: [Step]

    /// Draws numbers that keep to validated dials.
    init(dials: ArithmeticDials, stepCount: Int, generator: inout SeededGenerator) {
        start = generator.draw(in: dials.operands.clamped(to: dials.values))
        var steps: [Step] = []
        steps.reserveCapacity(stepCount)
        var value = start
        while steps.count < stepCount {
            // Draws again where the operation would leave the range; validated dials leave at least one that does not.
            let operation = generator.draw(from: dials.operations)
            guard let range = operation.operands(within: dials.operands, taking: value, into: dials.values) else {
                continue
            }
            let step = Step(operation: operation, operand: generator.draw(in: range))
            value = step.operation.apply(step.operand, to: value)
            steps.append(step)
        }
        self.steps = steps
    }

    /// The chain in symbols, `7; +5; *2`. Two problems are the same problem exactly if it is the same.
    var symbols: String {
        steps.reduce(into: "\(start)") { $0 += "; \($1.operation.rawValue)\($1.operand)" }
    }

    /// The split that the numbers belong to, whatever the seed, the dials and the style: a quarter are in the test
    /// split. Changing this moves problems that a policy was trained on into its test.
    var split: ProblemSplit {
        var hash = SeededGenerator(seed: 0, name: symbols)
        return hash.next() % 4 == 0 ? .test : .train
    }

    /// The answer, and the solution with one step a line.
    func solved() -> (answer: String, solution: String) {
        var value = start
        var solution = ""
        for step in steps {
            let next = step.operation.apply(step.operand, to: value)
            solution += "\(value)\(step.operation.rawValue)\(step.operand)=\(next)\n"
            value = next
        }
        return ("\(value)", solution + "#### \(value)")
    }
}
