import Basics

extension SeededGenerator {
    /// Draws a number in the range, uniform to within 2^-40 of its share for the ranges of this module.
    ///
    /// Not `Int.random(in:using:)`: how that consumes bits is not promised to stay, and every problem would change.
    mutating func draw(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next().multipliedFullWidth(by: UInt64(range.count)).high)
    }

    /// Draws one element of a collection that has at least one.
    mutating func draw<Element>(from elements: [Element]) -> Element {
        elements[draw(in: 0...(elements.count - 1))]
    }
}
