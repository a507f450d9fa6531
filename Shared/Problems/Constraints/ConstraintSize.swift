/// What a problem is asked to have.
struct ConstraintSize: Hashable, Sendable {
    let variables: Int
    let splits: Int
    let distractors: Int
}
