/// What a frame 1 holds.
public enum MessageType: UInt32, Sendable, CaseIterable {
    case unspecified = 0
    case hello = 1, welcome, heartbeat, goodbye, stop
    case credit = 10, work, complete, fail, release, answer
    case blobPut = 20, blobGet, blobChunk
    case statusRequest = 30, status, command
}

/// What a peer of the hub is.
public enum Role: UInt32, Sendable, CaseIterable {
    case unspecified = 0, generator, sampler, verifier, advantage, learner
    case `operator` = 6
}

/// What an operator may tell the hub.
public enum CommandKind: UInt32, Sendable {
    case unspecified = 0, scaleSamplers, requeue, stopRun
}

/// The fate of a message.
public enum AnswerCode: UInt32, Sendable {
    case unspecified = 0
    /// It was done.
    case ok
    /// The same was committed before.
    case alreadyDone
    /// Nothing was changed.
    case refused
    /// The hub does not know the peer: say hello (again).
    case unknownSession
}
