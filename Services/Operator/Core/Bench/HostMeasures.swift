import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a measurement asks of the operating system.
public enum HostMeasures {
    /// The processor and how many there are: `AMD EPYC, 2 cores`.
    public static var processor: String {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return "\(name?.trimmingCharacters(in: .whitespaces) ?? "unknown processor"), \(cores) cores"
    }

    /// The most memory that this process has held, mapped files included, in bytes.
    static var peakBytes: Int {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            // Linux counts in kibibytes (getrusage(2)).
            return usage.ru_maxrss * 1_024
        #else
            getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss
        #endif
    }

    /// The free space of the disk that a folder is on, in bytes.
    static func freeBytes(in folder: URL) throws -> Int {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
        guard let free = attributes[.systemFreeSize] as? NSNumber else {
            throw BenchError("The system does not tell how much space is free in \(folder.path).")
        }
        return free.intValue
    }

    /// How often a second a page is written and synced in a folder: the most durable commits that the disk could make.
    static func syncsPerSecond(in folder: URL, for duration: Duration) throws -> Double {
        let path = folder.appendingPathComponent("sync").path
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0 else { throw BenchError("\(path) could not be made: \(String(cString: strerror(errno))).") }
        defer {
            close(file)
            unlink(path)
        }
        let page = [UInt8](repeating: 1, count: 4_096)
        let start = ContinuousClock.now
        var count = 0
        while .now - start < duration {
            guard write(file, page, page.count) == page.count, fsync(file) == 0 else {
                throw BenchError("\(path) could not be written: \(String(cString: strerror(errno))).")
            }
            count += 1
        }
        return Double(count) / (.now - start).inSeconds
    }

    /// The processor time that a process has used, in seconds; nil where the system has no /proc to tell it.
    static func processorSeconds(of process: Int32) -> Double? {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        // After the name come the state, ten numbers, and then the ticks in user and in system mode (proc_pid_stat(5)).
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Lets this process and its children open so many files.
    static func allowOpenFiles(_ count: Int) throws {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        getrlimit(resource, &limit)
        guard limit.rlim_cur < rlim_t(count) else { return }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(count))
        guard limit.rlim_cur == rlim_t(count), setrlimit(resource, &limit) == 0 else {
            throw BenchError("So many workers need \(count) open files. Raise the limit: ulimit -n \(count).")
        }
    }
}

extension Duration {
    /// With the fraction.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
