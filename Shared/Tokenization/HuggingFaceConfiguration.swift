/// What is read of a tokenizer_config.json; the names are the file's.
struct HuggingFaceConfiguration: Decodable {
    let beginning: SpecialToken?
    let end: SpecialToken?
    let unknown: SpecialToken?
    let padding: SpecialToken?
    let addsBeginning: Bool?
    let chatTemplate: Template?

    enum CodingKeys: String, CodingKey {
        case beginning = "bos_token"
        case end = "eos_token"
        case unknown = "unk_token"
        case padding = "pad_token"
        case addsBeginning = "add_bos_token"
        case chatTemplate = "chat_template"
    }

    /// A token's spelling: a text, or an object with it.
    struct SpecialToken: Decodable {
        private struct Object: Decodable { let content: String }
        let content: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            content = try (try? container.decode(String.self)) ?? container.decode(Object.self).content
        }
    }

    /// A template's text, or a list of named ones, of which `default` is taken.
    struct Template: Decodable {
        private struct Named: Decodable { let name, template: String }
        let text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else {
                text = try container.decode([Named].self).first { $0.name == "default" }?.template
            }
        }
    }
}
