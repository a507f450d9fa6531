extension DataSet {
    /// The data set as JSON Lines, a problem a line, each with a newline at its end.
    ///
    /// - Throws: `ProblemsError` with `unwritableProblem`, as `Problem.jsonLine()` does.
    public func jsonLines() throws(ProblemsError) -> [UInt8] {
        var bytes: [UInt8] = []
        for problem in problems {
            bytes += try problem.jsonLine().utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}

extension Problem {
    /// The problem as one line of a data set, without a newline at its end: `{"question":…,"answer":…,"ancestry":[…]}` with the reference
    /// solution for an answer, or `{"problem":…,"answer":…,"ancestry":[…]}` where none is known. The keys are always in this order, and
    /// `ancestry` is left out where it is empty.
    ///
    /// - Throws: `ProblemsError` with `unwritableProblem` if a data set would not read the same problem of the line: if it is not checked by
    ///   its answer, if its solution does not end in its answer or has annotations, or if a line ends in CR LF.
    public func jsonLine() throws(ProblemsError) -> String {
        var fields = [
            (referenceSolution == nil ? "problem" : "question", JSONText.quoted(question)),
            ("answer", JSONText.quoted(referenceSolution ?? referenceAnswer)),
        ]
        if !ancestry.isEmpty {
            let ancestors = ancestry.map { ancestor in
                JSONText.object([
                    ("key", JSONText.quoted(ancestor.key)), ("strategy", JSONText.quoted(ancestor.strategy)),
                ])
            }
            fields.append(("ancestry", "[" + ancestors.joined(separator: ",") + "]"))
        }
        let line = JSONText.object(fields)
        guard (try? DataSet(jsonLines: Array(line.utf8)))?.problems == [self] else {
            throw ProblemsError(
                .unwritableProblem,
                "A line of a data set must read as the problem that was written, with its answer on the last line #### of a solution "
                    + "without annotations; that of \"\(question.prefix(40))\" does not. Write its solution in that form."
            )
        }
        return line
    }
}

/// JSON put together from its parts.
private enum JSONText {
    /// An object with its keys in the order given.
    static func object(_ fields: [(key: String, value: String)]) -> String {
        "{" + fields.map { quoted($0.key) + ":" + $0.value }.joined(separator: ",") + "}"
    }

    /// A string; only what must be is escaped.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                quoted.unicodeScalars.append("\\")
                quoted.unicodeScalars.append(scalar)
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
