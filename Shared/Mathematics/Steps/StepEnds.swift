/// Finds where the steps of a solution end, in tokens; the tokens stay as they were sampled.
///
/// A step ends with the token whose bytes contain a newline, even if that token goes on after it, and the last step ends
/// with the last token. Tokens without bytes after the last newline (the end-of-text token) belong to the last step.
///
/// - Parameters:
///   - tokens: the solution's tokens, without the prompt's.
///   - bytes: the bytes of one token; none for a control token.
/// - Returns: for each step the index after its last token, strictly rising; the last equals `tokens.count`. Empty
///   exactly if there are no tokens.
public func stepEnds(of tokens: [Int32], bytes: (Int32) -> [UInt8]) -> [Int] {
    var ends: [Int] = []
    var isOpen = false
    for (index, token) in tokens.enumerated() {
        let text = bytes(token)
        if text.contains(UInt8(ascii: "\n")) {
            ends.append(index + 1)
            isOpen = false
        } else if !text.isEmpty {
            isOpen = true
        }
    }
    guard !tokens.isEmpty else { return [] }
    if isOpen || ends.isEmpty {
        ends.append(tokens.count)
    } else {
        ends[ends.count - 1] = tokens.count
    }
    return ends
}
