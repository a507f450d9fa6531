import ModelFiles

extension PreTokenizer {
    /// The pre-tokenizer that a tokenizer.json's `pre_tokenizer` and `normalizer` describe.
    ///
    /// - Throws: `unsupported` naming the step.
    init(_ preTokenizer: HuggingFaceTokenizer.Step?, normalizer: HuggingFaceTokenizer.Step?) throws(TokenizationError) {
        let steps = preTokenizer?.unrolled ?? []
        guard let known = Self.allCases.first(where: { $0.isDescribed(by: steps) }) else {
            let types = steps.isEmpty ? "missing" : steps.map(\.shown).joined(separator: ", then ")
            throw TokenizationError(
                .unsupported,
                "The field pre_tokenizer of tokenizer.json must describe one of \(Self.supported); it is \(types).")
        }
        let normalizers = normalizer?.unrolled ?? []
        guard normalizers.map(\.type) == (known.normalizes ? ["NFC"] : []) else {
            throw TokenizationError(
                .unsupported,
                "The field normalizer of tokenizer.json must be \(known.normalizes ? "NFC" : "null") for the "
                    + "pre-tokenizer \(known.rawValue); it is \(normalizer?.type ?? "null").")
        }
        self = known
    }

    private func isDescribed(by steps: [HuggingFaceTokenizer.Step]) -> Bool {
        guard let last = steps.last, last.type == "ByteLevel", last.addsPrefixSpace == false else { return false }
        let before = steps.dropLast()
        let usesRegex = last.usesRegex ?? true
        switch self {
        case .gpt2: return before.isEmpty && usesRegex
        case .smollm:
            return before.count == 1 && before.first?.type == "Digits" && before.first?.individualDigits == true
                && usesRegex
        case .llama3, .qwen2:
            guard before.count == 1, let split = before.first else { return false }
            return split.type == "Split" && split.regex == regex && split.behavior == "Isolated"
                && split.invert != true && !usesRegex
        }
    }

    /// The expression by which Hugging Face's files split text; nil where they name none.
    private var regex: String? {
        let number: String
        switch self {
        case .gpt2, .smollm: return nil
        case .llama3: number = #"\p{N}{1,3}"#
        case .qwen2: number = #"\p{N}"#
        }
        return #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + number
            + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    /// The `normalizer` and `pre_tokenizer` of a tokenizer.json.
    var huggingFaceFields: [JSONMember] {
        func byteLevel(usesRegex: Bool) -> JSONValue {
            [
                "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": .bool(usesRegex),
            ]
        }
        func sequence(_ first: JSONValue, _ second: JSONValue) -> JSONValue {
            ["type": "Sequence", "pretokenizers": .array([first, second])]
        }
        let steps: JSONValue
        switch self {
        case .gpt2: steps = byteLevel(usesRegex: true)
        case .smollm: steps = sequence(["type": "Digits", "individual_digits": true], byteLevel(usesRegex: true))
        case .llama3, .qwen2:
            steps = sequence(
                [
                    "type": "Split", "pattern": ["Regex": .string(regex ?? "")], "behavior": "Isolated",
                    "invert": false,
                ], byteLevel(usesRegex: false))
        }
        return [JSONMember("normalizer", normalizes ? ["type": "NFC"] : .null), JSONMember("pre_tokenizer", steps)]
    }
}

extension HuggingFaceTokenizer.Step {
    /// The step for a message.
    fileprivate var shown: String {
        regex.map { "\(type) by \($0.utf8.count <= 200 ? $0 : "an expression of \($0.utf8.count) bytes")" }
            ?? type
    }
}
