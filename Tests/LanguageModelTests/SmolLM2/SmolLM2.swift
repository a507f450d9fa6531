import Foundation

@testable import LanguageModel

/// The real model that the tests compare with, where `deploy/fetch-model.sh` put it.
enum SmolLM2 {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let path =
        ProcessInfo.processInfo.environment["EIGHTFOLD_MODEL"]
        ?? root.appending(path: "models/smollm2-135m.gguf").path

    static let isHere = FileManager.default.fileExists(atPath: path)

    static let remedy =
        "models/smollm2-135m.gguf is not here: run deploy/fetch-model.sh smollm2-135m, or set EIGHTFOLD_MODEL"

    /// The model; read once. Asked for only where it is.
    static let model: Result<Model, LanguageModelError> = Result { () throws(LanguageModelError) in
        try Model.load(path)
    }

    /// Files of reference values: ours, and those that lie beside a checkout, if any.
    static let references: [URL] = {
        let ours = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/smollm2_reference.json")
        let shared =
            ProcessInfo.processInfo.environment["EIGHTFOLD_ORACLE"].map { URL(filePath: $0) }
            ?? root.appending(path: "../shared/oracle/smollm2_reference.json").standardizedFileURL
        return [ours] + [shared].filter { FileManager.default.fileExists(atPath: $0.path) }
    }()
}

/// What an independent program computed from the same weights; `Tests/Peers/make_smollm2_reference.py` says how.
struct SmolLM2Reference: Decodable {
    struct Prompt: Decodable {
        let user: String
        let tokenIDs: [Int32]
        let pytorch: Logits
        let greedy: [Int32]

        enum CodingKeys: String, CodingKey {
            case user, pytorch
            case tokenIDs = "token_ids"
            case greedy = "greedy32_pytorch"
        }
    }

    struct Logits: Decodable {
        let first16: [Float]
        let argmax: Int
        let logsumexp: Float
    }

    struct Continuation: Decodable {
        let promptIndex: Int
        let tokenIDs: [Int32]
        let logProbabilities: [Float]

        enum CodingKeys: String, CodingKey {
            case promptIndex = "prompt_index"
            case tokenIDs = "token_ids"
            case logProbabilities = "logprobs_pytorch"
        }
    }

    struct Gradients: Decodable {
        let total: Double
        let groups: [String: Double]
        let parameters: [String: Double]

        enum CodingKeys: String, CodingKey {
            case total = "total_norm"
            case groups = "norm_per_group"
            case parameters = "norm_per_parameter"
        }
    }

    struct Weights: Decodable {
        let sum: Double
        let sumsq: Double
        let first4: [Float]
    }

    struct Adapter: Decodable {
        let rank: Int
        let alpha: Float
        let targets: [String]
        let logProbabilities: [Float]
        let gradients: Gradients

        enum CodingKeys: String, CodingKey {
            case rank, alpha, targets
            case logProbabilities = "logprobs_pytorch"
            case gradients = "gradients_of_sum_nll_over_continuation"
        }
    }

    let prompts: [Prompt]
    let continuation: Continuation
    let gradients: Gradients
    let lossAfterOneStep: [String: Float]
    let weights: [String: Weights]
    let adapter: Adapter?
    let tokenizer: [String: [Int32]]?

    enum CodingKeys: String, CodingKey {
        case prompts, continuation, adapter
        case gradients = "gradients_of_sum_nll_over_continuation"
        case lossAfterOneStep = "sum_nll_after_one_step"
        case weights = "weights_check"
        case tokenizer = "tokenizer_llama_cpp"
    }

    init(_ file: URL) throws {
        self = try JSONDecoder().decode(SmolLM2Reference.self, from: try Data(contentsOf: file))
    }
}
