"""A GGUF model of the Llama family in transformers, in fp32, with a tokenizer and a chat template built from the file.

Written from the formats alone, so that its values are independent of the engine. Needs torch, transformers, tokenizers,
gguf, numpy and jinja2 (requirements-full.txt).
"""

import gguf
import jinja2
import numpy
import tokenizers
import torch
import transformers
from tokenizers import decoders, models, pre_tokenizers

SPECIAL = gguf.TokenType.CONTROL

# The names of GGUF on the left, of Hugging Face on the right.
NAMES = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}


def gguf_rows(weight, heads):
    """The rows of a query or key matrix in GGUF's order (rotary pairs side by side), of those in Hugging Face's (halves)."""
    return weight.reshape(heads, 2, -1, weight.shape[-1]).swapaxes(1, 2).reshape(weight.shape)


def hugging_face_rows(weight, heads):
    """The opposite of `gguf_rows`."""
    return weight.reshape(heads, -1, 2, weight.shape[-1]).swapaxes(1, 2).reshape(weight.shape)


class GGUFModel:
    """What a GGUF file holds; `fields` is its metadata as plain values."""

    def __init__(self, path):
        self.reader = gguf.GGUFReader(path)
        self.fields = {name: field.contents() for name, field in self.reader.fields.items()}
        self.heads = self.fields["llama.attention.head_count"]
        self.key_value_heads = self.fields["llama.attention.head_count_kv"]

    def model(self):
        """A LlamaForCausalLM with the file's weights, dequantised to fp32."""
        tensors = dict(self._weights())
        config = transformers.LlamaConfig(
            vocab_size=len(self.fields["tokenizer.ggml.tokens"]),
            hidden_size=self.fields["llama.embedding_length"],
            intermediate_size=self.fields["llama.feed_forward_length"],
            num_hidden_layers=self.fields["llama.block_count"],
            num_attention_heads=self.heads,
            num_key_value_heads=self.key_value_heads,
            max_position_embeddings=self.fields["llama.context_length"],
            rms_norm_eps=self.fields["llama.attention.layer_norm_rms_epsilon"],
            rope_parameters={"rope_type": "default", "rope_theta": self.fields["llama.rope.freq_base"]},
            tie_word_embeddings="lm_head.weight" not in tensors,
            attn_implementation="eager",
        )
        model = transformers.LlamaForCausalLM(config).float().eval()
        missing, unexpected = model.load_state_dict(tensors, strict=False)
        if unexpected or set(missing) - {"lm_head.weight"}:
            raise ValueError(f"the file's tensors are not the model's: missing {missing}, unexpected {unexpected}")
        model.tie_weights()
        return model

    def _weights(self):
        for tensor in self.reader.tensors:
            *prefix, name, _ = tensor.name.split(".")
            values = numpy.array(gguf.dequantize(tensor.data, tensor.tensor_type), dtype=numpy.float32)
            if name in ("attn_q", "attn_k"):
                values = hugging_face_rows(values, self.heads if name == "attn_q" else self.key_value_heads)
            layer = f"model.layers.{prefix[1]}." if prefix else ""
            yield f"{layer}{NAMES[name]}.weight", torch.from_numpy(numpy.ascontiguousarray(values))

    def tokenizer(self):
        """A tokenizer for the pre-tokenizer `smollm`: each digit alone, then byte-level words."""
        if self.fields["tokenizer.ggml.pre"] != "smollm":
            raise ValueError(f"the pre-tokenizer {self.fields['tokenizer.ggml.pre']} is not smollm")
        tokens = self.fields["tokenizer.ggml.tokens"]
        merges = [tuple(merge.split(" ")) for merge in self.fields["tokenizer.ggml.merges"]]
        tokenizer = tokenizers.Tokenizer(models.BPE({token: id for id, token in enumerate(tokens)}, merges))
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
        tokenizer.decoder = decoders.ByteLevel()
        kinds = self.fields["tokenizer.ggml.token_type"]
        tokenizer.add_special_tokens([token for token, kind in zip(tokens, kinds) if kind == SPECIAL])
        return tokenizer

    def prompt(self, question):
        """One user message in the file's chat template, and the opening of the answer."""
        template = jinja2.Environment(trim_blocks=True, lstrip_blocks=True).from_string(
            self.fields["tokenizer.chat_template"])
        return template.render(messages=[{"role": "user", "content": question}], add_generation_prompt=True)
