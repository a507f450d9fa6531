#!/usr/bin/env python3
"""Writes Tests/ObjectivesTests/Fixtures/objectives.json: losses and gradients as TRL and PyTorch compute them.

usage: make_objective_references.py FILE, with the packages of requirements-full.txt

The group methods are TRL's own `_compute_loss`, called on a stand-in for its trainer, whose model is the log-probabilities
themselves; gradients are PyTorch's. The preference losses are written here from their formulas, for PyTorch's autograd.
"""

import collections
import json
import sys
import types

import torch
import torch.nn.functional as functional
import trl
from trl.trainer.grpo_trainer import GRPOTrainer
from trl.trainer.rloo_trainer import RLOOTrainer

torch.set_default_dtype(torch.float64)
LENGTHS = [5, 3, 4, 1, 6, 2]
ADVANTAGES = [1.2, -0.7, 0.4, -1.1, 0.9, -0.3]
LONGEST = 8


def stand_in(log_probabilities, **settings):
    """What TRL's losses ask of their trainer."""
    accelerator = types.SimpleNamespace(
        num_processes=1, sync_gradients=True, gather=lambda x: x, gather_for_metrics=lambda x: x,
        reduce=lambda x, reduction: x,
    )
    defaults = {
        "aux_loss_enabled": False, "top_entropy_quantile": 1.0, "off_policy_mask_threshold": None,
        "importance_sampling_level": "token", "beta": 0.0, "epsilon_low": 0.2, "epsilon_high": 0.2,
        "use_vllm": False, "vllm_importance_sampling_correction": False, "_entropy_bonus_enabled": False,
        "current_gradient_accumulation_steps": 1, "max_completion_length": LONGEST, "accelerator": accelerator,
        "model": types.SimpleNamespace(training=True), "_metrics": collections.defaultdict(lambda: collections.defaultdict(list)),
    }
    delta = settings.pop("delta", None)
    trainer = types.SimpleNamespace(**(defaults | settings))
    trainer.args = types.SimpleNamespace(delta=delta, use_bias_correction_kl=False, steps_per_generation=1)
    trainer._get_per_token_logps_and_entropies = lambda *_, **__: (
        log_probabilities, torch.zeros_like(log_probabilities), None)
    trainer.get_off_policy_mask = GRPOTrainer.get_off_policy_mask
    return trainer


def padded(rows):
    return torch.tensor([row + [0.0] * (max(LENGTHS) - len(row)) for row in rows])


def ragged(tensor):
    return [row[:length].tolist() for row, length in zip(tensor, LENGTHS)]


def inputs(case, mask):
    ids = torch.zeros(len(LENGTHS), max(LENGTHS), dtype=torch.long)
    return {
        "prompt_ids": ids[:, :1], "prompt_mask": ids[:, :1] + 1, "completion_ids": ids, "completion_mask": mask,
        "advantages": torch.tensor(ADVANTAGES), "old_per_token_logps": case["old"],
        "ref_per_token_logps": case["reference"], "num_items_in_batch": mask.sum(),
    }


def group_case(case, settings, extra=None):
    policy = case["policy"].clone().requires_grad_()
    trainer = stand_in(policy, **settings)
    given = inputs(case, case["mask"]) | (extra or {})
    loss = GRPOTrainer._compute_loss(trainer, trainer.model, given)
    loss.backward()
    return {"loss": loss.item(), "weights": ragged(policy.grad)}


def rloo_case(case):
    """Where the policy is still the one that sampled; its ratio is of sequences, ours has none."""
    policy = case["policy"].clone().requires_grad_()
    trainer = stand_in(policy)
    given = inputs(case, case["mask"]) | {"old_logps": (case["policy"] * case["mask"]).sum(1)}
    RLOOTrainer._compute_loss(trainer, trainer.model, given).backward()
    return {"weights": ragged(policy.grad)}


def preference_case(beta, likelihood, penalty, generator):
    def tokens(length):
        return -3 * torch.rand(length, generator=generator)

    pairs, total = [], 0
    for chosen_length, rejected_length in [(4, 2), (1, 3), (3, 3), (2, 5)]:
        pair = {
            "chosen": tokens(chosen_length).requires_grad_(), "chosen_reference": tokens(chosen_length),
            "rejected": tokens(rejected_length).requires_grad_(), "rejected_reference": tokens(rejected_length),
        }
        chosen = pair["chosen"].sum() - pair["chosen_reference"].sum()
        rejected = pair["rejected"].sum() - pair["rejected_reference"].sum()
        margin = beta * (chosen - rejected - penalty * functional.relu(-chosen))
        total = total - functional.logsigmoid(margin) / 4 - likelihood * pair["chosen"].mean() / 4
        pairs.append(pair)
    total.backward()
    return {
        "beta": beta, "likelihood": likelihood, "penalty": penalty, "loss": total.item(),
        "pairs": [
            {name: value.tolist() for name, value in pair.items()}
            | {"chosen_weights": pair["chosen"].grad.tolist(), "rejected_weights": pair["rejected"].grad.tolist()}
            for pair in pairs
        ],
    }


def main(file):
    generator = torch.Generator().manual_seed(1)

    def rows(spread, around=None):
        return padded([
            [(-2 * torch.rand(1, generator=generator).item() if around is None else around[i][t].item())
             + spread * torch.randn(1, generator=generator).item() for t in range(length)]
            for i, length in enumerate(LENGTHS)
        ])

    mask = padded([[1.0] * length for length in LENGTHS])
    policy = rows(0.0)
    # So far that some ratios leave every range on both sides, and within thousandths for the ratio of sequences.
    case = {"policy": policy, "old": rows(0.5, policy), "reference": rows(0.3, policy), "mask": mask}
    near = case | {"old": rows(0.001, policy)}
    behaviour = rows(0.4, case["old"])
    ratio = torch.exp((case["old"] - behaviour) * mask)
    vllm = {"use_vllm": True, "vllm_importance_sampling_correction": True}
    groups = {
        "grpo": group_case(case, {"loss_type": "grpo", "beta": 0.04}),
        "grpo-dual": group_case(case, {"loss_type": "grpo", "delta": 1.5}),
        "dr-grpo": group_case(case, {"loss_type": "dr_grpo"}),
        "dapo": group_case(case, {"loss_type": "dapo", "epsilon_high": 0.28}),
        "gspo": group_case(
            near, {"loss_type": "grpo", "importance_sampling_level": "sequence", "epsilon_low": 3e-4, "epsilon_high": 4e-4}),
        "cispo": group_case(case, {"loss_type": "cispo", "epsilon_high": 1.4}),
        "truncated": group_case(
            case, {"loss_type": "grpo"} | vllm, {"importance_sampling_ratio": torch.clamp(ratio, max=1.2)}),
        "masked": group_case(
            case, {"loss_type": "grpo"} | vllm,
            {"importance_sampling_ratio": torch.where((ratio >= 0.7) & (ratio <= 1.5), ratio, 0.0)}),
        "sequence-mask": group_case(
            case, {"loss_type": "grpo", "off_policy_mask_threshold": 0.1}, {"sampling_per_token_logps": behaviour}),
        "rloo": rloo_case(case),
    }
    # More than one token must be clipped on either side, else the comparison says little.
    assert all(len({round(weight, 9) for row in case["weights"] for weight in row}) > 4 for case in groups.values())
    json.dump(
        {
            "source": f"TRL {trl.__version__}, PyTorch {torch.__version__}", "advantages": ADVANTAGES, "longest": LONGEST,
            "policy": ragged(policy), "old": ragged(case["old"]), "near": ragged(near["old"]),
            "behaviour": ragged(behaviour), "reference": ragged(case["reference"]), "groups": groups,
            "preferences": {
                "dpo": preference_case(0.1, 0.0, 0.0, generator), "dpo-nll": preference_case(0.1, 1.0, 0.0, generator),
                "dpo-positive": preference_case(0.3, 0.0, 5.0, generator),
            },
        },
        open(file, "w"), indent=1)


if __name__ == "__main__":
    main(sys.argv[1])
