/// What watching a tap brings.
public enum TapEvent: Sendable {
    /// A message.
    case line(TapLine)
    /// So many messages more were lost, because this reader or its connection was too slow. The run did not wait.
    case lost(UInt64)
}
