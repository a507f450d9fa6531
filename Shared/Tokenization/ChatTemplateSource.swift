/// The texts by which chat templates are recognised.
enum ChatTemplateSource {
    /// ChatML without a system message of its own.
    ///
    /// - Source: the tokenizer_config.json of SmolLM.
    static let chatML = loopStart + loopEnd

    /// The texts that open the assistant's turn when asked to, and always.
    ///
    /// - Source: the tokenizer_config.json of Llama 3 8B Instruct, as it is and as it was first published.
    static let llama3 = [
        llama3Loop + "{% if add_generation_prompt %}" + llama3Start + "{% endif %}", llama3Loop + llama3Start,
    ]

    private static let llama3Loop =
        "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + "
        + "message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}"
        + "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
    private static let llama3Start = "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}"

    /// The system message of a ChatML template that has one; nil for another text.
    ///
    /// - Source: the tokenizer_config.json of SmolLM2 and Qwen 2.
    /// - Parameter text: the normalized text.
    static func chatMLSystem(in text: String) -> String? {
        let (start, end) = ((loopStart + systemStart).utf8, (systemEnd + loopEnd).utf8)
        let bytes = Array(text.utf8)
        guard bytes.count >= start.count + end.count, bytes.starts(with: start),
            bytes.suffix(end.count).elementsEqual(end)
        else { return nil }
        let system = bytes.dropFirst(start.count).dropLast(end.count)
        // A quotation mark would end the literal, and a backslash would begin an escape.
        guard !system.contains(where: { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") }) else { return nil }
        return String(decoding: system, as: UTF8.self)
    }

    private static let loopStart = "{% for message in messages %}"
    private static let systemStart =
        "{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\n"
    private static let systemEnd = "<|im_end|>\n' }}{% endif %}"
    private static let loopEnd =
        "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
}
