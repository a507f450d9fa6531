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

    /// The elements in an order that is drawn.
    ///
    /// - Source: Fisher and Yates's shuffle, as by Durstenfeld 1964.
    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for place in elements.indices.dropFirst().reversed() { elements.swapAt(place, draw(in: 0...place)) }
        return elements
    }
}
