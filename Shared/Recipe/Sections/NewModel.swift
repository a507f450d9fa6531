/// The shape of a model with random weights.
public struct NewModel: Sendable, Equatable {
    /// Channels of the residual stream, C.
    public var width = 128

    /// Transformer blocks.
    public var layers = 4

    /// Query heads; each is `width / heads` channels wide.
    public var heads = 4

    /// Key and value heads; each serves `heads / keyValueHeads` query heads.
    public var keyValueHeads = 4

    /// Channels inside a feed-forward block.
    public var feedForwardWidth = 344

    /// Tokens of problem and solution together.
    public var contextLength = 256

    /// The default shape, 0.8 million parameters.
    public init() {}
}

extension NewModel: RecipeSection {
    static var keys: [Key<NewModel>] {
        [
            .value("width", \.width, .integer(8...16_384), "Channels of the residual stream."),
            .value("layers", \.layers, .integer(1...256), "Transformer blocks."),
            .value("heads", \.heads, .integer(1...256), "Query heads; width must be a multiple of twice this number."),
            .value(
                "key_value_heads", \.keyValueHeads, .integer(1...256),
                "Key and value heads; fewer than heads is grouped-query attention."),
            .value(
                "feed_forward_width", \.feedForwardWidth, .integer(8...65_536), "Channels inside a feed-forward block."),
            .value(
                "context_length", \.contextLength, .integer(16...131_072), "Tokens of problem and solution together."),
        ]
    }

    var conflicts: [Conflict] {
        var found: [Conflict] = []
        if !width.isMultiple(of: 2 * heads) {
            found.append(
                Conflict(
                    "width",
                    message:
                        "must be a multiple of twice heads, because rotary positions turn pairs of a head's channels; "
                        + "got \(width) with \(heads) heads. Try \(max(1, width / (2 * heads)) * 2 * heads)."))
        }
        if !heads.isMultiple(of: keyValueHeads) {
            found.append(
                Conflict(
                    "key_value_heads",
                    message: "must divide heads; got \(keyValueHeads) with \(heads) heads. Try \(heads)."))
        }
        return found
    }
}
