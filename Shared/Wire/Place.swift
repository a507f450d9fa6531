/// Where a stored property lies in its struct.
///
/// A key path finds it once, when the table of fields is made; following one for each field of each message took more time
/// than all else that a message needs.
struct Place<Root, Leaf>: Sendable {
    private let offset: Int

    /// - Parameter path: to a stored property without observers, as all of messages and C structs are.
    init(_ path: KeyPath<Root, Leaf>) {
        guard let offset = MemoryLayout<Root>.offset(of: path) else {
            preconditionFailure("\(path) is no stored property")
        }
        self.offset = offset
    }

    /// The property of a struct that lies at `root`.
    func `in`(_ root: UnsafePointer<Root>) -> UnsafePointer<Leaf> {
        // `MemoryLayout.offset(of:)` is documented for this: the Leaf lies that far into a Root.
        (UnsafeRawPointer(root) + offset).assumingMemoryBound(to: Leaf.self)
    }

    /// The property of a struct that lies at `root`, to be written.
    func `in`(_ root: UnsafeMutablePointer<Root>) -> UnsafeMutablePointer<Leaf> {
        (UnsafeMutableRawPointer(root) + offset).assumingMemoryBound(to: Leaf.self)
    }
}
