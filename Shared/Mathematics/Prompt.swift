/// The text that a policy continues: the question and the end of its line.
///
/// - Parameter question: one or more lines without a newline at the end.
public func prompt(for question: some StringProtocol) -> String {
    question + "\n"
}
