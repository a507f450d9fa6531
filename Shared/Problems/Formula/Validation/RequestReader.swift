import Mathematics

/// Reads the English of a request into a stack program, by a grammar of its own.
///
/// A request is a chain of statements; "it" is what the chain has come to.
struct RequestReader {
    typealias Program = [String]

    private let words: [RequestWord]
    private let columns: Set<String>
    private var place = 0
    private var depth = 0
    /// The program of the statements before; nil where there is none, or it has been used.
    private var running: Program?

    /// The program that a request asks for; nil if the request is not understood.
    static func program(for question: FormulaQuestion) -> String? {
        var reader = RequestReader(question)
        guard let program = reader.request() else { return nil }
        return program.joined(separator: " ")
    }

    private init(_ question: FormulaQuestion) {
        words = RequestWord.all(in: question.request)
        columns = Set(question.table.columns)
    }

    private mutating func request() -> Program? {
        repeat {
            guard let program = statement(), running == nil else { return nil }
            running = program
        } while take("then")
        return place == words.count ? running : nil
    }

    private mutating func statement() -> Program? {
        if take("if") {
            guard let condition = condition(), take("give"), let first = noun(), take("otherwise"), let second = noun()
            else { return nil }
            return condition + first + second + ["pick"]
        }
        if take("say whether") || take("check whether") { return condition() }
        return change() ?? arithmetic() ?? choice()
    }

    /// Reads a statement that only changes what there is so far.
    private mutating func change() -> Program? {
        if take("take its absolute value") { return onRunning(["abs"]) }
        if take("count its characters") { return onRunning(["len"]) }
        if take("put it in upper case") { return onRunning(["upper"]) }
        if take("put it in lower case") { return onRunning(["lower"]) }
        if take("round it to") || take("round to") { return digits().flatMap { onRunning([$0, "round"]) } }
        for (end, operation) in [("first", "first"), ("last", "last")] where take("keep its \(end)") {
            return letters().flatMap { onRunning([$0, operation]) }
        }
        let phrases = [
            ("take away", "sub"), ("increase it by", "add"), ("cap it at", "min"), ("raise it to at least", "max"),
            ("reduce it modulo", "mod"), ("append", "join"), ("multiply by", "mul"), ("divide by", "div"),
        ]
        for (phrase, operation) in phrases where take(phrase) {
            return noun().flatMap { onRunning($0 + [operation]) }
        }
        return nil
    }

    private mutating func arithmetic() -> Program? {
        if take("put") {
            guard let first = noun(), take("in front of"), let second = noun() else { return nil }
            return first + second + ["join"]
        }
        // What is added or subtracted is told before what it is added to.
        for (verb, link, operation) in [("add", "to", "add"), ("subtract", "from", "sub")] where take(verb) {
            guard let second = noun() else { return nil }
            guard take(link) else { return onRunning(second + [operation]) }
            return noun().map { $0 + second + [operation] }
        }
        for (verb, operation) in [("multiply", "mul"), ("divide", "div")] where take(verb) {
            guard let first = noun(), take("by"), let second = noun() else { return nil }
            return first + second + [operation]
        }
        return nil
    }

    private mutating func choice() -> Program? {
        guard take("take") || take("give") || take("compute"), let first = noun() else { return nil }
        guard take("when") else { return first }
        guard let condition = condition(), take("and"), let second = noun(), take("otherwise") else { return nil }
        return condition + first + second + ["pick"]
    }

    private mutating func onRunning(_ end: Program) -> Program? {
        defer { running = nil }
        return running.map { $0 + end }
    }

    // MARK: Conditions

    private mutating func condition() -> Program? {
        guard let first = clause() else { return nil }
        for (link, operation) in [("and also", "and"), ("or else", "or")] where take(link) {
            return clause().map { first + $0 + [operation] }
        }
        return first
    }

    private mutating func clause() -> Program? {
        depth += 1
        defer { depth -= 1 }
        guard depth < 24 else { return nil }
        if take("it is not true that") { return clause().map { $0 + ["not"] } }
        for (opening, link) in [("both", "and"), ("either", "or")] where take(opening) {
            guard let first = clause(), take(link), let second = clause() else { return nil }
            return first + second + [link]
        }
        guard let left = noun(), let operation = comparison(), let right = noun() else { return nil }
        return left + right + [operation]
    }

    private mutating func comparison() -> String? {
        let phrases = [
            ("is less than", "less"), ("is below", "less"), ("is more than", "more"), ("is above", "more"),
            ("is at most", "atmost"), ("is no more than", "atmost"), ("is at least", "atleast"),
            ("is no less than", "atleast"), ("equals", "same"), ("is the same as", "same"), ("differs from", "differ"),
            ("is other than", "differ"),
        ]
        for (phrase, operation) in phrases where take(phrase) { return operation }
        return nil
    }

    // MARK: Nouns

    private mutating func noun() -> Program? {
        depth += 1
        defer { depth -= 1 }
        guard depth < 24 else { return nil }
        if take("it") || take("that") { return onRunning([]) }
        if take("the") { return construction() }
        guard let left = atom() else { return nil }
        let links = [
            ("plus", "add"), ("minus", "sub"), ("times", "mul"), ("divided by", "div"), ("modulo", "mod"),
            ("followed by", "join"),
        ]
        for (link, operation) in links where take(link) { return atom().map { [left, $0, operation] } }
        return [left]
    }

    private mutating func atom() -> String? {
        guard place < words.count else { return nil }
        let text: String? =
            switch words[place] {
            case .number(let number): number.decimal
            case .quoted(let text): "\"\(text)\""
            case .word(let name): columns.contains(name) ? "$\(name)" : nil
            }
        if text != nil { place += 1 }
        return text
    }

    /// Reads what can follow "the".
    private mutating func construction() -> Program? {
        if take("sum of all values of") || take("column total of") { return aggregate("sum") }
        if take("average of all values of") || take("column average of") { return aggregate("mean") }
        let pairs = [
            ("sum of", "and", "add"), ("product of", "and", "mul"), ("ratio of", "to", "div"),
            ("quotient of", "and", "div"), ("amount by which", "exceeds", "sub"), ("smaller of", "and", "min"),
            ("lesser of", "and", "min"), ("larger of", "and", "max"), ("greater of", "and", "max"),
            ("remainder when", "is divided by", "mod"), ("concatenation of", "and", "join"),
            ("absolute difference between", "and", "sub abs"),
        ]
        for (opening, link, operation) in pairs where take(opening) {
            guard let first = noun(), take(link), let second = noun() else { return nil }
            return first + second + [operation]
        }
        let singles = [
            ("absolute value of", "abs"), ("length of", "len"), ("number of characters in", "len"),
            ("upper case form of", "upper"), ("lower case form of", "lower"),
        ]
        for (opening, operation) in singles where take(opening) { return noun().map { $0 + [operation] } }
        if take("value of") {
            guard let first = noun(), take("rounded to"), let digits = digits() else { return nil }
            return first + [digits, "round"]
        }
        for end in ["first", "last"] where take(end) {
            guard let count = letters(), take("of"), let first = noun() else { return nil }
            return first + [count, end]
        }
        return nil
    }

    private mutating func aggregate(_ name: String) -> Program? {
        guard let column = atom(), column.first == "$" else { return nil }
        return [name + column]
    }

    private mutating func digits() -> String? {
        if take("the nearest whole number") { return "0" }
        guard let digits = atom(), take("decimal places") || take("decimal place") else { return nil }
        return digits
    }

    private mutating func letters() -> String? {
        if take("letter") { return "1" }
        guard let count = atom(), take("letters") else { return nil }
        return count
    }

    /// Takes a phrase if it is next.
    private mutating func take(_ phrase: String) -> Bool {
        // The first word alone refuses most phrases.
        guard place < words.count, case .word(let first) = words[place], phrase.hasPrefix(first) else { return false }
        let wanted = phrase.split(separator: " ")
        guard place + wanted.count <= words.count,
            zip(wanted, words[place...]).allSatisfy({ $1 == .word(String($0)) })
        else { return false }
        place += wanted.count
        return true
    }
}
