/// What a low-rank adapter changes of a model, and how far.
///
/// - Source: Hu et al. 2021 (LoRA), section 4.1: the weights in use are W + (alpha / rank) · B · A.
public struct AdapterSettings: Hashable, Sendable {
    /// r: the inner length of the two factors.
    public let rank: Int
    /// What the product of the factors is multiplied by, times the rank.
    public let alpha: Float
    /// The matrices of each layer that have factors, in the order of `AdapterTarget.allCases`.
    public let targets: [AdapterTarget]

    /// Names an adapter.
    ///
    /// - Throws: `invalidShape` when the rank is not between 1 and 4096, alpha is not positive, or no target is named.
    public init(rank: Int, alpha: Float, targets: Set<AdapterTarget>) throws(LanguageModelError) {
        guard (1...4096).contains(rank), alpha.isFinite, alpha > 0, !targets.isEmpty else {
            throw LanguageModelError(
                .invalidShape,
                "An adapter must have a rank of 1 to 4096, an alpha above 0 and at least one target; it has rank \(rank), "
                    + "alpha \(alpha) and \(targets.count) targets.")
        }
        self.rank = rank
        self.alpha = alpha
        self.targets = AdapterTarget.allCases.filter(targets.contains)
    }

    /// alpha / rank.
    var scale: Float { alpha / Float(rank) }
}

/// A matrix of a layer that an adapter can change, by the name that PEFT gives it.
public enum AdapterTarget: String, CaseIterable, Sendable {
    /// Queries.
    case query = "q_proj"
    /// Keys.
    case key = "k_proj"
    /// Values.
    case value = "v_proj"
    /// Attention's output.
    case attentionOutput = "o_proj"
    /// The gate of the feed-forward part.
    case gate = "gate_proj"
    /// The other input of the feed-forward part.
    case up = "up_proj"
    /// The output of the feed-forward part.
    case down = "down_proj"

    /// The matrix's name in GGUF files, between `blk.N.` and `.weight`.
    var tensorName: String {
        switch self {
        case .query: "attn_q"
        case .key: "attn_k"
        case .value: "attn_v"
        case .attentionOutput: "attn_output"
        case .gate: "ffn_gate"
        case .up: "ffn_up"
        case .down: "ffn_down"
        }
    }
}
