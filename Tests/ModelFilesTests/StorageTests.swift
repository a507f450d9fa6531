import Testing

@testable import ModelFiles

@Suite struct `Stored numbers` {
    private func decoded(_ bytes: [UInt8], _ storage: TensorStorage) -> [Float] {
        let count = bytes.count / storage.blockByteCount * storage.blockCount
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            bytes.withUnsafeBytes { storage.decode($0.baseAddress!, count: count, into: buffer.baseAddress!) }
            initialized = count
        }
    }

    private func encoded(_ floats: [Float], _ storage: TensorStorage) -> (bytes: [UInt8], wrong: Int?) {
        var wrong: Int?
        let bytes = [UInt8](unsafeUninitializedCapacity: storage.byteCount(floats.count)) { buffer, initialized in
            wrong = storage.encode(floats, count: floats.count, into: UnsafeMutableRawPointer(buffer.baseAddress!))
            initialized = buffer.count
        }
        return (bytes, wrong)
    }

    @Test(arguments: BlockFixtures.read)
    func `every storage is read as the reference package reads it`(fixture: BlockFixture) {
        #expect(bits(decoded(fixture.bytes, fixture.storage)) == bits(fixture.floats))
    }

    @Test func `every storage has a fixture`() {
        #expect(BlockFixtures.read.map(\.storage) == TensorStorage.allCases)
    }

    @Test func `Q8_0 is written as the reference package writes it`() {
        let fixture = BlockFixtures.written
        #expect(encoded(fixture.floats, .q80) == (fixture.bytes, nil))
    }

    @Test(arguments: TensorStorage.writable)
    func `what was read is written as it was`(storage: TensorStorage) throws {
        let fixture = try #require(BlockFixtures.read.first { $0.storage == storage })
        // A block of Q8_0 comes back where it uses its whole range; the fixture's random bytes do not.
        let bytes = storage == .q80 ? BlockFixtures.written.bytes : fixture.bytes
        let again = encoded(decoded(bytes, storage), storage)
        #expect(again.wrong == nil)
        // Equal as numbers: a scale of zero loses the sign of zeros.
        #expect(decoded(again.bytes, storage) == decoded(bytes, storage))
    }

    @Test func `a 16-bit float is the sign, the fraction and the power that its bits state`() {
        for pattern in UInt16.min...UInt16.max {
            let fraction = Double(pattern & 0x3ff)
            let exponent = Int(pattern >> 10 & 0x1f)
            let magnitude =
                exponent == 0
                ? fraction * 0x1p-24
                : (1 + fraction / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
            let value = HalfPrecision.float(pattern)
            if exponent == 31 {
                #expect(fraction == 0 ? value.magnitude == .infinity : value.isNaN, "pattern \(pattern)")
            } else {
                #expect(Double(value.magnitude) == magnitude, "pattern \(pattern)")
            }
            #expect(value.isNaN || value.sign == (pattern >> 15 == 0 ? .plus : .minus), "pattern \(pattern)")
        }
    }

    @Test(arguments: [TensorStorage.float16, .bfloat16])
    func `floats become the nearest pattern, and ties the even one`(storage: TensorStorage) {
        func bits(_ value: Float) -> UInt16 {
            storage == .float16 ? HalfPrecision.bits(value) : BrainFloat.bits(value)
        }
        func float(_ bits: UInt16) -> Float {
            storage == .float16 ? HalfPrecision.float(bits) : BrainFloat.float(bits)
        }
        let infinity: UInt16 = storage == .float16 ? 0x7c00 : 0x7f80
        for pattern in 0..<infinity {
            let low = float(pattern)
            // The step beyond the largest is as wide as the one before it, and infinity stands at its end.
            let step =
                pattern + 1 < infinity
                ? Double(float(pattern + 1)) - Double(low) : Double(low) - Double(float(pattern - 1))
            let middle = Float(Double(low) + step / 2)
            guard Double(middle) == Double(low) + step / 2 else { continue }
            let even = pattern & 1 == 0 ? pattern : pattern + 1
            #expect(bits(low) == pattern && bits(-low) == pattern | 0x8000, "pattern \(pattern)")
            #expect(bits(middle) == even && bits(-middle) == even | 0x8000, "pattern \(pattern)")
            #expect(bits(middle.nextDown) == pattern && bits(middle.nextUp) == pattern + 1, "pattern \(pattern)")
        }
        #expect(bits(.infinity) == infinity && bits(-.infinity) == infinity | 0x8000)
        #expect(float(bits(.nan)).isNaN)
        // A NaN whose upper bits alone would be infinity's.
        #expect(float(bits(Float(bitPattern: 0x7f80_0001))).isNaN)
    }

    @Test(arguments: [
        (TensorStorage.float16, [Float](repeating: 1, count: 40) + [65520], 40), (.float16, [1, .nan], 1),
        (.bfloat16, [0, .greatestFiniteMagnitude], 1), (.bfloat16, [-.infinity], 0),
        (.q80, [Float](repeating: 0, count: 63) + [65520 * 127], 32),
        (.q80, [.nan] + [Float](repeating: 0, count: 31), 0),
    ])
    func `numbers that are not finite once stored are found`(storage: TensorStorage, floats: [Float], wrong: Int) {
        #expect(encoded(floats, storage).wrong == wrong)
    }

    @Test func `the tiniest blocks of Q8_0 are zeros`() {
        let tiny = [Float](repeating: .leastNonzeroMagnitude, count: 32)
        #expect(encoded(tiny, .q80) == ([UInt8](repeating: 0, count: 34), nil))
    }

    @Test func `vectors stay 32-bit floats, and rows without whole blocks become 16-bit floats`() {
        #expect(TensorStorage.q80.fitting(sizes: [64]) == .float32)
        #expect(TensorStorage.q80.fitting(sizes: [64, 3]) == .q80)
        #expect(TensorStorage.q80.fitting(sizes: [48, 3]) == .float16)
        #expect(TensorStorage.bfloat16.fitting(sizes: [5, 3]) == .bfloat16)
    }

    @Test func `storages are known by the names that ggml gives them`() {
        #expect(TensorStorage.allCases.allSatisfy { TensorStorage(name: $0.name.lowercased()) == $0 })
        #expect(TensorStorage(name: "q4_0_4_4") == nil)
    }
}
