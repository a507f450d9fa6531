/// The sizes of a Llama-family transformer: everything that fixes the number and the layout of its parameters.
public struct ModelShape: Hashable, Sendable {
    /// V: the number of tokens that the model tells apart.
    public let vocabularySize: Int
    /// The most tokens of one sequence, prompt and continuation together.
    public let contextLength: Int
    /// C: the length of the vector that each token becomes.
    public let width: Int
    /// L: the number of transformer blocks.
    public let layerCount: Int
    /// H: the number of query heads; divides `width`.
    public let headCount: Int
    /// G: the number of key-value heads; divides `headCount`.
    public let keyValueHeadCount: Int
    /// F: the inner length of the SwiGLU feed-forward part.
    public let feedForwardWidth: Int
    /// The base of the rotary positions' wavelengths.
    public let ropeTheta: Float
    /// How the rotary positions are stretched.
    public let ropeScaling: RopeScaling
    /// Added to the mean square before its root in RMSNorm.
    public let normEpsilon: Float
    /// Whether the output matrix is the token embedding.
    public let tiesEmbeddings: Bool

    /// Checks the sizes against each other.
    ///
    /// - Throws: `invalidShape` when a size is not positive, when heads do not divide, when a head's width is odd,
    ///   when the scaling of positions has no meaning, or when the parameters would number more than 2^40.
    public init(
        vocabularySize: Int, contextLength: Int, width: Int, layerCount: Int, headCount: Int, keyValueHeadCount: Int,
        feedForwardWidth: Int, ropeTheta: Float = 10_000, ropeScaling: RopeScaling = .none, normEpsilon: Float = 1e-5,
        tiesEmbeddings: Bool = true
    ) throws(LanguageModelError) {
        let sizes: [(name: String, value: Int)] = [
            ("vocabularySize", vocabularySize), ("contextLength", contextLength), ("width", width),
            ("layerCount", layerCount), ("headCount", headCount), ("keyValueHeadCount", keyValueHeadCount),
            ("feedForwardWidth", feedForwardWidth),
        ]
        for (name, value) in sizes where !(1...Self.largestSize).contains(value) {
            throw LanguageModelError(
                .invalidShape, "A model's \(name) must be between 1 and \(Self.largestSize); it is \(value).")
        }
        guard width % headCount == 0, (width / headCount) % 2 == 0 else {
            throw LanguageModelError(
                .invalidShape,
                "A model's width must be an even multiple of its headCount, for rotary positions turn pairs; "
                    + "width is \(width) and headCount \(headCount).")
        }
        guard headCount % keyValueHeadCount == 0 else {
            throw LanguageModelError(
                .invalidShape,
                "A model's headCount must be a multiple of its keyValueHeadCount; they are \(headCount) and "
                    + "\(keyValueHeadCount).")
        }
        guard ropeTheta.isFinite, ropeTheta > 0, normEpsilon.isFinite, normEpsilon > 0 else {
            throw LanguageModelError(
                .invalidShape,
                "A model's ropeTheta and normEpsilon must be positive; they are \(ropeTheta) and \(normEpsilon).")
        }
        try ropeScaling.check()
        self.vocabularySize = vocabularySize
        self.contextLength = contextLength
        self.width = width
        self.layerCount = layerCount
        self.headCount = headCount
        self.keyValueHeadCount = keyValueHeadCount
        self.feedForwardWidth = feedForwardWidth
        self.ropeTheta = ropeTheta
        self.ropeScaling = ropeScaling
        self.normEpsilon = normEpsilon
        self.tiesEmbeddings = tiesEmbeddings
        // Doubles cannot overflow here: 2^24 squared times 2^24 is far below their range.
        let perLayer = Double(width) * Double(2 * width + 2 * keyValueWidth + 3 * feedForwardWidth + 2)
        let total = Double(layerCount) * perLayer + 2 * Double(vocabularySize) * Double(width)
        guard total < 0x1p40 else {
            throw LanguageModelError(
                .invalidShape, "A model may have at most 2^40 parameters; these sizes give about \(total).")
        }
    }

    /// The largest value of one size; products of two stay far from overflow.
    static let largestSize = 1 << 24

    /// D: the width of one head.
    public var headWidth: Int { width / headCount }

    /// The width of all keys, or all values, of one token.
    public var keyValueWidth: Int { keyValueHeadCount * headWidth }

    /// The width of a token's queries, keys and values together.
    var queryKeyValueWidth: Int { width + 2 * keyValueWidth }

    /// The number of trainable numbers.
    public var parameterCount: Int { ParameterLayout(self).count }
}

extension ModelShape {
    /// What scores are multiplied by: 1 / √D.
    var attentionScale: Float { 1 / Float(headWidth).squareRoot() }
}
