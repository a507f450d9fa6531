/// How the answer is found in a solution, from the strictest to the most lenient.
public enum AnswerRule: String, Sendable, CaseIterable {
    /// What stands on the last line of marks, `#### 42`, or none. Where the reference answer is an integer, an integer.
    case strict
    /// What stands on the last line of marks, else in the last `\boxed{}`, else behind the last "the answer is".
    case stated
    /// The integer on the last line of marks, else the last number if that is an integer. For policies that were never taught
    /// the line of marks.
    case lastNumber = "last-number"
    /// What is stated; else all of the text, if it is nothing but an answer; else its last mathematics; else its last number.
    case anywhere
}
