import Foundation

/// Writes a line on standard output at once, also into a pipe.
func show(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

/// Writes a remark on standard error, so that it is not in the way of what programs read.
func remark(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
