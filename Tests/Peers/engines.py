"""Engines of others that load a model file or folder, with or without an adapter: one class each.

An engine tells `tokens(text)`, `prompt(question)` (the model's own chat template, rendered) and `logprobs(tokens, first)`
(the natural log-probability of each token from `first` on, given those before it). llama.cpp computes with a 32-bit cache
and without flash attention, so that both sides round alike. The constructors raise ImportError where a package is missing.
"""

import ctypes
import json
import mmap
import urllib.request


class XLlamaCpp:
    """llama.cpp as a server inside the Python package xllamacpp."""

    name = "llama.cpp in xllamacpp"
    is_llama_cpp = True

    def __init__(self, model, adapter=None, context=512, slots=1, threads=None):
        import xllamacpp

        params = xllamacpp.CommonParams()
        params.model.path = model
        params.n_ctx = context * slots
        params.n_parallel = slots
        # Each slot attends to its own tokens, and what it has computed is kept nowhere else.
        params.kv_unified = False
        params.cache_ram_mib = 0
        params.n_gpu_layers = 0
        params.warmup = False
        params.verbosity = -1
        params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        params.cache_type_k = xllamacpp.ggml_type.GGML_TYPE_F32
        params.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
        if threads is not None:
            params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
        if adapter is not None:
            params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(adapter, 1.0)]
        self.server = xllamacpp.Server(params)
        with open(model, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as contents:
            self.has_template = contents.find(b"tokenizer.chat_template") >= 0

    def ask(self, path, body=None):
        """What the server answers to a request."""
        request = urllib.request.Request(
            self.server.listening_address + path, None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def tokens(self, text):
        return self.ask("/tokenize", {"content": text, "parse_special": True})["tokens"]

    def prompt(self, question):
        # The server makes up a template where the file has none; ours is then the question and a newline.
        if not self.has_template:
            return question + "\n"
        return self.ask("/apply-template", {"messages": [{"role": "user", "content": question}]})["prompt"]

    def logprobs(self, tokens, first):
        return [self._logprob(tokens[:index], tokens[index]) for index in range(first, len(tokens))]

    def _logprob(self, prefix, token):
        # The log-probabilities are those before the bias, which decides what is sampled. Only a token of whole characters
        # has them reported: where that is not the one asked for, "a" is sampled and all tokens are told.
        for biased, count in ((token, 1), ("a", 1 << 20)):
            answer = self.ask("/completion", {
                "prompt": prefix, "n_predict": 1, "n_probs": count, "temperature": 1.0, "cache_prompt": True,
                "logit_bias": [[biased, 1000.0]],
            })
            for sampled in answer.get("completion_probabilities", []):
                for entry in [sampled, *sampled["top_logprobs"]]:
                    if entry["id"] == token:
                        return entry["logprob"]
        raise ValueError(f"llama.cpp tells no log-probability of token {token} after {prefix}")


class LlamaCppPython:
    """llama.cpp by the Python package llama-cpp-python."""

    name = "llama.cpp in llama-cpp-python"
    is_llama_cpp = True

    def __init__(self, model, adapter=None, context=512):
        import llama_cpp

        self.library = llama_cpp
        # Kept: llama.cpp calls it for as long as it lives.
        self.log = llama_cpp.llama_log_callback(lambda level, text, data: None)
        llama_cpp.llama_log_set(self.log, ctypes.c_void_p())
        settings = llama_cpp.llama_model_default_params()
        settings.n_gpu_layers = 0
        self.model = llama_cpp.llama_model_load_from_file(model.encode(), settings)
        if not self.model:
            raise ValueError(f"llama.cpp does not load {model}")
        self.vocabulary = llama_cpp.llama_model_get_vocab(self.model)
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = settings.n_batch = settings.n_ubatch = context
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        settings.type_k = settings.type_v = llama_cpp.GGML_TYPE_F32
        self.context = llama_cpp.llama_init_from_model(self.model, settings)
        if adapter is not None:
            loaded = llama_cpp.llama_adapter_lora_init(self.model, adapter.encode())
            if not loaded:
                raise ValueError(f"llama.cpp does not load the adapter {adapter}")
            llama_cpp.llama_set_adapters_lora(
                self.context, (llama_cpp.llama_adapter_lora_p_ctypes * 1)(loaded), 1, (ctypes.c_float * 1)(1.0))

    def tokens(self, text):
        text = text.encode()
        found = (self.library.llama_token * (len(text) + 1))()
        count = self.library.llama_tokenize(self.vocabulary, text, len(text), found, len(found), False, True)
        return list(found[:count])

    def logprobs(self, tokens, first):
        import numpy

        library = self.library
        library.llama_memory_clear(library.llama_get_memory(self.context), True)
        batch = library.llama_batch_init(len(tokens), 0, 1)
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            batch.token[index], batch.pos[index], batch.n_seq_id[index] = token, index, 1
            batch.seq_id[index][0], batch.logits[index] = 0, True
        if library.llama_decode(self.context, batch) != 0:
            raise ValueError(f"llama.cpp does not decode {len(tokens)} tokens")
        count = library.llama_vocab_n_tokens(self.vocabulary)
        values = []
        for index in range(first, len(tokens)):
            logits = numpy.ctypeslib.as_array(library.llama_get_logits_ith(self.context, index - 1), (count,))
            logits = logits.astype(numpy.float64)
            values.append(float(logits[tokens[index]] - numpy.logaddexp.reduce(logits)))
        library.llama_batch_free(batch)
        return values


class Transformers:
    """A Hugging Face folder in transformers, an adapter's folder in peft, computed in fp32."""

    name = "transformers"
    is_llama_cpp = False

    def __init__(self, model, adapter=None, context=512):
        import torch
        import transformers

        self.torch = torch
        transformers.logging.set_verbosity_error()
        self.tokenizer = transformers.AutoTokenizer.from_pretrained(model)
        self.model = transformers.AutoModelForCausalLM.from_pretrained(
            model, dtype=torch.float32, attn_implementation="eager")
        if adapter is not None:
            import peft

            self.name = "transformers and peft"
            self.model = peft.PeftModel.from_pretrained(self.model, adapter)
        self.model.eval()

    def tokens(self, text):
        return self.tokenizer(text, add_special_tokens=False).input_ids

    def prompt(self, question):
        return self.tokenizer.apply_chat_template(
            [{"role": "user", "content": question}], add_generation_prompt=True, tokenize=False)

    def logprobs(self, tokens, first):
        with self.torch.no_grad():
            logits = self.model(self.torch.tensor([tokens]), use_cache=False).logits[0, first - 1:-1]
        return logits.double().log_softmax(-1)[self.torch.arange(len(tokens) - first), tokens[first:]].tolist()


class DequantizedTransformers(Transformers):
    """A GGUF file in transformers, its weights dequantised to fp32; where llama.cpp rounds activations too, this does not."""

    name = "transformers on the dequantised file"

    def __init__(self, model, adapter=None, context=512):
        import gguf_model
        import torch

        if adapter is not None:
            raise ImportError("it does not read GGUF adapters")
        self.torch = torch
        self.file = gguf_model.GGUFModel(model)
        self.model = self.file.model()

    def tokens(self, text):
        return self.file.tokenizer().encode(text).ids

    def prompt(self, question):
        return self.file.prompt(question)


def engines_for(model):
    """The engines that load what lies at the path: a GGUF file or a Hugging Face folder."""
    return [XLlamaCpp, LlamaCppPython, DequantizedTransformers] if model.endswith(".gguf") else [Transformers]
