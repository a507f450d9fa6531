/// GPT-2's alphabet for bytes: every byte has a printable character, so that vocabularies can be stored as text.
///
/// - Source: Radford et al. 2019 (GPT-2), the published encoder: printable Latin-1 stands for itself, the other bytes
///   are U+0100 and up, in order.
enum ByteAlphabet {
    static let characters: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (0..<256).map { byte in
            let isPrintable = (33...126).contains(byte) || (161...172).contains(byte) || (174...255).contains(byte)
            if isPrintable { return Unicode.Scalar(UInt8(byte)) }
            defer { next += 1 }
            // U+0100 to U+0143 are all scalars.
            return Unicode.Scalar(next) ?? "\u{FFFD}"
        }
    }()

    private static let byteOfCharacter = Dictionary(
        uniqueKeysWithValues: characters.enumerated().map { ($0.element, UInt8($0.offset)) })

    static func text(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: bytes.map { characters[Int($0)] })
        return String(scalars)
    }

    /// The bytes that the text stands for; nil when a character is outside the alphabet.
    static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = byteOfCharacter[scalar] else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
