import Foundation
import ModelFiles
import Testing

@testable import Tokenization

/// What Fixtures/make_chat_prompts.py writes.
private struct ChatPrompts: Decodable {
    struct Template: Decodable { let model, source: String, prompts: [Prompt] }
    struct Prompt: Decodable { let question, text: String }
    let templates: [Template]
}

@Suite struct `Chat template` {
    @Test func `renders what Jinja renders, and the question is never structure`() throws {
        let data = try Data(contentsOf: TestFiles.folder.appending(path: "Fixtures/chat_prompts.json"))
        let templates = try JSONDecoder().decode(ChatPrompts.self, from: data).templates
        try #require(templates.count == 7)
        for template in templates {
            let tokenizer = try SmallVocabulary.tokenizer(pre: "smollm", template: template.source)
            for prompt in template.prompts {
                let tokens = tokenizer.prompt(for: prompt.question)
                let text = String(decoding: tokens.flatMap { tokenizer.bytes(of: $0) }, as: UTF8.self)
                #expect(text == prompt.text, "\(template.model)")
                let plain = tokenizer.prompt(for: "q").filter { tokenizer.isSpecial($0) }
                #expect(tokens.filter { tokenizer.isSpecial($0) } == plain, "\(template.model)")
                if !prompt.question.contains("<|") {
                    #expect(tokens == tokenizer.encode(prompt.text, parsesSpecialTokens: true), "\(template.model)")
                }
            }
        }
    }

    @Test func `says which it is and which system message it puts`() throws {
        let source = ChatTemplateSource.chatML.replacing(
            "messages %}{{",
            with:
                "messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nBe <brief>, please.<|im_end|>\n' }}{% endif %}{{"
        )
        let template = try ChatTemplate(source: source, beginning: [])
        #expect(template.name == .chatml && template.systemMessage == "Be <brief>, please.")
        #expect(try ChatTemplate(source: ChatTemplateSource.chatML + "\n", beginning: []).systemMessage == nil)
        for hole in ["It's me.", "a\\tb", "' }}{{ bos_token }}{{ '"] {
            #expect(throws: TokenizationError.self) {
                try ChatTemplate(source: source.replacing("Be <brief>, please.", with: hole), beginning: [])
            }
        }
    }

    @Test func `that is not known is refused with those that are`() {
        for source in [
            "", "{{ messages[0]['content'] }}", ChatTemplateSource.chatML + "x", " " + ChatTemplateSource.chatML,
        ] {
            let error = #expect(throws: TokenizationError.self) { try SmallVocabulary.tokenizer(template: source) }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains("chatml") == true && error?.message.contains("llama3") == true)
        }
    }

    @Test func `needs its special tokens`() throws {
        var metadata = SmallVocabulary.metadata(template: ChatTemplateSource.chatML)
        guard case .array(_, var types)? = metadata["tokenizer.ggml.token_type"] else {
            preconditionFailure("small vocabulary without types")
        }
        let place = Int(try SmallVocabulary.tokenizer().token("<|im_start|>"))
        types[place] = .int32(4)
        metadata["tokenizer.ggml.token_type"] = .array(.int32, types)
        let error = #expect(throws: TokenizationError.self) { try Tokenizer(gguf: metadata) }
        #expect(error?.message.contains("<|im_start|>") == true)
    }
}
