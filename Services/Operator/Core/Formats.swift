import Foundation

extension String {
    /// Itself with blanks up to a width, at least one.
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}

/// A share in percent, with one decimal.
func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10)%" }

extension Double {
    /// Rounded to a whole number, as text, however large.
    var whole: String { String(format: "%.0f", self) }
}
