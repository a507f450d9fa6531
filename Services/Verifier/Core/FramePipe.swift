import Foundation

/// Sends and receives byte strings over two pipes, each after its length as four bytes, the lowest first.
struct FramePipe {
    private let input: FileHandle
    private let output: FileHandle

    /// The longest byte string that is read: a solution and its problem are far shorter.
    private static let longest = 64 << 20

    /// Takes the pipes over; neither end blocks from then on, and a reader that is gone is an error, not a signal.
    init(reading input: FileHandle, writing output: FileHandle) {
        self.input = input
        self.output = output
        signal(SIGPIPE, SIG_IGN)
        for handle in [input, output] {
            let flags = fcntl(handle.fileDescriptor, F_GETFL)
            _ = fcntl(handle.fileDescriptor, F_SETFL, flags | O_NONBLOCK)
        }
    }

    /// Writes one byte string.
    ///
    /// - Parameter deadline: nil for none.
    /// - Throws: `GradingProcessError`.
    func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant?) throws(GradingProcessError) {
        let length = UInt32(clamping: bytes.count).littleEndian
        let frame = withUnsafeBytes(of: length, Array.init) + bytes
        var done = 0
        while done < frame.count {
            try wait(for: output, POLLOUT, deadline)
            let count = frame[done...].withUnsafeBytes { buffer in
                Foundation.write(output.fileDescriptor, buffer.baseAddress, buffer.count)
            }
            guard count > 0 || errno == EAGAIN || errno == EINTR else { throw .ended }
            done += max(0, count)
        }
    }

    /// Reads one byte string.
    ///
    /// - Throws: `GradingProcessError`.
    func read(until deadline: ContinuousClock.Instant?) throws(GradingProcessError) -> [UInt8] {
        let head = try bytes(4, until: deadline)
        let length = head.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.longest else { throw .ended }
        return try bytes(length, until: deadline)
    }

    private func bytes(_ count: Int, until deadline: ContinuousClock.Instant?) throws(GradingProcessError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            try wait(for: input, POLLIN, deadline)
            // Of the whole array: a slice of it would be copied.
            let read = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
                return Foundation.read(input.fileDescriptor, rest.baseAddress, rest.count)
            }
            guard read > 0 || (read < 0 && (errno == EAGAIN || errno == EINTR)) else { throw .ended }
            done += max(0, read)
        }
        return bytes
    }

    private func wait(
        for handle: FileHandle, _ events: Int32, _ deadline: ContinuousClock.Instant?
    ) throws(GradingProcessError) {
        while true {
            var milliseconds: Int32 = -1
            if let deadline {
                let left = ContinuousClock.now.duration(to: deadline)
                guard left > .zero else { throw .late }
                milliseconds = Int32(
                    clamping: left.components.seconds * 1_000 + 1 + left.components.attoseconds / 1_000_000_000_000_000)
            }
            var poll = pollfd(fd: handle.fileDescriptor, events: Int16(events), revents: 0)
            let ready = Foundation.poll(&poll, 1, milliseconds)
            if ready > 0 { return }
            guard ready == 0 || errno == EINTR else { throw .ended }
        }
    }
}
