internal import CKernels
public import Tokenization

/// Decodes many rollouts together: requests come at any time, and finished ones make room for waiting ones.
///
/// A rollout's tokens depend on the weights, the precision, the prompt, the settings and its seed, and on nothing else: not on
/// what else is in the batch, when it was admitted, or the number of threads. Not `Sendable`; one caller at a time.
///
/// - Source: Yu et al. 2022 (Orca) for batching by iteration; Kwon et al. 2023 (PagedAttention) for shared blocks.
public final class ContinuousBatch {
    /// The model that is sampled.
    public let model: Model
    /// The most rollouts that are decoded at once.
    public let slotCount: Int
    private let transformer: Transformer
    private let head: OutputHead
    private var activations: Activations
    private let keysAndValues: KeyValueBlocks
    private var blocks = BlockAllocator()
    private var waiting: [Waiting] = []
    private var running: [Continuation] = []
    private var requestCount = 0

    /// The rows of prompts that are computed together.
    private static let prefillRows = 2048

    /// A request of which some rollouts are not admitted yet.
    private struct Waiting {
        let id: Int
        let request: RolloutRequest
        var nextIndex = 0
        /// The blocks of all prompt tokens but the last, once they are computed or being computed.
        var table: [Int32]?
    }

    /// - Parameters:
    ///   - slotCount: rollouts decoded at once; 1 or more.
    ///   - precision: of the products' operands.
    ///   - packedFile: the file of the weights as products read them, which processes on one host share; it is made if it is not
    ///     there, and its name must tell the weights and the precision. Nil for a copy in memory of this process.
    ///   - threadCount: threads to compute with, the caller's among them; 1 or more.
    public convenience init(
        model: Model, slotCount: Int, precision: Precision = .fp32, packedFile: String? = nil, threadCount: Int
    ) {
        self.init(
            model: model, slotCount: slotCount, precision: precision, packedFile: packedFile, threadCount: threadCount,
            kernels: .best)
    }

    init(
        model: Model, slotCount: Int, precision: Precision, packedFile: String? = nil, threadCount: Int,
        kernels: Kernels
    ) {
        precondition(slotCount >= 1, "a batch of \(slotCount) slots")
        self.model = model
        self.slotCount = slotCount
        transformer = Transformer(
            shape: model.shape, parameters: model.parameters, precision: precision, packing: .once(file: packedFile),
            threadCount: threadCount, kernels: kernels)
        head = OutputHead(transformer)
        head.reserve(slotCount)
        activations = Activations(shape: model.shape, rowCapacity: slotCount, keeping: .nothing)
        keysAndValues = KeyValueBlocks(
            shape: model.shape, layerCount: model.shape.layerCount, precision: precision)
    }

    /// Why the weights are in memory of this process although a file for them was named; nil if they are in the file.
    public var sharingFailure: LanguageModelError? { transformer.projections.sharingFailure }

    /// The rollouts that are being decoded.
    public var runningCount: Int { running.count }

    /// The rollouts that wait for a slot.
    public var waitingCount: Int { waiting.reduce(0) { $0 + $1.request.seeds.count - $1.nextIndex } }

    /// The tokens that a rollout has so far; nil before it is admitted and after it has finished.
    public func tokens(ofRequest request: Int, index: Int) -> [Token]? {
        running.first { $0.request == request && $0.index == index }?.tokens
    }

    /// Whether there is nothing left to do.
    public var isEmpty: Bool { running.isEmpty && waiting.isEmpty }

    /// Blocks of the key-value cache that a rollout or a prompt refers to.
    var usedBlockCount: Int { blocks.usedCount }

    /// A free block; the cache grows when there is none, so that memory follows the lengths that are in fact decoded.
    private func allocateBlock() -> Int32 {
        if let block = blocks.allocate() { return block }
        let capacity = max(64, blocks.capacity + blocks.capacity / 2)
        keysAndValues.reserve(capacity)
        blocks.grow(to: capacity)
        guard let block = blocks.allocate() else { preconditionFailure("no free block of \(capacity)") }
        return block
    }

    /// Asks for rollouts; `step` admits them in the order of submission.
    ///
    /// - Returns: the number that the rollouts will carry: 0 for the first request, then one more each.
    /// - Throws: `invalidRequest` when the prompt is empty, fills the model's context, or has an unknown token.
    @discardableResult
    public func submit(_ request: RolloutRequest) throws(LanguageModelError) -> Int {
        guard (1..<model.shape.contextLength).contains(request.prompt.count) else {
            throw LanguageModelError(
                .invalidRequest,
                "A prompt must have 1 to \(model.shape.contextLength - 1) tokens, for the context holds "
                    + "\(model.shape.contextLength); it has \(request.prompt.count).")
        }
        if let token = request.prompt.first(where: { $0 < 0 || $0 >= model.shape.vocabularySize }) {
            throw LanguageModelError(
                .invalidRequest,
                "A prompt's tokens must be 0 to \(model.shape.vocabularySize - 1); one is \(token).")
        }
        defer { requestCount += 1 }
        if !request.seeds.isEmpty { waiting.append(Waiting(id: requestCount, request: request)) }
        return requestCount
    }

    /// Admits waiting rollouts to free slots, and advances every running rollout by one token.
    ///
    /// - Returns: the rollouts that this token finished, in the order of their admission.
    public func step() -> [DecodedRollout] {
        admit()
        guard !running.isEmpty else { return [] }
        var rows = Rows()
        for continuation in running {
            if continuation.position / KeyValueBlocks.tokensPerBlock == continuation.table.count {
                continuation.table.append(allocateBlock())
            }
            rows.append(
                tokens: [continuation.input], firstPosition: continuation.position, table: continuation.table)
        }
        forward(rows)
        draw()
        var finished: [DecodedRollout] = []
        running.removeAll { continuation in
            guard let finish = continuation.finish else { return false }
            for block in continuation.table { blocks.release(block) }
            finished.append(
                DecodedRollout(
                    request: continuation.request, index: continuation.index, tokens: continuation.tokens,
                    logProbabilities: continuation.logProbabilities, finish: finish))
            return true
        }
        return finished
    }

    /// Draws the next token of every running rollout.
    private func draw() {
        let running = running
        let (vocabulary, tokenizer, kernels) = (model.shape.vocabularySize, model.tokenizer, transformer.kernels)
        let positions = HeadPositions(rows: Array(running.indices))
        let final = activations.input(model.shape.layerCount)
        for chunk in head.chunks(positions.count) {
            head.computeLogits(positions, chunk: chunk, final: final) { position, logits in
                running[position].advance(
                    UnsafeBufferPointer(start: logits, count: vocabulary),
                    logSum: kernels.log_sum_exp(logits, vocabulary), kernels, isEnd: tokenizer.isEnd)
            }
        }
    }

    // MARK: Admission

    /// Fills free slots, computing each new prompt once, and gives each rollout its blocks.
    private func admit() {
        guard running.count < slotCount, !waiting.isEmpty else { return }
        var prompts = Rows()
        var admitted: [(continuation: Continuation, prefix: [Int32])] = []
        while running.count + admitted.count < slotCount, !waiting.isEmpty {
            let table = waiting[0].table ?? startPrompt(waiting[0].request.prompt, &prompts)
            waiting[0].table = table
            admitted.append((continuation(of: &waiting[0], table), table))
            if waiting[0].nextIndex == waiting[0].request.seeds.count {
                waiting.removeFirst()
                finishedPrefixes.append(table)
            }
        }
        if prompts.count > 0 { forward(prompts) }
        for (continuation, prefix) in admitted {
            // A block that the prompt fills in part is the rollout's own, for its first token goes there.
            if continuation.table.count < prefix.count {
                let block = allocateBlock()
                keysAndValues.copy(block: prefix[prefix.count - 1], to: block)
                continuation.table.append(block)
            }
            running.append(continuation)
        }
        for table in finishedPrefixes { for block in table { blocks.release(block) } }
        finishedPrefixes.removeAll(keepingCapacity: true)
    }

    /// Prefixes all of whose rollouts are admitted; their blocks are let go once the copies are made.
    private var finishedPrefixes: [[Int32]] = []

    private func continuation(of waiting: inout Waiting, _ prefix: [Int32]) -> Continuation {
        let full = (waiting.request.prompt.count - 1) / KeyValueBlocks.tokensPerBlock
        for block in prefix.prefix(full) { blocks.retain(block) }
        defer { waiting.nextIndex += 1 }
        return Continuation(
            request: waiting.id, index: waiting.nextIndex, asked: waiting.request,
            contextLength: model.shape.contextLength, table: Array(prefix.prefix(full)))
    }

    /// Adds the rows of a prompt, all but its last token, which each rollout computes as its first row.
    private func startPrompt(_ prompt: [Token], _ prompts: inout Rows) -> [Int32] {
        if prompts.count >= Self.prefillRows {
            forward(prompts)
            prompts = Rows()
        }
        let table = (0..<KeyValueBlocks.blockCount(tokens: prompt.count - 1)).map { _ in allocateBlock() }
        prompts.append(tokens: prompt.dropLast(), firstPosition: 0, table: table)
        return table
    }

    private func forward(_ rows: Rows) {
        // Contexts are long, and prompts are mostly short: room is made for those that come.
        if activations.rowCapacity < rows.count {
            activations = Activations(shape: model.shape, rowCapacity: rows.count, keeping: .nothing)
        }
        transformer.forward(rows, keysAndValues: keysAndValues, activations: activations)
    }
}
