/// Something that may happen or not, on which a statement depends.
enum Event: String, Hashable, Sendable, CaseIterable {
    case rain = "it rains"
    case sun = "the sun shines"
    case holiday = "it is a holiday"
    case visit = "a guest comes"
    case music = "the band plays"

    /// The sentence that says whether it happens, without its full stop.
    func said(happens: Bool) -> String {
        if happens { return rawValue }
        return switch self {
        case .rain: "it does not rain"
        case .sun: "the sun does not shine"
        case .holiday: "it is not a holiday"
        case .visit: "no guest comes"
        case .music: "the band does not play"
        }
    }
}
