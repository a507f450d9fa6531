/// A way to tell a calculation in words; each phrase is what stands before and after its number.
struct ArithmeticStory: Sendable {
    typealias Phrase = (before: String, after: String)

    let opening: String
    /// The thing counted, for a start of one and for any other.
    let thing: (one: String, many: String)
    let gain: Phrase
    let loss: Phrase
    let multiple: Phrase
    let question: String

    func tell(_ calculation: Calculation) -> String {
        var text = "\(opening) \(calculation.start) \(calculation.start == 1 ? thing.one : thing.many)"
        for step in calculation.steps {
            let phrase: Phrase =
                switch step.operation {
                case .add: gain
                case .subtract: loss
                case .multiply: multiple
                }
            text += ", \(phrase.before) \(step.operand)\(phrase.after)"
        }
        return text + question
    }

    static let all = [
        ArithmeticStory(
            opening: "Ann has", thing: ("pen", "pens"), gain: ("gets", ""), loss: ("loses", ""),
            multiple: ("then has", " times that"), question: ". How many?"),
        ArithmeticStory(
            opening: "A box holds", thing: ("nut", "nuts"), gain: ("plus", " put in"), loss: ("less", " taken out"),
            multiple: ("all times", ""), question: ". Nuts now?"),
        ArithmeticStory(
            opening: "Ben saw", thing: ("bird", "birds"), gain: ("then", " came"), loss: ("then", " left"),
            multiple: ("then", " times as many"), question: ". Birds now?"),
    ]
}
