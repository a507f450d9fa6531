/// Brings the characters of an answer to ASCII and LaTeX commands, as `AnswerLexer` reads them.
enum AnswerCharacters {
    /// The bytes of a text with characters such as `−`, `²`, `√` and `½` spelt out; letters of other scripts stay as they are.
    ///
    /// - Throws: `GradingError` of kind `tooLong`, or of kind `hiddenCharacters` where the text holds control characters or
    ///   marks that change the direction of what is shown, because then a person does not see what is graded.
    static func spelledOut(_ text: some StringProtocol) throws(GradingError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        if text.utf8.count > Limits.answerBytes {
            throw GradingError(
                .tooLong,
                "An answer has at most \(Limits.answerBytes) bytes; got \(text.utf8.count). State the answer alone.")
        }
        var superscript = false
        for scalar in text.unicodeScalars {
            if scalar.value < 0x80 {
                superscript = false
                if scalar.value < 0x20, !isBlank(scalar) || scalar.value == 0x7F { throw hidden(scalar) }
                bytes.append(UInt8(scalar.value))
                continue
            }
            if let digit = superscripts[scalar] {
                // A run of them is one exponent.
                if superscript, bytes.last == UInt8(ascii: "}") {
                    bytes.removeLast()
                } else {
                    bytes += Array("^{".utf8)
                }
                bytes += [digit, UInt8(ascii: "}")]
                superscript = true
                continue
            }
            superscript = false
            if isHidden(scalar) { throw hidden(scalar) }
            if let spelling = spellings[scalar] {
                bytes += Array(spelling.utf8)
            } else if scalar.value >= 0xFF01, scalar.value <= 0xFF5E {
                // Full-width forms of ASCII.
                bytes.append(UInt8(scalar.value - 0xFF01 + 0x21))
            } else if scalar.properties.isWhitespace {
                bytes.append(UInt8(ascii: " "))
            } else if !isIgnorable(scalar) {
                bytes += Array(String(scalar).utf8)
            }
        }
        return bytes
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    /// Control characters and marks of direction.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Characters without width that change nothing.
    private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060...0x2064, 0xFEFF, 0xFE00...0xFE0F: true
        default: false
        }
    }

    private static func hidden(_ scalar: Unicode.Scalar) -> GradingError {
        let number = String(scalar.value, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - number.count)) + number
        return GradingError(
            .hiddenCharacters,
            "An answer holds no characters that cannot be seen; got U+\(code). State the answer without it.")
    }

    private static let superscripts: [Unicode.Scalar: UInt8] = Dictionary(
        uniqueKeysWithValues: zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ".unicodeScalars, "0123456789-+n".utf8))

    private static let spellings: [Unicode.Scalar: String] = [
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "\\times ", "⋅": "\\cdot ", "·": "\\cdot ",
        "∙": "\\cdot ",
        "•": "\\cdot ", "∗": "*", "÷": "/", "∕": "/", "⁄": "/", "±": "\\pm ", "∓": "\\mp ", "√": "\\sqrt ",
        "∛": "\\sqrt[3]", "∜": "\\sqrt[4]", "∞": "\\infty ", "≤": "\\le ", "⩽": "\\le ", "≦": "\\le ", "≥": "\\ge ",
        "⩾": "\\ge ", "≧": "\\ge ", "≠": "\\ne ", "≈": "\\approx ", "≡": "\\equiv ", "∪": "\\cup ", "∩": "\\cap ",
        "∖": "\\setminus ", "∈": "\\in ", "∅": "\\emptyset ", "ø": "\\emptyset ", "ℝ": "\\mathbb{R}",
        "ℤ": "\\mathbb{Z}",
        "ℕ": "\\mathbb{N}", "ℚ": "\\mathbb{Q}", "ℂ": "\\mathbb{C}", "°": "^\\circ ", "º": "^\\circ ", "∘": "\\circ ",
        "¼": "\\frac{1}{4}", "½": "\\frac{1}{2}", "¾": "\\frac{3}{4}", "⅓": "\\frac{1}{3}", "⅔": "\\frac{2}{3}",
        "⅕": "\\frac{1}{5}", "⅖": "\\frac{2}{5}", "⅗": "\\frac{3}{5}", "⅘": "\\frac{4}{5}", "⅙": "\\frac{1}{6}",
        "⅚": "\\frac{5}{6}", "⅛": "\\frac{1}{8}", "⅜": "\\frac{3}{8}", "⅝": "\\frac{5}{8}", "⅞": "\\frac{7}{8}",
        "€": "\\euro ", "£": "\\pounds ", "¥": "\\yen ", "¢": "\\cent ", "₹": "\\rupees ", "′": "'", "’": "'", "‘": "'",
        "“": "\"", "”": "\"", "⟨": "\\langle ", "⟩": "\\rangle ", "〈": "\\langle ", "〉": "\\rangle ", "⌊": "\\lfloor ",
        "⌋": "\\rfloor ", "⌈": "\\lceil ", "⌉": "\\rceil ", "，": ",", "。": ".", "：": ":", "；": ";", "（": "(", "）": ")",
        "α": "\\alpha ", "β": "\\beta ", "γ": "\\gamma ", "δ": "\\delta ", "ε": "\\epsilon ", "θ": "\\theta ",
        "κ": "\\kappa ", "λ": "\\lambda ", "μ": "\\mu ", "ν": "\\nu ", "ξ": "\\xi ", "π": "\\pi ", "ρ": "\\rho ",
        "σ": "\\sigma ", "τ": "\\tau ", "φ": "\\phi ", "ϕ": "\\phi ", "χ": "\\chi ", "ψ": "\\psi ", "ω": "\\omega ",
        "Δ": "\\Delta ", "Ω": "\\Omega ", "Φ": "\\Phi ", "Θ": "\\Theta ", "Σ": "\\Sigma ", "₀": "_0", "₁": "_1",
        "₂": "_2",
        "₃": "_3", "₄": "_4", "₅": "_5", "₆": "_6", "₇": "_7", "₈": "_8", "₉": "_9",
    ]
}
