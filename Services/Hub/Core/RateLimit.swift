/// Lets so many of something pass in each period, and counts what it held back.
struct RateLimit {
    private let periodMilliseconds: Int64
    private let most: Int
    private var periodStart = Int64.min
    private var passed = 0
    private var heldBack = 0

    init(each periodMilliseconds: Int64, most: Int) {
        self.periodMilliseconds = periodMilliseconds
        self.most = most
    }

    /// Asks to pass.
    ///
    /// - Returns: how many were held back since the last one that passed; nil if this one is held back, too.
    mutating func admit(at milliseconds: Int64) -> Int? {
        if periodStart == .min || milliseconds - periodStart >= periodMilliseconds {
            periodStart = milliseconds
            passed = 0
        }
        guard passed < most else {
            heldBack += 1
            return nil
        }
        passed += 1
        defer { heldBack = 0 }
        return heldBack
    }
}
