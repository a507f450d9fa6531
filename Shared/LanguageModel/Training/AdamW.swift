internal import CKernels

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The settings of Adam with decoupled weight decay and a bound on the gradient's norm.
///
/// - Source: Loshchilov and Hutter 2019, algorithm 2.
public struct AdamW: Hashable, Sendable {
    /// The rate of each update.
    public var schedule: LearningRateSchedule
    /// The decay of the mean of gradients, in [0, 1).
    public var beta1: Float
    /// The decay of the mean of squared gradients, in [0, 1).
    public var beta2: Float
    /// Added to the root of the mean of squares.
    public var epsilon: Float
    /// The decay of matrices per unit of rate; norm gains never decay.
    public var weightDecay: Float
    /// The largest norm of the whole gradient, to which a larger one is scaled down; nil for no bound.
    public var gradientNormLimit: Float?

    /// The usual settings around a schedule.
    public init(
        schedule: LearningRateSchedule, beta1: Float = 0.9, beta2: Float = 0.95, epsilon: Float = 1e-8,
        weightDecay: Float = 0.1, gradientNormLimit: Float? = 1
    ) {
        self.schedule = schedule
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.gradientNormLimit = gradientNormLimit
    }
}

/// The optimiser's memory, in the layout of what is trained.
final class AdamWState {
    let first: FloatBuffer
    let second: FloatBuffer
    var updateCount = 0

    private static let chunk = 1 << 15

    private let kernels: Kernels

    init(count: Int, kernels: Kernels) {
        self.kernels = kernels
        first = FloatBuffer(count: count)
        second = FloatBuffer(count: count)
    }

    /// Changes the parameters by one update; by none if the gradient is not finite, as its norm then tells.
    func update(
        _ parameters: FloatBuffer, gradients: FloatBuffer, tensors: [ParameterLayout.Tensor], settings: AdamW,
        rate: Float?, pool: ThreadPool
    ) -> UpdateReport {
        let norm = norm(gradients, pool)
        let limit = settings.gradientNormLimit.map(Double.init) ?? .infinity
        let gradientScale = Float(norm > limit ? limit / norm : 1)
        let rate = rate ?? settings.schedule.rate(update: updateCount)
        guard norm.isFinite else {
            return UpdateReport(update: updateCount, learningRate: rate, gradientNorm: Float(norm), isClipped: false)
        }
        updateCount += 1
        let firstCorrection = 1 - pow(Double(settings.beta1), Double(updateCount))
        let secondCorrection = 1 - pow(Double(settings.beta2), Double(updateCount))
        let pieces = tensors.flatMap { tensor in
            stride(from: tensor.range.lowerBound, to: tensor.range.upperBound, by: Self.chunk).map {
                (start: $0, count: min(Self.chunk, tensor.range.upperBound - $0), decays: !tensor.isGain)
            }
        }
        pool.run(pieces.count) { index, _ in
            let piece = pieces[index]
            kernels.adamw(
                parameters.start + piece.start, first.start + piece.start, second.start + piece.start,
                gradients.start + piece.start, piece.count, gradientScale, settings.beta1, settings.beta2,
                settings.epsilon, Float(Double(rate) / firstCorrection), Float(1 / secondCorrection.squareRoot()),
                piece.decays ? rate * settings.weightDecay : 0)
        }
        return UpdateReport(
            update: updateCount, learningRate: rate, gradientNorm: Float(norm), isClipped: norm > limit)
    }

    /// The root of the sum of squares, added up in an order that does not depend on the thread count.
    private func norm(_ gradients: FloatBuffer, _ pool: ThreadPool) -> Double {
        let chunk = Self.chunk
        let pieces = (gradients.count + chunk - 1) / chunk
        var sums = [Double](repeating: 0, count: pieces)
        sums.withUnsafeMutableBufferPointer { sums in
            let start = sums.baseAddress
            pool.run(pieces) { index, _ in
                let first = index * chunk
                start?[index] = kernels.sum_of_squares(gradients.start + first, min(chunk, gradients.count - first))
            }
        }
        return sums.reduce(0, +).squareRoot()
    }
}
