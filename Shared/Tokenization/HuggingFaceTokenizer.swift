/// What is read of a tokenizer.json; the names are the file's.
struct HuggingFaceTokenizer: Decodable {
    let model: Model
    let addedTokens: [AddedToken]?
    let normalizer: Step?
    let preTokenizer: Step?
    let postProcessor: Step?

    enum CodingKeys: String, CodingKey {
        case model
        case addedTokens = "added_tokens"
        case normalizer
        case preTokenizer = "pre_tokenizer"
        case postProcessor = "post_processor"
    }

    struct Model: Decodable {
        let type: String?
        let vocab: [String: Int]
        let merges: [Merge]
        let ignoreMerges: Bool?
        let dropout: Double?
        let unknownToken: String?
        let subwordPrefix: String?
        let wordSuffix: String?
        let byteFallback: Bool?

        enum CodingKeys: String, CodingKey {
            case type, vocab, merges, dropout
            case ignoreMerges = "ignore_merges"
            case unknownToken = "unk_token"
            case subwordPrefix = "continuing_subword_prefix"
            case wordSuffix = "end_of_word_suffix"
            case byteFallback = "byte_fallback"
        }
    }

    /// Two tokens that become one: a text with a space between them, or a list of two texts.
    enum Merge: Decodable {
        case text(String)
        case pair([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .pair(try container.decode([String].self))
            }
        }
    }

    struct AddedToken: Decodable {
        let id: Int
        let content: String
        let special: Bool?
        let singleWord: Bool?
        let stripsLeft: Bool?
        let stripsRight: Bool?

        enum CodingKeys: String, CodingKey {
            case id, content, special
            case singleWord = "single_word"
            case stripsLeft = "lstrip"
            case stripsRight = "rstrip"
        }
    }

    /// A normalizer, a pre-tokenizer, a post-processor, or one of a sequence of them.
    struct Step: Decodable {
        let type: String
        let normalizers: [Step]?
        let steps: [Step]?
        let processors: [Step]?
        let individualDigits: Bool?
        let addsPrefixSpace: Bool?
        let usesRegex: Bool?
        let pattern: Pattern?
        let behavior: String?
        let invert: Bool?
        let single: [Piece]?

        enum CodingKeys: String, CodingKey {
            case type, normalizers, processors, pattern, behavior, invert, single
            case steps = "pretokenizers"
            case individualDigits = "individual_digits"
            case addsPrefixSpace = "add_prefix_space"
            case usesRegex = "use_regex"
        }
    }

    struct Pattern: Decodable, Hashable {
        let regex: String?

        enum CodingKeys: String, CodingKey { case regex = "Regex" }
    }

    /// A part of what a template processor puts around one text.
    struct Piece: Decodable {
        struct Content: Decodable { let id: String }
        let special: Content?
        let sequence: Content?

        enum CodingKeys: String, CodingKey {
            case special = "SpecialToken"
            case sequence = "Sequence"
        }
    }
}
