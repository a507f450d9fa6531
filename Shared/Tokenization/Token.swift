/// The number of a token: its place in the model's vocabulary.
public typealias Token = Int32
