extension Tokenizer {
    /// The tokens that a policy continues to solve a problem: the question and the end of its line.
    ///
    /// The spelling of a special token in the question is its bytes.
    public func prompt(for question: String) -> [Token] {
        encode(question + "\n", parsesSpecialTokens: false)
    }
}
