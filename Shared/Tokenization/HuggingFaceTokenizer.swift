import ModelFiles

/// What is read of a tokenizer.json.
struct HuggingFaceTokenizer {
    let model: Model
    let addedTokens: [AddedToken]
    let normalizer: Step?
    let preTokenizer: Step?
    let postProcessor: Step?

    init(_ file: JSONField) throws(TokenizationError) {
        model = try Model(file.member("model"))
        addedTokens = try (file.member("added_tokens").elements() ?? []).map(AddedToken.init)
        normalizer = try Step(optional: file.member("normalizer"))
        preTokenizer = try Step(optional: file.member("pre_tokenizer"))
        postProcessor = try Step(optional: file.member("post_processor"))
    }

    struct Model {
        let type: String?
        let vocab: [(text: String, id: Int)]
        let merges: [Merge]
        let ignoreMerges: Bool?
        let dropout: Double?
        let unknownToken: String?
        let subwordPrefix: String?
        let wordSuffix: String?
        let byteFallback: Bool?

        init(_ field: JSONField) throws(TokenizationError) {
            type = try field.member("type").string()
            ignoreMerges = try field.member("ignore_merges").bool()
            dropout = try field.member("dropout").number()
            unknownToken = try field.member("unk_token").string()
            subwordPrefix = try field.member("continuing_subword_prefix").string()
            wordSuffix = try field.member("end_of_word_suffix").string()
            byteFallback = try field.member("byte_fallback").bool()
            // Hundreds of thousands of entries, which therefore are no fields of their own.
            let vocabulary = try field.member("vocab")
            let rule = "an object of whole numbers"
            vocab = try vocabulary.required(rule, vocabulary.checked(rule, \.members)).map {
                (member) throws(TokenizationError) in
                guard let id = member.value.integer else { throw vocabulary.wrong(rule) }
                return (member.key, id)
            }
            let list = try field.member("merges")
            let pairs = "an array of texts, or of arrays of texts"
            merges = try list.required(pairs, list.checked(pairs, \.elements)).map {
                (value) throws(TokenizationError) in
                guard let merge = Merge(value) else { throw list.wrong(pairs) }
                return merge
            }
        }
    }

    /// Two tokens that become one: a text with a space between them, or a list of two texts.
    enum Merge {
        case text(String)
        case pair([String])

        /// Nil for other values.
        init?(_ value: JSONValue) {
            if let text = value.string {
                self = .text(text)
            } else if let parts = value.elements {
                let texts = parts.compactMap(\.string)
                guard texts.count == parts.count else { return nil }
                self = .pair(texts)
            } else {
                return nil
            }
        }
    }

    struct AddedToken {
        let id: Int
        let content: String
        let special: Bool?
        let singleWord: Bool?
        let stripsLeft: Bool?
        let stripsRight: Bool?

        init(_ field: JSONField) throws(TokenizationError) {
            let (id, content) = (try field.member("id"), try field.member("content"))
            self.id = try id.required("a whole number", id.integer())
            self.content = try content.required("a string", content.string())
            special = try field.member("special").bool()
            singleWord = try field.member("single_word").bool()
            stripsLeft = try field.member("lstrip").bool()
            stripsRight = try field.member("rstrip").bool()
        }
    }

    /// A normalizer, a pre-tokenizer, a post-processor, or one of a sequence of them.
    struct Step {
        let type: String
        /// The steps of a sequence, whichever kind they are.
        let steps: [Step]
        let individualDigits: Bool?
        let addsPrefixSpace: Bool?
        let usesRegex: Bool?
        let regex: String?
        let behavior: String?
        let invert: Bool?
        let single: [Piece]

        /// Nil where the field is missing.
        init?(optional field: JSONField) throws(TokenizationError) {
            guard field.value != nil else { return nil }
            try self.init(field)
        }

        init(_ field: JSONField) throws(TokenizationError) {
            let type = try field.member("type")
            self.type = try type.required("a string", type.string())
            var steps: [Step] = []
            for key in ["normalizers", "pretokenizers", "processors"] {
                steps += try (field.member(key).elements() ?? []).map(Step.init)
            }
            self.steps = steps
            individualDigits = try field.member("individual_digits").bool()
            addsPrefixSpace = try field.member("add_prefix_space").bool()
            usesRegex = try field.member("use_regex").bool()
            let pattern = try field.member("pattern")
            regex = try pattern.member("Regex").string()
            behavior = try field.member("behavior").string()
            invert = try field.member("invert").bool()
            single = try (field.member("single").elements() ?? []).map(Piece.init)
        }

        /// The steps of a sequence, or this one alone.
        var unrolled: [Step] { type == "Sequence" ? steps : [self] }
    }

    /// A part of what a template processor puts around one text: a special token, or the text.
    struct Piece {
        let special: String?
        let isText: Bool

        init(_ field: JSONField) throws(TokenizationError) {
            special = try field.member("SpecialToken").member("id").string()
            isText = try field.member("Sequence").member("id").string() != nil
        }
    }
}
