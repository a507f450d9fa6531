#include "ef_kernels.h"
#include "ef_vector.h"

#include <math.h>

EF_CLONES void ef_store_keys_values(
    float *block, long slot, const float *keys, const float *values, long key_value_heads, long head_width) {
    for (long g = 0; g < key_value_heads; g++) {
        float *k = block + g * 2 * EF_BLOCK_TOKENS * head_width;
        float *v = k + EF_BLOCK_TOKENS * head_width + slot * head_width;
        for (long d = 0; d < head_width; d++) k[d * EF_BLOCK_TOKENS + slot] = keys[g * head_width + d];
        memcpy(v, values + g * head_width, (size_t)head_width * sizeof(float));
    }
}

/// scores[0 ..< blocks * 16] = scale · (q · key), one lane a key: each score is one chain of additions over d.
/// Four blocks go together, for their chains are independent; in place of blocks past the end the last is taken again,
/// so up to 48 floats behind the scores are written.
EF_INLINE void ef_scores(
    float *scores, const float *q, const float *base, const int32_t *table, long stride, long blocks, long head_width,
    float scale) {
    for (long b = 0; b < blocks; b += 4) {
        long last = blocks - 1 - b;
        const float *k0 = base + table[b] * stride, *k1 = base + table[b + (last < 1 ? last : 1)] * stride;
        const float *k2 = base + table[b + (last < 2 ? last : 2)] * stride;
        const float *k3 = base + table[b + (last < 3 ? last : 3)] * stride;
        ef_f16 s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0}, k;
        for (long d = 0; d < head_width; d++) {
            float qd = q[d];
            ef_load16(&k, k0 + d * 16), s0 += k * qd;
            ef_load16(&k, k1 + d * 16), s1 += k * qd;
            ef_load16(&k, k2 + d * 16), s2 += k * qd;
            ef_load16(&k, k3 + d * 16), s3 += k * qd;
        }
        s0 *= scale, s1 *= scale, s2 *= scale, s3 *= scale;
        ef_store16(scores + b * 16, &s0), ef_store16(scores + b * 16 + 16, &s1);
        ef_store16(scores + b * 16 + 32, &s2), ef_store16(scores + b * 16 + 48, &s3);
    }
}

/// Turns scores into exp(score − largest), zero beyond `keys`; returns their sum and the largest score.
EF_INLINE float ef_softmax_scores(float *scores, long keys, long blocks, float *largest) {
    for (long i = keys; i < blocks * 16; i++) scores[i] = -INFINITY;
    ef_f16 top, v, sum = {0};
    ef_load16(&top, scores);
    for (long b = 1; b < blocks; b++) {
        ef_load16(&v, scores + b * 16);
        ef_i16 greater = v > top;
        ef_select16(&v, &greater, &top);
        top = v;
    }
    *largest = ef_max16(&top);
    for (long b = 0; b < blocks; b++) {
        ef_load16(&v, scores + b * 16);
        v -= *largest;
        ef_exp16(&v);
        if (b == blocks - 1) {
            float lanes[16];
            ef_store16(lanes, &v);
            for (long i = keys - b * 16; i < 16; i++) lanes[i] = 0;
            ef_load16(&v, lanes);
        }
        ef_store16(scores + b * 16, &v);
        sum += v;
    }
    return ef_sum16(&sum);
}

/// y[0 ..< vectors * 16] = factor · Σ_j p[j] · value[j], four chains of keys (j mod 4), added pairwise.
EF_INLINE void ef_weighted_values(
    float *y, const float *p, const float *base, const int32_t *table, long stride, long keys, long head_width,
    long vectors, float factor) {
    ef_f16 sum[4][4] = {{{0}}}, v;
    for (long j = 0; j < keys; j += 16) {
        const float *values = base + table[j / 16] * stride + EF_BLOCK_TOKENS * head_width;
        long count = keys - j < 16 ? keys - j : 16, t = 0;
        for (; t + 4 <= count; t += 4)
            for (long c = 0; c < 4; c++)
                for (long i = 0; i < vectors; i++) {
                    ef_load16(&v, values + (t + c) * head_width + i * 16);
                    sum[c][i] += v * p[j + t + c];
                }
        for (; t < count; t++)
            for (long i = 0; i < vectors; i++) {
                ef_load16(&v, values + t * head_width + i * 16);
                sum[t % 4][i] += v * p[j + t];
            }
    }
    for (long i = 0; i < vectors; i++) {
        v = ((sum[0][i] + sum[1][i]) + (sum[2][i] + sum[3][i])) * factor;
        ef_store16(y + i * 16, &v);
    }
}

EF_INLINE void ef_attend_one(
    float *y, float *log_sum, const float *q, long keys, const float *base, const int32_t *table, long stride,
    long head_width, float scale, float *scores) {
    long blocks = (keys + 15) / 16;
    float largest;
    ef_scores(scores, q, base, table, stride, blocks, head_width, scale);
    float sum = ef_softmax_scores(scores, keys, blocks, &largest);
    if (log_sum) *log_sum = largest + logf(sum);
    float factor = 1.0f / sum;
    long d = 0;
    for (; d + 64 <= head_width; d += 64)
        ef_weighted_values(y + d, scores, base + d, table, stride, keys, head_width, 4, factor);
    if (d + 32 <= head_width) {
        ef_weighted_values(y + d, scores, base + d, table, stride, keys, head_width, 2, factor);
        d += 32;
    }
    if (d + 16 <= head_width) {
        ef_weighted_values(y + d, scores, base + d, table, stride, keys, head_width, 1, factor);
        d += 16;
    }
    for (; d < head_width; d++) {
        float total = 0;
        for (long j = 0; j < keys; j++)
            total += scores[j] * base[table[j / 16] * stride + (EF_BLOCK_TOKENS + j % 16) * head_width + d];
        y[d] = total * factor;
    }
}

EF_CLONES void ef_attend(
    float *y, long y_stride, float *log_sums, const float *queries, long query_stride, long rows, long first_position,
    const float *blocks, const int32_t *table, long block_stride, long heads, long key_value_heads, long head_width,
    float scale, float *scores) {
    long group = heads / key_value_heads;
    for (long h = 0; h < heads; h++) {
        const float *base = blocks + h / group * 2 * EF_BLOCK_TOKENS * head_width;
        for (long r = 0; r < rows; r++)
            ef_attend_one(
                y + r * y_stride + h * head_width, log_sums ? log_sums + r * heads + h : 0,
                queries + r * query_stride + h * head_width, first_position + r + 1, base, table, block_stride,
                head_width, scale, scores);
    }
}

EF_CLONES void ef_attend_backward(
    float *scores_to_p, float *dp_to_ds, long stride, long rows, long keys, long first_position, const float *log_sums,
    long log_sum_stride, const float *delta, float scale) {
    for (long r = 0; r < rows; r++) {
        float *s = scores_to_p + r * stride, *ds = dp_to_ds + r * stride;
        float log_sum = log_sums[r * log_sum_stride];
        long visible = first_position + r + 1;
        if (visible > keys) visible = keys;
        for (long j = 0; j < visible; j += 16) {
            long count = visible - j;
            ef_f16 p, dp;
            if (count >= 16) ef_load16(&p, s + j), ef_load16(&dp, ds + j);
            else ef_load_part(&p, s + j, count), ef_load_part(&dp, ds + j, count);
            p = p * scale - log_sum;
            ef_exp16(&p);
            dp = p * (dp - delta[r]) * scale;
            if (count >= 16) ef_store16(s + j, &p), ef_store16(ds + j, &dp);
            else ef_store_part(s + j, &p, count), ef_store_part(ds + j, &dp, count);
        }
        for (long j = visible; j < keys; j++) s[j] = 0, ds[j] = 0;
    }
}
