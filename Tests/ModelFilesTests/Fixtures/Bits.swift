/// The bits of floats, for comparisons that may not be lenient.
func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }
