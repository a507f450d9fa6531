/// Solves a problem as its reference solution tells it, and so counts its case splits.
///
/// *Propagation* goes through the constraints as they are told, again and again, and takes from each variable the values that
/// one constraint alone rules out, until a whole round rules out nothing. Then, if a variable is left with several values, there
/// is a forced *case split*: of the variables with the fewest values, the first in order is supposed to have its least one; if
/// that is the one of the solution, to have one of the others. Propagation, with more splits if it must be, shows that this
/// cannot hold, and goes on with what is left. When all variables are left with one value, no other values solve the problem.
///
/// - Source: propagation and backtracking search as in Rossi, van Beek and Walsh 2006, chapters 3 and 4; the order, and counting
///   suppositions, are ours.
struct ConstraintSearch: Sendable {
    /// The steps, with how many suppositions each stands under.
    private(set) var steps: [(step: ConstraintStep, depth: Int)] = []
    /// Suppositions that were made, nested ones included.
    private(set) var splits = 0

    private let constraints: [Constraint]
    private let solution: [Int]
    private let splitLimit: Int

    /// Solves constraints; nil if values other than the solution keep all of them, or it takes more splits than the limit.
    ///
    /// - Precondition: the solution lies in the domain and keeps all constraints.
    init?(_ constraints: [Constraint], domain: ClosedRange<Int>, solution: [Int], splitLimit: Int) {
        self.constraints = constraints
        self.solution = solution
        self.splitLimit = splitLimit
        var possible = solution.map { _ in ValueSet(allOf: domain) }
        guard solve(&possible, depth: 0) == .solved else { return nil }
    }

    /// Those of the constraints that the search does not see follow from all others; it sees what takes few splits.
    ///
    /// - Precondition: the solution lies in the domain and keeps all constraints.
    static func needed(of constraints: [Constraint], domain: ClosedRange<Int>, solution: [Int]) -> Set<Constraint> {
        Set(
            constraints.filter { constraint in
                let others = constraints.filter { $0 != constraint }
                return ConstraintSearch(others, domain: domain, solution: solution, splitLimit: 16) == nil
            })
    }

    private enum Outcome { case solved, failed, gaveUp }

    /// Narrows the possible values down to one each, or until a constraint cannot hold.
    private mutating func solve(_ possible: inout [ValueSet], depth: Int) -> Outcome {
        while propagate(&possible, depth: depth) {
            let open = possible.indices.filter { possible[$0].count > 1 }
            guard let variable = open.min(by: { possible[$0].count < possible[$1].count }) else {
                // Under a supposition, which leaves the solution out, this is a second one.
                return depth == 0 ? .solved : .gaveUp
            }
            guard splits < splitLimit else { return .gaveUp }
            splits += 1
            let supposed = supposition(variable, possible)
            steps.append((.supposed(variable, supposed), depth))
            var branch = possible
            branch[variable] = supposed
            guard solve(&branch, depth: depth + 1) == .failed else { return .gaveUp }
            possible[variable] = possible[variable].subtracting(supposed)
            steps.append((.refuted(variable, possible[variable]), depth))
        }
        return .failed
    }

    /// The least value, or the others where the solution has it and is still possible.
    private func supposition(_ variable: Int, _ possible: [ValueSet]) -> ValueSet {
        var least = ValueSet(noneOf: possible[variable].domain)
        if let value = possible[variable].least { least.insert(value) }
        let isPossible = zip(possible, solution).allSatisfy { $0.contains($1) }
        return isPossible && least.contains(solution[variable]) ? possible[variable].subtracting(least) : least
    }

    /// Takes away what single constraints rule out; false if one cannot hold.
    private mutating func propagate(_ possible: inout [ValueSet], depth: Int) -> Bool {
        var isChanged = true
        while isChanged {
            isChanged = false
            for constraint in constraints {
                let supported = constraint.supported(possible)
                let narrowed = possible.indices.filter { supported[$0] != possible[$0] }
                guard !narrowed.isEmpty else { continue }
                possible = supported
                guard possible.allSatisfy({ $0.count > 0 }) else {
                    steps.append((.failed(constraint), depth))
                    return false
                }
                steps.append((.narrowed(constraint, narrowed, narrowed.map { supported[$0] }), depth))
                isChanged = true
            }
        }
        return true
    }

    /// The steps, a line each with its newline; those under a supposition begin with a `>` for each one.
    var text: String {
        steps.map { step, depth in
            (depth == 0 ? "" : String(repeating: ">", count: depth) + " ") + "\(step)\n"
        }.joined()
    }
}
