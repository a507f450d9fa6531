#ifndef EF_KERNELS_H
#define EF_KERNELS_H

#include <stdint.h>

// Letters: C width, D head width, F feed-forward width, V vocabulary size. All matrices are row-major.

/// Tokens in one block of the key-value cache.
enum { EF_BLOCK_TOKENS = 16 };

/// The instruction set that the loops below run with on this machine: "avx512", "avx2" or "baseline".
const char *ef_kernel_set(void);

/// One turn of a spin loop: tells the processor that the thread waits.
void ef_pause(void);

/// y = x · gain / rms(x) for each row; writes 1 / rms(x) of each row to `inverse`, which may be NULL.
void ef_rms_norm(float *y, float *inverse, const float *x, const float *gain, long rows, long width, float epsilon);

/// Adds the gradients of ef_rms_norm to `dx` and `dgain`, given `dy` and the forward's `x` and `inverse`.
void ef_rms_norm_backward(
    float *dx, float *dgain, const float *dy, const float *x, const float *inverse, const float *gain, long rows,
    long width);

/// Rotates each pair (2i, 2i+1) of every head of every row by the angle of the row's position.
/// `cosine` and `sine` are tables of [position][D], the sine negated at even indices; `direction` is 1, or -1 for the
/// inverse rotation, which is the gradient.
void ef_rotate(
    float *x, long row_stride, const int32_t *positions, long rows, long heads, long head_width, const float *cosine,
    const float *sine, float direction);

/// Copies one row's keys and values into place `slot` of its block.
/// A block holds, for each key-value head, the keys as [D][16] and then the values as [16][D].
void ef_store_keys_values(
    float *block, long slot, const float *keys, const float *values, long key_value_heads, long head_width);

/// Causal attention of consecutive rows of one sequence; row r sees the keys 0 ... first_position + r.
/// `blocks` and `table` find the sequence's keys and values: its block b is at blocks + table[b] * block_stride.
/// `log_sums` ([rows][heads], the log of each softmax's denominator) may be NULL.
/// `scores` is scratch for one row's scores: first_position + rows + 63 floats.
void ef_attend(
    float *y, long y_stride, float *log_sums, const float *queries, long query_stride, long rows, long first_position,
    const float *blocks, const int32_t *table, long block_stride, long heads, long key_value_heads, long head_width,
    float scale, float *scores);

/// Turns raw scores q·k and the products do·v into the softmax's values and the scores' gradient, in place:
/// p = exp(scale · s − log_sum) where the key is visible, else 0; ds = p · (dp − delta) · scale.
/// Row r sees the keys 0 ... first_position + r; both matrices are [rows][keys] with `stride`.
void ef_attend_backward(
    float *scores_to_p, float *dp_to_ds, long stride, long rows, long keys, long first_position, const float *log_sums,
    long log_sum_stride, const float *delta, float scale);

/// The sum of a[i] * b[i].
float ef_dot(const float *a, const float *b, long count);

/// y += x.
void ef_add(float *y, const float *x, long count);

/// h = silu(gate) · up; each row of `gate_up` is [F gate | F up].
void ef_swiglu(float *h, const float *gate_up, long rows, long width);

/// Replaces each row of `gate_up` by its gradient, and `dh` by the forward's h.
void ef_swiglu_backward(float *gate_up, float *dh, long rows, long width);

/// log Σ exp(x).
float ef_log_sum_exp(const float *x, long count);

/// The first index of the largest number.
long ef_argmax(const float *x, long count);

/// y = exp(scale · (x − shift)).
void ef_exp(float *y, const float *x, long count, float shift, float scale);

/// Replaces one row of logits by weight · (onehot(target) − softmax): the gradient of weight · log p(target).
void ef_log_softmax_backward(float *logits, long count, float log_sum, long target, float weight);

/// The sum of squares, in double precision.
double ef_sum_of_squares(const float *x, long count);

/// One AdamW update of `count` parameters; the gradient is multiplied by `gradient_scale` first.
/// `step` is rate / (1 − β1^t), `root_correction` 1 / sqrt(1 − β2^t), `decay` rate · weight decay.
void ef_adamw(
    float *parameters, float *first, float *second, const float *gradient, long count, float gradient_scale,
    float beta1, float beta2, float epsilon, float step, float root_correction, float decay);

#endif
