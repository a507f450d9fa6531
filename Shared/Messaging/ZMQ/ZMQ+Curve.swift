import CZMQ

extension ZMQ {
    /// A new public and secret key, each as 40 characters of Z85.
    static func curveKeypair() throws(Failure) -> (public: String, secret: String) {
        var publicKey = [CChar](repeating: 0, count: 41)
        var secretKey = [CChar](repeating: 0, count: 41)
        try check(zmq_curve_keypair(&publicKey, &secretKey))
        return (
            publicKey.withUnsafeBufferPointer { String(cString: $0.baseAddress!) },
            secretKey.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        )
    }

    /// The public key that belongs to a secret one, both as 40 characters of Z85.
    static func curvePublic(_ secret: String) throws(Failure) -> String {
        var publicKey = [CChar](repeating: 0, count: 41)
        try check(zmq_curve_public(&publicKey, secret))
        return publicKey.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// The 40 Z85 characters of a key's 32 bytes.
    static func z85Encode(_ bytes: [UInt8]) -> String {
        precondition(bytes.count == 32, "a key has 32 bytes, not \(bytes.count)")
        var text = [CChar](repeating: 0, count: 41)
        _ = zmq_z85_encode(&text, bytes, bytes.count)  // Fails only for a length that 4 does not divide.
        return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// The 32 bytes of a key; nil if the text is not 40 characters of Z85.
    static func z85Decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count == 40 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 32)
        guard zmq_z85_decode(&bytes, text) != nil else { return nil }
        return bytes
    }
}
