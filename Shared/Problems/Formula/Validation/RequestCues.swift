/// What a request tells, by counting words that give it away.
struct RequestCues {
    /// How often each column is named.
    private(set) var columns: [String: Int] = [:]
    /// How often each constant is named.
    private(set) var constants: [String: Int] = [:]
    /// How often each operation is, by its name in a formula.
    private(set) var operations: [String: Int] = [:]

    init(_ question: FormulaQuestion) {
        let names = Set(question.table.columns)
        var rest = RequestWord.all(in: question.request)[...]
        while let word = rest.first {
            if let (cue, tells) = Self.cues.first(where: { rest.starts(with: $0.words) }) {
                rest.removeFirst(cue.count)
                switch tells {
                case .operation(let name): operations[name, default: 0] += 1
                case .constant(let number): constants[number, default: 0] += 1
                case .nothing: break
                }
                continue
            }
            rest.removeFirst()
            switch word {
            case .word(let name): if names.contains(name) { columns[name, default: 0] += 1 }
            case .number(let number): constants[number.decimal ?? "", default: 0] += 1
            case .quoted(let text): constants[text, default: 0] += 1
            }
        }
    }

    private enum Telling {
        case operation(String)
        case constant(String)
        case nothing
    }

    /// The longest first, as shorter ones are within them.
    private static let cues: [(words: [RequestWord], tells: Telling)] = {
        let operations: [(String, [String])] = [
            ("SUM", ["sum of all values", "column total"]), ("AVERAGE", ["average of all values", "column average"]),
            ("+", ["sum of", "plus", "add", "increase"]), ("-", ["amount by which", "minus", "subtract", "take away"]),
            ("*", ["product of", "times", "multiply"]), ("/", ["ratio of", "quotient of", "divided by", "divide"]),
            ("MIN", ["smaller of", "lesser of", "cap it at"]),
            ("MAX", ["larger of", "greater of", "raise it to at least"]), ("ABS", ["absolute value"]),
            ("ROUND", ["rounded", "round"]), ("MOD", ["remainder when", "modulo"]),
            ("LEN", ["length of", "number of characters", "count its characters"]), ("LEFT", ["first"]),
            ("RIGHT", ["last"]), ("UPPER", ["upper case"]), ("LOWER", ["lower case"]),
            ("&", ["concatenation of", "followed by", "append", "in front of"]), ("<=", ["no more than", "at most"]),
            (">=", ["no less than", "at least"]), (">", ["more than", "above"]), ("<", ["less than", "below"]),
            ("=", ["equals", "the same as"]), ("<>", ["differs from", "other than"]), ("AND", ["both", "and also"]),
            ("OR", ["either", "or else"]), ("NOT", ["not true"]), ("IF", ["if", "when"]),
        ]
        let told = operations.flatMap { name, phrases in phrases.map { ($0, Telling.operation(name)) } }
        let others: [(String, Telling)] = [
            ("is divided by", .nothing), ("nearest whole number", .constant("0")), ("letter", .constant("1")),
        ]
        // "the absolute difference" tells two operations, a word each.
        let double: [(String, Telling)] = [("absolute", .operation("ABS")), ("difference", .operation("-"))]
        return (told + others + double)
            .map { (words: $0.0.split(separator: " ").map { .word(String($0)) }, tells: $0.1) }
            .sorted { $0.words.count > $1.words.count }
    }()
}
