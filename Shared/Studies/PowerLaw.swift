import Foundation

/// error = scale · size^-exponent: how an error falls with the amount of data.
public struct PowerLaw: Sendable, Equatable {
    /// The error at size 1.
    public let scale: Double
    /// How fast it falls; papers.md section 1.1 has 0.05 to 0.15 for large models.
    public let exponent: Double

    /// Fits by least squares of the logarithms.
    ///
    /// - Parameter points: sizes above 0 with errors; an error of 0 has no logarithm and is left out.
    /// - Returns: nil without two different sizes.
    public init?(fitting points: [(size: Double, error: Double)]) {
        let line = Line(fitting: points.filter { $0.size > 0 && $0.error > 0 }.map { (log($0.size), log($0.error)) })
        guard let line else { return nil }
        scale = exp(line.intercept)
        exponent = -line.slope
    }

    /// The law with these numbers.
    public init(scale: Double, exponent: Double) {
        self.scale = scale
        self.exponent = exponent
    }

    /// The error at a size.
    public func error(at size: Double) -> Double { scale * pow(size, -exponent) }

    /// The size at which it has an error; nil where the error does not fall.
    public func size(atError error: Double) -> Double? {
        guard exponent > 0, error > 0 else { return nil }
        return pow(scale / error, 1 / exponent)
    }
}

/// accuracy = intercept + slope · ln(size): what MuggleMath reports of augmentation.
public struct LogLinear: Sendable, Equatable {
    /// The accuracy at size 1.
    public let intercept: Double
    /// What a size e times as large brings.
    public let slope: Double

    /// Fits by least squares; nil without two different sizes.
    public init?(fitting points: [(size: Double, accuracy: Double)]) {
        guard let line = Line(fitting: points.filter { $0.size > 0 }.map { (log($0.size), $0.accuracy) }) else {
            return nil
        }
        (intercept, slope) = (line.intercept, line.slope)
    }
}

/// y = intercept + slope · x by least squares.
struct Line {
    let intercept: Double
    let slope: Double

    init?(fitting points: [(x: Double, y: Double)]) {
        guard !points.isEmpty else { return nil }
        let count = Double(points.count)
        let meanX = points.reduce(0) { $0 + $1.x } / count
        let meanY = points.reduce(0) { $0 + $1.y } / count
        let spread = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
        guard spread > 1e-12 else { return nil }
        slope = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread
        intercept = meanY - slope * meanX
    }
}
