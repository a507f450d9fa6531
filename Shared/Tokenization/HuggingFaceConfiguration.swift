import ModelFiles

/// What is read of a tokenizer_config.json.
struct HuggingFaceConfiguration {
    let beginning: String?
    let end: String?
    let unknown: String?
    let padding: String?
    let addsBeginning: Bool?
    /// A template's text; of a list of named ones, `default`.
    let chatTemplate: String?

    init(_ file: JSONField) throws(TokenizationError) {
        beginning = try Self.spelling(file.member("bos_token"))
        end = try Self.spelling(file.member("eos_token"))
        unknown = try Self.spelling(file.member("unk_token"))
        padding = try Self.spelling(file.member("pad_token"))
        addsBeginning = try file.member("add_bos_token").bool()
        let template = try file.member("chat_template")
        if template.value?.elements == nil {
            chatTemplate = try template.string()
        } else {
            var text: String?
            for named in try template.elements() ?? [] where try named.member("name").string() == "default" {
                text = try named.member("template").string()
            }
            chatTemplate = text
        }
    }

    /// A token's spelling: a text, or an object with it.
    private static func spelling(_ field: JSONField) throws(TokenizationError) -> String? {
        guard field.value?.members != nil else { return try field.string() }
        let content = try field.member("content")
        return try content.required("a string", content.string())
    }
}
