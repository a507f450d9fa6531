/// The check that the installed libzmq is safe to use.
public enum LibraryVersion {
    /// The oldest libzmq without known holes that need no key: CVE-2020-15166, GHSA-qq65-x72m-9wr8, GHSA-4p5v-h92w-6wxw.
    static let oldest = (major: 4, minor: 3, patch: 3)

    /// Throws `libraryTooOld` if the installed libzmq is older than 4.3.3; every executable calls it at start-up.
    public static func check() throws(MessagingError) {
        try check(ZMQ.version())
    }

    static func check(_ installed: (major: Int, minor: Int, patch: Int)) throws(MessagingError) {
        guard installed >= oldest else {
            throw MessagingError(
                .libraryTooOld,
                "libzmq must be \(oldest.major).\(oldest.minor).\(oldest.patch) or newer, because older ones can be "
                    + "attacked without a key; found \(installed.major).\(installed.minor).\(installed.patch). "
                    + "Install a newer libzmq (Debian: libzmq3-dev, brew: zeromq).")
        }
    }
}
