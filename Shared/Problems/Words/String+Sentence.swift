extension String {
    /// The text with a capital at its beginning.
    var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() }
}
