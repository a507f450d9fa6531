/// What Hugging Face files call the tensors of a Llama-family model.
enum HuggingFaceNames {
    private static let parts = [
        "attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
        "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj", "ffn_norm": "post_attention_layernorm",
        "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
    ]

    /// The name for that of a tensor of `ParameterLayout`, such as `blk.3.attn_q.weight`.
    static func name(of tensor: String) -> String {
        switch tensor {
        case "token_embd.weight": return "model.embed_tokens.weight"
        case "output_norm.weight": return "model.norm.weight"
        case "output.weight": return "lm_head.weight"
        default:
            let words = tensor.split(separator: ".")
            guard words.count == 4, let part = parts[String(words[2])] else {
                preconditionFailure("no Hugging Face name for \(tensor)")
            }
            return "model.layers.\(words[1]).\(part).weight"
        }
    }
}
