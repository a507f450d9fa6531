import Testing

@testable import LanguageModel

@Suite struct `Model shape` {
    @Test func `the parameters are counted by hand`() {
        // 257·32 + 2 · (32·(32+16+16) + 32·32 + 3·32·48 + 64) + 32
        #expect(TestShapes.grouped.parameterCount == 8224 + 2 * (2048 + 1024 + 4608 + 64) + 32)
    }

    @Test(arguments: [
        (0, 8, 4, 1, 2, 1, 3), (9, 0, 4, 1, 2, 1, 3), (9, 8, 5, 1, 2, 1, 3), (9, 8, 6, 1, 2, 1, 3),
        (9, 8, 12, 1, 3, 2, 3), (9, 8, 4, 1, 2, 1, -1), (1 << 24, 8, 1 << 24, 1, 2, 1, 3), (Int.max, 8, 4, 1, 2, 1, 3),
    ])
    func `sizes that do not fit are refused`(
        vocabulary: Int, context: Int, width: Int, layers: Int, heads: Int, keyValueHeads: Int, inner: Int
    ) {
        let error = #expect(throws: LanguageModelError.self) {
            try ModelShape(
                vocabularySize: vocabulary, contextLength: context, width: width, layerCount: layers, headCount: heads,
                keyValueHeadCount: keyValueHeads, feedForwardWidth: inner)
        }
        #expect(error?.code == .invalidShape)
    }
}
