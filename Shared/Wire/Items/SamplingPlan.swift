import CEightfoldWire

/// How rollouts are decoded.
public struct SamplingPlan: WireValue {
    /// How many of each problem.
    public var rollouts: Int
    /// 0 is greedy.
    public var temperature: Float
    /// Nucleus mass; 1 is off.
    public var topP: Float
    /// Tokens kept; 0 is off.
    public var topK: Int
    /// The longest solution, in tokens.
    public var maximumTokens: Int

    /// Makes one; what is left out is empty.
    public init(rollouts: Int = 0, temperature: Float = 0, topP: Float = 0, topK: Int = 0, maximumTokens: Int = 0) {
        self.rollouts = rollouts
        self.temperature = temperature
        self.topP = topP
        self.topK = topK
        self.maximumTokens = maximumTokens
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<SamplingPlan>(
        "SamplingPlan", initialize: eightfold__v1__sampling_plan__init, empty: { SamplingPlan() },
        fields: [
            .count(\.rollouts, \.rollouts),
            .number(\.temperature, \.temperature),
            .number(\.topP, \.top_p),
            .count(\.topK, \.top_k),
            .count(\.maximumTokens, \.maximum_tokens),
        ])
}
