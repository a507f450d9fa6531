/// A noun that can be counted, for one and for any other number.
struct Noun: Hashable, Sendable {
    let one: String
    let many: String

    init(_ one: String, _ many: String) {
        self.one = one
        self.many = many
    }

    /// The number with its noun, `1 apple` or `5 apples`.
    func count(_ number: Int) -> String { "\(number) \(number == 1 ? one : many)" }
}
