#ifndef EF_KERNELS_H
#define EF_KERNELS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

// Letters: C width, D head width, F feed-forward width, V vocabulary size. All matrices are row-major.

/// Tokens in one block of the key-value cache.
enum { EF_BLOCK_TOKENS = 16 };

/// Packed weights: the outputs of one panel; the inputs of one group of int8 weights, which have one scale for each
/// output; the bytes of a panel's group, [16 × 4 inputs][32 outputs][4 inputs], 32 scales (bf16) and 32 sums (int16).
enum { EF_PANEL = 32, EF_GROUP = 64, EF_GROUP_BYTES = EF_GROUP * EF_PANEL + 4 * EF_PANEL };

/// One turn of a spin loop: tells the processor that the thread waits.
void ef_pause(void);

/// A number that changes with the bytes and their places, for damage and not for malice; `count` is a multiple of 64.
uint64_t ef_checksum(const void *bytes, long count);

/// The engine's hot loops, compiled for one instruction set.
struct ef_kernels {
    /// "avx512-bf16", "avx512", "avx2" or "portable".
    const char *name;
    /// Whether products and sums are fused: sets of one kind compute the same bits, all but optimiser and gradients of
    /// gains, which are sums over rows, and bf16 products with an operand or sum below 1.2e-38.
    int is_fused;

    /// y = x · gain / rms(x) for each row; writes 1 / rms(x) of each row to `inverse`, which may be NULL.
    void (*rms_norm)(
        float *y, float *_Nullable inverse, const float *x, const float *gain, long rows, long width, float epsilon);

    /// dx = base + the gradient of rms_norm's input, and adds that of the gain to `dgain`, given `dy` and the forward's
    /// `x` and `inverse`; the base may be dx.
    void (*rms_norm_backward)(
        float *dx, const float *base, float *dgain, const float *dy, const float *x, const float *inverse,
        const float *gain, long rows, long width);

    /// Rotates each pair (2i, 2i+1) of every head of every row by the angle of the row's position. `cosine` and `sine`
    /// are tables of [position][D], the sine negated at even indices; `direction` is 1, or -1 for the inverse rotation,
    /// which is the gradient.
    void (*rotate)(
        float *x, long row_stride, const int32_t *positions, long rows, long heads, long head_width,
        const float *cosine, const float *sine, float direction);

    /// Copies one row's keys and values into place `slot` of its block of 32-bit floats.
    /// A block holds, for each key-value head, the keys as [D][16] and then the values as [16][D].
    void (*store_fp32)(
        void *block, long slot, const float *keys, const float *values, long key_value_heads, long head_width);

    /// The same rounded to bf16, the keys as [D / 2][16][2] and the values as [8][D][2]; D is even.
    void (*store_bf16)(
        void *block, long slot, const float *keys, const float *values, long key_value_heads, long head_width);

    /// Rounds rows in place to what bf16 keeps of them.
    void (*keep_bf16)(float *x, long stride, long rows, long count);

    /// Causal attention of consecutive rows of one sequence; row r sees the keys 0 ... first_position + r. `blocks` and
    /// `table` find the sequence's keys and values: its block b is at blocks + table[b] * block_stride bytes.
    /// `log_sums` ([rows] of the heads' logs of the softmax's denominators) may be NULL. `scratch` has 3 ·
    /// (first_position + rows + 63 + D) floats.
    void (*attend_fp32)(
        float *y, long y_stride, float *_Nullable log_sums, long log_sum_stride, const float *queries,
        long query_stride, long rows, long first_position, const void *blocks, const int32_t *table, long block_stride,
        long heads, long key_value_heads, long head_width, float scale, float *scratch);

    /// The same over blocks of store_bf16: queries and the softmax's values are rounded, too; sums have 32 bits.
    void (*attend_bf16)(
        float *y, long y_stride, float *_Nullable log_sums, long log_sum_stride, const float *queries,
        long query_stride, long rows, long first_position, const void *blocks, const int32_t *table, long block_stride,
        long heads, long key_value_heads, long head_width, float scale, float *scratch);

    /// Turns raw scores q·k and the products do·v into the softmax's values and the scores' gradient, in place:
    /// p = exp(scale · s − log_sum) where the key is visible, else 0; ds = p · (dp − delta) · scale.
    /// Row r sees the keys 0 ... first_position + r; both matrices are [rows][keys] with `stride`.
    void (*attend_backward)(
        float *scores_to_p, float *dp_to_ds, long stride, long rows, long keys, long first_position,
        const float *log_sums, long log_sum_stride, const float *delta, float scale);

    /// The sum of a[i] * b[i].
    float (*dot)(const float *a, const float *b, long count);

    /// y += x.
    void (*add)(float *y, const float *x, long count);

    /// h = silu(gate) · up.
    void (*swiglu)(
        float *h, long h_stride, const float *gate, const float *up, long stride, long rows, long width);

    /// Replaces each row of `gate_up`, [F gate | F up], by its gradient, and `dh` by the forward's h.
    void (*swiglu_backward)(float *gate_up, float *dh, long rows, long width);

    /// log Σ exp(x).
    float (*log_sum_exp)(const float *x, long count);

    /// The first index of the largest number.
    long (*argmax)(const float *x, long count);

    /// y = exp(scale · (x − shift)).
    void (*exp)(float *y, const float *x, long count, float shift, float scale);

    /// Replaces one row of logits by weight · (onehot(target) − softmax): the gradient of weight · log p(target).
    void (*log_softmax_backward)(float *logits, long count, float log_sum, long target, float weight);

    /// The sum of squares, in double precision.
    double (*sum_of_squares)(const float *x, long count);

    /// One AdamW update of `count` parameters; the gradient is multiplied by `gradient_scale` first.
    /// `step` is rate / (1 − β1^t), `root_correction` 1 / sqrt(1 − β2^t), `decay` rate · weight decay.
    void (*adamw)(
        float *parameters, float *first, float *second, const float *gradient, long count, float gradient_scale,
        float beta1, float beta2, float epsilon, float step, float root_correction, float decay);

    // Products y = base + x · weightsᵀ with weights in panels of 32 outputs. Each result is one chain over its inputs,
    // from 0 or from the base, which is laid out as y and may be y. The last panel is filled up with zeros, which nobody
    // reads.

    /// Panels [inputs][32] of `outputs` rows of weights.
    void (*pack_fp32)(float *panels, const float *weights, long weight_stride, long outputs, long inputs);

    /// Panels [inputs / 2][32][2]; an odd number of inputs is filled up with a zero.
    void (*pack_bf16)(uint16_t *panels, const float *weights, long weight_stride, long outputs, long inputs);

    /// The same of weights that lie as [inputs][outputs].
    void (*pack_fp32_columns)(float *panels, const float *weights, long weight_stride, long outputs, long inputs);
    void (*pack_bf16_columns)(
        uint16_t *panels, const float *weights, long weight_stride, long outputs, long inputs);

    /// Panels of groups (EF_GROUP_BYTES); inputs are filled up to whole groups with zeros.
    void (*pack_int8)(int8_t *panels, const float *weights, long weight_stride, long outputs, long inputs);

    /// Rows as bf16, the nearest and of two the even one, each row filled up to an even number.
    void (*round_bf16)(uint16_t *y, long y_stride, const float *x, long x_stride, long rows, long inputs);

    /// Rows as whole steps of a scale for each group, 128 added: [rows][groups · 64], and scales [rows][groups].
    void (*quantize_int8)(
        uint8_t *y, long y_stride, float *scales, long scale_stride, const float *x, long x_stride, long rows,
        long inputs);

    /// From panels of pack_fp32.
    void (*multiply_fp32)(
        float *y, long y_stride, const float *x, long x_stride, const float *panels, long rows, long inputs,
        long outputs, const float *_Nullable base);

    /// From panels and rows of bf16; of a pair of inputs the second is added first.
    void (*multiply_bf16)(
        float *y, long y_stride, const uint16_t *x, const uint16_t *panels, long rows, long inputs, long outputs,
        const float *_Nullable base);

    /// From rows that are in panels, too: y = base + aᵀ · b for panels of the columns of a and b, which both have
    /// `inputs` rows.
    void (*multiply_panels_fp32)(
        float *y, long y_stride, const float *rows_panels, const float *panels, long rows, long inputs, long outputs,
        const float *_Nullable base);
    void (*multiply_panels_bf16)(
        float *y, long y_stride, const uint16_t *rows_panels, const uint16_t *panels, long rows, long inputs,
        long outputs, const float *_Nullable base);

    /// From panels and rows of int8: a chain over groups, each an exact sum of integers times both scales.
    void (*multiply_int8)(
        float *y, long y_stride, const uint8_t *x, const float *scales, const int8_t *panels, long rows, long inputs,
        long outputs, const float *_Nullable base);
};

/// The sets that this machine can run, the best first; NULL beyond the last, which is the portable one.
const struct ef_kernels *_Nullable ef_kernel_set(long index);

#pragma clang assume_nonnull end

#endif
