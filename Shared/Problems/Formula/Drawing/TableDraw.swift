import Basics
import Mathematics

/// Draws tables.
enum TableDraw {
    /// A table of so many columns and rows: a text column of three, two of five or more, and numbers in the others, in any
    /// order.
    static func table(
        columns count: Int, rows: Int, values: ClosedRange<Int>, _ generator: inout SeededGenerator
    ) -> FormulaTable {
        let textCount = count < 3 ? 0 : count < 5 ? 1 : 2
        let texts = generator.shuffled(words).prefix(textCount)
        let columns =
            texts.map { Column(name: $0.name, words: $0.words) }
            + generator.shuffled(numbers).prefix(count - textCount).map { Column(name: $0, words: []) }
        let order = generator.shuffled(columns)
        let cells = (0..<rows).map { _ in
            order.map { column -> FormulaValue in
                column.words.isEmpty
                    ? .number(Rational(generator.draw(in: values))) : .text(generator.draw(from: column.words))
            }
        }
        return FormulaTable(columns: order.map(\.name), rows: cells)
    }

    private struct Column {
        let name: String
        let words: [String]
    }

    private static let numbers = [
        "price", "cost", "stock", "hours", "weight", "score", "fee", "age", "speed", "orders", "visits", "points",
    ]

    private static let words: [(name: String, words: [String])] = [
        ("city", ["Oslo", "Rome", "Lima", "Paris", "Cairo", "Delhi", "Quito", "Berlin"]),
        ("item", ["pen", "cup", "lamp", "chair", "desk", "ring", "scarf", "brush"]),
        ("name", ["Ann", "Ben", "Carla", "Dmitri", "Eve", "Farid", "Grace", "Hugo"]),
        ("team", ["red", "blue", "green", "amber", "white", "black", "violet", "gold"]),
    ]
}
