/// How a question is put to a model that was taught in turns: one of the named templates, recognised by its text.
///
/// A file's template is a program in Jinja. It is not run: its text is compared with the known ones, whose rendering of
/// one user message is known, and another text is refused.
public struct ChatTemplate: Hashable, Sendable {
    /// The templates that are known.
    public enum Name: String, Hashable, Sendable, CaseIterable {
        /// `<|im_start|>role`, the message, `<|im_end|>`: SmolLM and SmolLM2, Qwen 1.5 and 2.
        case chatml
        /// `<|start_header_id|>role<|end_header_id|>`, the message, `<|eot_id|>`: Llama 3.
        case llama3
    }

    /// Which template it is.
    public let name: Name
    /// The system message that the template puts before a conversation that has none; nil where it puts none.
    public let systemMessage: String?
    /// Everything before the question.
    let opening: [UInt8]

    /// Recognises a template by its text.
    ///
    /// - Parameter beginning: the spelling of the token for the beginning, which some templates put first.
    /// - Throws: `unsupported`, naming the templates that are known.
    init(source: String, beginning: [UInt8]) throws(TokenizationError) {
        let text = Self.normalized(source)
        if ChatTemplateSource.llama3.contains(text) {
            name = .llama3
            systemMessage = nil
            opening = beginning + "<|start_header_id|>user<|end_header_id|>\n\n".utf8
        } else if text == ChatTemplateSource.chatML {
            name = .chatml
            systemMessage = nil
            opening = Array("<|im_start|>user\n".utf8)
        } else if let system = ChatTemplateSource.chatMLSystem(in: text) {
            name = .chatml
            systemMessage = system
            opening = Array("<|im_start|>system\n\(system)<|im_end|>\n<|im_start|>user\n".utf8)
        } else {
            let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw TokenizationError(
                .unsupported,
                "The chat template must be the text of a known one (\(known)); this file's tokenizer.chat_template is "
                    + "another. Without that key the model is given the question and a line break.")
        }
    }

    /// The question as it stands in the rendering.
    func content(_ question: String) -> String {
        guard name == .llama3 else { return question }
        let scalars = question.unicodeScalars
        guard let first = scalars.firstIndex(where: { !Self.isTrimmed($0) }),
            let last = scalars.lastIndex(where: { !Self.isTrimmed($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Everything after the question, to the beginning of the assistant's message.
    var closing: [UInt8] {
        switch name {
        case .chatml: Array("<|im_end|>\n<|im_start|>assistant\n".utf8)
        case .llama3: Array("<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n".utf8)
        }
    }

    /// The special tokens that the rendering is made of.
    var structure: [String] {
        switch name {
        case .chatml: ["<|im_start|>", "<|im_end|>"]
        case .llama3: ["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
        }
    }

    /// What Jinja's `trim` takes off: the whitespace of Python's `str.strip`.
    private static func isTrimmed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || ("\u{1c}"..."\u{1f}").contains(scalar)
    }

    /// The text without what rendering does not see: an escaped line break is a line break, and one after a block's end
    /// is dropped, as Hugging Face's renderer does.
    static func normalized(_ source: String) -> String {
        var text = source.replacing("\\n", with: "\n").replacing("%}\n", with: "%}")
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
