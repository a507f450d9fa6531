/// The order of the rows of query and key matrices within one head.
///
/// Rotary positions turn pairs of rows. GGUF files and this engine keep a pair side by side (2i, 2i + 1); Hugging Face
/// files keep it half a head apart (i, i + D/2).
enum RotaryOrder {
    /// Whether the order matters to this tensor, by its GGUF name.
    static func applies(to name: String) -> Bool {
        name.hasSuffix(".attn_q.weight") || name.hasSuffix(".attn_k.weight")
    }

    /// For each row of a Hugging Face matrix, the row that it is here.
    static func rows(count: Int, headWidth: Int) -> [Int] {
        (0..<count).map { row in
            let (head, place) = row.quotientAndRemainder(dividingBy: headWidth)
            let (half, pair) = place.quotientAndRemainder(dividingBy: headWidth / 2)
            return head * headWidth + 2 * pair + half
        }
    }

    /// Moves the rows of a Hugging Face matrix to where they are here.
    static func interleave(_ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int, headWidth: Int) {
        let order = Self.rows(count: headWidth, headWidth: headWidth)
        let head = UnsafeMutablePointer<Float>.allocate(capacity: headWidth * columns)
        defer { head.deallocate() }
        for start in stride(from: 0, to: rows, by: headWidth) {
            let target = matrix + start * columns
            head.update(from: target, count: headWidth * columns)
            for (row, place) in order.enumerated() {
                (target + place * columns).update(from: head + row * columns, count: columns)
            }
        }
    }
}
