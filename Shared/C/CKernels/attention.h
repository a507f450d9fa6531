// Attention over a cache in blocks of sixteen tokens. Queries that share a key-value head, up to EF_QUERIES of them, go
// together, so that keys and values are read once; each query's numbers are those that it would have alone.

enum { EF_QUERIES = 3 };
#define EF_EACH_QUERY EF_UNROLL for (int i = 0; i < count; i++)

static void ef_store_fp32(
    void *block, long slot, const float *keys, const float *values, long key_value_heads, long head_width) {
    for (long g = 0; g < key_value_heads; g++) {
        float *k = (float *)block + g * 2 * EF_BLOCK_TOKENS * head_width;
        float *v = k + EF_BLOCK_TOKENS * head_width + slot * head_width;
        for (long d = 0; d < head_width; d++) k[d * EF_BLOCK_TOKENS + slot] = keys[g * head_width + d];
        memcpy(v, values + g * head_width, (size_t)head_width * sizeof(float));
    }
}

static void ef_store_bf16(
    void *block, long slot, const float *keys, const float *values, long key_value_heads, long head_width) {
    for (long g = 0; g < key_value_heads; g++) {
        uint16_t *k = (uint16_t *)block + g * 2 * EF_BLOCK_TOKENS * head_width;
        uint16_t *v = k + EF_BLOCK_TOKENS * head_width + slot / 2 * head_width * 2 + slot % 2;
        for (long d = 0; d < head_width; d += 16) {
            long count = head_width - d < 16 ? head_width - d : 16;
            ef_f16 lanes;
            ef_u16 bits;
            ef_load_at_most16(&lanes, keys + g * head_width + d, count);
            ef_round_bf16_lanes(&bits, &lanes);
            for (long i = 0; i < count; i++)
                k[((d + i) / 2 * EF_BLOCK_TOKENS + slot) * 2 + (d + i) % 2] = (uint16_t)(bits[i] >> 16);
            ef_load_at_most16(&lanes, values + g * head_width + d, count);
            ef_round_bf16_lanes(&bits, &lanes);
            for (long i = 0; i < count; i++) v[(d + i) * 2] = (uint16_t)(bits[i] >> 16);
        }
    }
}

static void ef_keep_bf16(float *x, long stride, long rows, long count) {
    for (long r = 0; r < rows; r++)
        for (long i = 0; i < count; i += 16) {
            float *p = x + r * stride + i;
            ef_f16 lanes;
            ef_u16 bits;
            ef_load_at_most16(&lanes, p, count - i);
            ef_round_bf16_lanes(&bits, &lanes);
            if (count - i >= 16) memcpy(p, &bits, sizeof bits);
            else memcpy(p, &bits, (size_t)(count - i) * 4);
        }
}

/// One sequence's cache, of one key-value head.
struct ef_cache {
    const char *base;
    const int32_t *table;
    /// Bytes from block to block.
    long stride;
    long head_width;
};

/// scores[i][0 ..< blocks * 16] = scale · (q_i · key), one lane a key: each score is one chain of additions over the
/// head's width. Four blocks go together, for their chains are independent; in place of blocks past the end the last is
/// taken again, so up to 48 floats behind the scores are written.
EF_INLINE void ef_scores(
    float *scores, long scores_stride, const void *queries, long query_bytes, const struct ef_cache *cache, long blocks,
    float scale, const int count, const int is_bf16) {
    for (long b = 0; b < blocks; b += 4) {
        const char *k[4];
        ef_f16 sum[EF_QUERIES][4];
        EF_UNROLL for (int c = 0; c < 4; c++) {
            k[c] = cache->base + cache->table[b + c < blocks ? b + c : blocks - 1] * cache->stride;
            EF_EACH_QUERY sum[i][c] = (ef_f16){0};
        }
        for (long d = 0; d < (is_bf16 ? cache->head_width / 2 : cache->head_width); d++) {
            const char *q = (const char *)queries + d * 4;
            EF_UNROLL for (int c = 0; c < 4; c++) {
                if (is_bf16) {
                    ef_u16 pairs;
                    memcpy(&pairs, k[c] + d * 64, sizeof pairs);
                    EF_EACH_QUERY {
                        uint32_t x;
                        memcpy(&x, q + i * query_bytes, sizeof x);
                        ef_add_pairs(&sum[i][c], &pairs, x);
                    }
                } else {
                    ef_f16 keys;
                    memcpy(&keys, k[c] + d * 64, sizeof keys);
                    EF_EACH_QUERY sum[i][c] += keys * *(const float *)(q + i * query_bytes);
                }
            }
        }
        EF_EACH_QUERY EF_UNROLL for (int c = 0; c < 4; c++) {
            sum[i][c] *= scale;
            ef_store16(scores + i * scores_stride + (b + c) * 16, &sum[i][c]);
        }
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

/// y_i[0 ..< vectors * 16] = factor_i · Σ_j p_i[j] · value[j], four chains of keys (j mod 4), or of pairs of keys,
/// added pairwise. `first` is the first column; p of bf16 is in pairs.
EF_INLINE void ef_weighted_values(
    float *y, long y_stride, const float *p, long p_stride, const struct ef_cache *cache, long keys, long first,
    const float *factors, const int count, const int vectors, const int is_bf16) {
    long width = cache->head_width;
    ef_f16 sum[EF_QUERIES][4][2];
    EF_EACH_QUERY EF_UNROLL for (int c = 0; c < 4; c++) EF_UNROLL for (int v = 0; v < vectors; v++)
        sum[i][c][v] = (ef_f16){0};
    for (long j = 0; j < keys; j += 16) {
        const char *values = cache->base + cache->table[j / 16] * cache->stride;
        long left = keys - j < 16 ? keys - j : 16;
        if (is_bf16) {
            values += (EF_BLOCK_TOKENS * width + first * 2) * 2;
            for (long t = 0; t < left; t += 8) EF_UNROLL for (int c = 0; c < 4; c++) {
                long key = t + 2 * c;
                if (key >= left) break;
                // Behind the last key may lie anything.
                uint32_t mask = key + 1 < left ? 0xffffffff : 0xffff;
                EF_UNROLL for (int v = 0; v < vectors; v++) {
                    ef_u16 pairs;
                    memcpy(&pairs, values + key * width * 2 + v * 64, sizeof pairs);
                    pairs &= mask;
                    EF_EACH_QUERY {
                        uint32_t x;
                        memcpy(&x, (const char *)(p + i * p_stride) + (j + key) * 2, sizeof x);
                        ef_add_pairs(&sum[i][c][v], &pairs, x);
                    }
                }
            }
        } else {
            values += (EF_BLOCK_TOKENS * width + first) * 4;
            long t = 0;
            for (; t + 4 <= left; t += 4) EF_UNROLL for (int c = 0; c < 4; c++)
                EF_UNROLL for (int v = 0; v < vectors; v++) {
                    ef_f16 value;
                    memcpy(&value, values + ((t + c) * width + v * 16) * 4, sizeof value);
                    EF_EACH_QUERY sum[i][c][v] += value * p[i * p_stride + j + t + c];
                }
            EF_UNROLL for (int c = 0; c < 3; c++)
                if (t + c < left) EF_UNROLL for (int v = 0; v < vectors; v++) {
                    ef_f16 value;
                    memcpy(&value, values + ((t + c) * width + v * 16) * 4, sizeof value);
                    EF_EACH_QUERY sum[i][c][v] += value * p[i * p_stride + j + t + c];
                }
        }
    }
    EF_EACH_QUERY EF_UNROLL for (int v = 0; v < vectors; v++) {
        ef_f16 total = ((sum[i][0][v] + sum[i][1][v]) + (sum[i][2][v] + sum[i][3][v])) * factors[i];
        ef_store16(y + i * y_stride + v * 16, &total);
    }
}

/// The columns that fill no vector, a number at a time in the same chains.
EF_INLINE void ef_weighted_rest(
    float *y, const float *p, const struct ef_cache *cache, long keys, long first, float factor, const int is_bf16) {
    long width = cache->head_width;
    for (long d = first; d < width; d++) {
        float sum[4] = {0};
        for (long j = 0; j < keys; j++) {
            const char *values = cache->base + cache->table[j / 16] * cache->stride;
            long t = j % 16;
            if (!is_bf16) {
                sum[j % 4] += ((const float *)values)[(EF_BLOCK_TOKENS + t) * width + d] * p[j];
                continue;
            }
            // Of a pair the second comes first.
            long other = j ^ 1;
            if (other >= keys) other = j;
            const uint16_t *pairs = (const uint16_t *)values + EF_BLOCK_TOKENS * width;
            uint32_t value = (uint32_t)pairs[(other % 16 / 2 * width + d) * 2 + other % 2] << 16;
            uint32_t weight = (uint32_t)((const uint16_t *)p)[other] << 16;
            float v, w;
            memcpy(&v, &value, sizeof v), memcpy(&w, &weight, sizeof w);
            sum[j / 2 % 4] += v * w;
        }
        y[d] = ((sum[0] + sum[1]) + (sum[2] + sum[3])) * factor;
    }
}

/// Some queries of one row that share a key-value head. `scratch` holds, for each, its scores and its rounded numbers.
EF_INLINE void ef_attend_some(
    float *y, float *log_sums, const float *queries, long keys, const struct ef_cache *cache, float scale,
    float *scratch, const int count, const int is_bf16) {
    long width = cache->head_width, blocks = (keys + 15) / 16, stride = (blocks + 3) / 4 * 64;
    float *scores = scratch, *rounded = scratch + count * stride, factors[EF_QUERIES];
    const float *q = queries;
    if (is_bf16) {
        ef_round_bf16((uint16_t *)rounded, width, queries, width, count, width);
        q = rounded;
    }
    ef_scores(scores, stride, q, is_bf16 ? width * 2 : width * 4, cache, blocks, scale, count, is_bf16);
    for (int i = 0; i < count; i++) {
        float largest, sum = ef_softmax_scores(scores + i * stride, keys, blocks, &largest);
        if (log_sums) log_sums[i] = largest + logf(sum);
        factors[i] = 1.0f / sum;
        // In place: the rounded numbers of a row lie before those that are not read yet.
        if (is_bf16) ef_round_bf16((uint16_t *)(scores + i * stride), 0, scores + i * stride, 0, 1, blocks * 16);
    }
    long d = 0;
    for (; d + 32 <= width; d += 32)
        ef_weighted_values(y + d, width, scores, stride, cache, keys, d, factors, count, 2, is_bf16);
    if (d + 16 <= width) {
        ef_weighted_values(y + d, width, scores, stride, cache, keys, d, factors, count, 1, is_bf16);
        d += 16;
    }
    for (int i = 0; i < count; i++)
        ef_weighted_rest(y + i * width, scores + i * stride, cache, keys, d, factors[i], is_bf16);
}

EF_INLINE void ef_attend(
    float *y, long y_stride, float *log_sums, long log_sum_stride, const float *queries, long query_stride, long rows,
    long first_position, const char *blocks, const int32_t *table, long block_stride, long heads, long key_value_heads,
    long head_width, float scale, float *scratch, const int is_bf16) {
    long group = heads / key_value_heads;
    for (long g = 0; g < key_value_heads; g++) {
        struct ef_cache cache = {
            blocks + g * 2 * EF_BLOCK_TOKENS * head_width * (is_bf16 ? 2 : 4), table, block_stride, head_width};
        for (long r = 0; r < rows; r++)
            for (long h = g * group; h < (g + 1) * group;) {
                long left = (g + 1) * group - h, column = h * head_width, keys = first_position + r + 1;
                float *to = y + r * y_stride + column, *sums = log_sums ? log_sums + r * log_sum_stride + h : 0;
                const float *from = queries + r * query_stride + column;
                if (left >= 3) ef_attend_some(to, sums, from, keys, &cache, scale, scratch, 3, is_bf16), h += 3;
                else if (left == 2) ef_attend_some(to, sums, from, keys, &cache, scale, scratch, 2, is_bf16), h += 2;
                else ef_attend_some(to, sums, from, keys, &cache, scale, scratch, 1, is_bf16), h += 1;
            }
    }
}

static void ef_attend_fp32(
    float *y, long y_stride, float *log_sums, long log_sum_stride, const float *queries, long query_stride, long rows,
    long first_position, const void *blocks, const int32_t *table, long block_stride, long heads, long key_value_heads,
    long head_width, float scale, float *scratch) {
    ef_attend(
        y, y_stride, log_sums, log_sum_stride, queries, query_stride, rows, first_position, blocks, table, block_stride,
        heads, key_value_heads, head_width, scale, scratch, 0);
}

static void ef_attend_bf16(
    float *y, long y_stride, float *log_sums, long log_sum_stride, const float *queries, long query_stride, long rows,
    long first_position, const void *blocks, const int32_t *table, long block_stride, long heads, long key_value_heads,
    long head_width, float scale, float *scratch) {
    ef_attend(
        y, y_stride, log_sums, log_sum_stride, queries, query_stride, rows, first_position, blocks, table, block_stride,
        heads, key_value_heads, head_width, scale, scratch, 1);
}

static void ef_attend_backward(
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
