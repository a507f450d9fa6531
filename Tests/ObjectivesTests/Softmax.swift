import Foundation

/// The logarithm of the softmax.
func logSoftmax(_ logits: [Double]) -> [Double] {
    let greatest = logits.max()!
    let total = log(logits.reduce(0) { $0 + exp($1 - greatest) }) + greatest
    return logits.map { $0 - total }
}

/// e to the power of each element.
func exponentials(_ exponents: [Double]) -> [Double] { exponents.map { exp($0) } }
