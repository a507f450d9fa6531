#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A short private folder for the socket files of one run, which nobody else can enter.
///
/// A lock on a file in it says that its process lives; the lock goes with the process, however that ends, so a folder
/// whose lock is free is stale, and the next run removes it.
public final class RuntimeDirectory: Sendable {
    private static let prefix = "eightfold-"
    private static let lockName = "lock"

    /// The absolute path; at most `longestBase` bytes and 17 more.
    public let path: String
    private let lock: CInt

    /// A longer base folder could make a socket's path longer than `Endpoint.longestPath`.
    static let longestBase = 60

    /// Makes the folder, mode 0700, in `$XDG_RUNTIME_DIR`, or in /tmp if that is not set or too long; removes stale ones
    /// first.
    public convenience init() throws(MessagingError) {
        try self.init(base: Self.base)
    }

    /// The folder that it is made in.
    private static var base: String {
        let base = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) } ?? ""
        let isUsable = base.hasPrefix("/") && base.utf8.count <= longestBase && access(base, W_OK) == 0
        return isUsable ? base : "/tmp"
    }

    /// The path as it will be, with question marks for what is drawn at random when it is made.
    public static var pattern: String { "\(base)/\(prefix)??????" }

    init(base: String) throws(MessagingError) {
        Self.removeStale(in: base)
        // It gets its name only when it is locked, so that no other run can find it without a lock and remove it.
        var template = Array("\(base)/.\(Self.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw FileSystem.failure("A folder in \(base) could not be made") }
        let unlocked = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        path = "\(base)/\(Self.prefix)\(unlocked.suffix(6))"
        let lock = open("\(unlocked)/\(Self.lockName)", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, rename(unlocked, path) == 0 else {
            let error = FileSystem.failure("The folder \(path) could not be made")
            if lock >= 0 { close(lock) }
            Self.removeFolder(unlocked)
            throw error
        }
        self.lock = lock
    }

    deinit {
        remove()
        close(lock)
    }

    /// An endpoint in the folder, for example `ipc:///run/user/1000/eightfold-a1B2c3/hub`.
    ///
    /// - Throws: `invalidEndpoint` when the name makes the path too long.
    public func endpoint(_ name: String) throws(MessagingError) -> Endpoint {
        try Endpoint.checkedIPC(path: "\(path)/\(name)")
    }

    /// Removes the folder and its socket files; doing it twice, or after somebody else did, is allowed.
    public func remove() {
        Self.removeFolder(path)
    }

    private static func removeStale(in base: String) {
        // A folder that cannot be listed has nothing that could be removed either.
        for name in (try? FileSystem.names(in: base)) ?? [] where name.hasPrefix(prefix) {
            let folder = "\(base)/\(name)"
            var status = stat()
            // Only real folders of this user that nobody else can enter: /tmp is everybody's.
            guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
                status.st_mode & 0o777 == 0o700
            else { continue }
            let lock = open("\(folder)/\(lockName)", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
            guard lock >= 0 else { continue }
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { removeFolder(folder) }
            close(lock)
        }
    }

    /// Removes the files in a folder, which has no folders in it, and then the folder. Failures leave something stale,
    /// which the next run removes.
    private static func removeFolder(_ path: String) {
        for name in (try? FileSystem.names(in: path)) ?? [] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}
