/// A rule between values that is broken.
struct Conflict {
    /// From the section to the key that is named first in the message.
    let path: [String]

    /// Goes on after the path: "must …; got …. Remedy."
    let message: String

    init(_ path: String..., message: String) {
        self.path = path
        self.message = message
    }
}
