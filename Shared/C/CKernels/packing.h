// Operands of products: weights in panels, rows rounded or in steps of a scale.

/// A quarter of a transposition: after four of them lane j of vector i is in lane i of vector j.
EF_INLINE void ef_transpose_step(ef_f16 *v) {
    ef_f16 t[16];
    // clang-format off
    EF_UNROLL for (int i = 0; i < 16; i++) t[i] = v[i];
    EF_UNROLL for (int i = 0; i < 8; i++) {
        v[2 * i] = __builtin_shufflevector(t[i], t[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        v[2 * i + 1] = __builtin_shufflevector(
            t[i], t[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    // clang-format on
}

// MARK: Packing

static void ef_pack_fp32(float *panels, const float *weights, long weight_stride, long outputs, long inputs) {
    for (long first = 0; first < outputs; first += EF_PANEL, panels += inputs * EF_PANEL)
        for (long half = 0; half < EF_PANEL; half += 16)
            for (long k = 0; k < inputs; k += 16) {
                ef_f16 v[16];
                for (long o = 0; o < 16; o++) {
                    long output = first + half + o;
                    ef_load_at_most16(
                        &v[o], weights + output * weight_stride + k, output < outputs ? inputs - k : 0);
                }
                EF_UNROLL for (int step = 0; step < 4; step++) ef_transpose_step(v);
                long count = inputs - k < 16 ? inputs - k : 16;
                for (long i = 0; i < count; i++) ef_store16(panels + (k + i) * EF_PANEL + half, &v[i]);
            }
}

static void ef_pack_bf16(uint16_t *panels, const float *weights, long weight_stride, long outputs, long inputs) {
    long pairs = (inputs + 1) / 2;
    for (long first = 0; first < outputs; first += EF_PANEL, panels += pairs * 2 * EF_PANEL)
        for (long half = 0; half < EF_PANEL; half += 16)
            for (long k = 0; k < inputs; k += 32) {
                ef_f16 v[16];
                for (long o = 0; o < 16; o++) {
                    long output = first + half + o, count = output < outputs ? inputs - k : 0;
                    const float *w = weights + output * weight_stride + k;
                    ef_f16 low, high;
                    ef_u16 both;
                    ef_load_at_most16(&low, w, count), ef_load_at_most16(&high, w + 16, count - 16);
                    ef_bf16_pairs(&both, &low, &high);
                    memcpy(&v[o], &both, sizeof both);
                }
                EF_UNROLL for (int step = 0; step < 4; step++) ef_transpose_step(v);
                long count = pairs - k / 2 < 16 ? pairs - k / 2 : 16;
                for (long i = 0; i < count; i++)
                    memcpy(panels + ((k / 2 + i) * EF_PANEL + half) * 2, &v[i], sizeof v[i]);
            }
}

static void ef_pack_fp32_columns(
    float *panels, const float *weights, long weight_stride, long outputs, long inputs) {
    for (long first = 0; first < outputs; first += EF_PANEL, panels += inputs * EF_PANEL)
        for (long k = 0; k < inputs; k++)
            for (long half = 0; half < EF_PANEL; half += 16) {
                ef_f16 v;
                ef_load_at_most16(&v, weights + k * weight_stride + first + half, outputs - first - half);
                ef_store16(panels + k * EF_PANEL + half, &v);
            }
}

static void ef_pack_bf16_columns(
    uint16_t *panels, const float *weights, long weight_stride, long outputs, long inputs) {
    long pairs = (inputs + 1) / 2;
    for (long first = 0; first < outputs; first += EF_PANEL, panels += pairs * 2 * EF_PANEL)
        for (long half = 0; half < EF_PANEL; half += 16)
            for (long k = 0; k < inputs; k += 2) {
                long count = outputs - first - half;
                const float *w = weights + k * weight_stride + first + half;
                ef_f16 even, odd;
                ef_u16 e, o;
                ef_load_at_most16(&even, w, count);
                ef_load_at_most16(&odd, w + weight_stride, k + 1 < inputs ? count : 0);
                ef_round_bf16_lanes(&e, &even), ef_round_bf16_lanes(&o, &odd);
                e = (e >> 16) | o;
                memcpy(panels + (k * EF_PANEL / 2 + half) * 2, &e, sizeof e);
            }
}

static void ef_pack_int8(int8_t *panels, const float *weights, long weight_stride, long outputs, long inputs) {
    long groups = (inputs + EF_GROUP - 1) / EF_GROUP;
    for (long first = 0; first < outputs; first += EF_PANEL)
        for (long g = 0; g < groups; g++, panels += EF_GROUP_BYTES)
            for (long o = 0; o < EF_PANEL; o++) {
                const float *w = weights + (first + o) * weight_stride + g * EF_GROUP;
                long count = inputs - g * EF_GROUP < EF_GROUP ? inputs - g * EF_GROUP : EF_GROUP;
                if (first + o >= outputs) count = 0;
                float largest = 0, poison = 0;
                for (long i = 0; i < count; i++) {
                    largest = fabsf(w[i]) > largest ? fabsf(w[i]) : largest;
                    poison += w[i] * 0;
                }
                // The scale is rounded up to a bf16, so that no weight is beyond 127 steps; one that is no number makes
                // it none.
                uint32_t bits;
                float scale = largest / 127;
                memcpy(&bits, &scale, sizeof bits);
                bits = poison == 0 ? (bits + 0xffff) & 0xffff0000 : 0x7fc00000;
                memcpy(&scale, &bits, sizeof scale);
                int sum = 0;
                for (long i = 0; i < EF_GROUP; i++) {
                    float steps = i < count && scale > 0 ? w[i] / scale : 0;
                    // Adding 1.5 · 2^23 rounds to the nearest integer.
                    int q = (int)((steps + 12582912.0f) - 12582912.0f);
                    panels[i / 4 * 4 * EF_PANEL + o * 4 + i % 4] = (int8_t)q;
                    sum += q;
                }
                ((uint16_t *)(panels + EF_GROUP * EF_PANEL))[o] = (uint16_t)(bits >> 16);
                ((int16_t *)(panels + EF_GROUP * EF_PANEL))[EF_PANEL + o] = (int16_t)sum;
            }
}

// MARK: Rows

static void ef_quantize_int8(
    uint8_t *y, long y_stride, float *scales, long scale_stride, const float *x, long x_stride, long rows,
    long inputs) {
    long groups = (inputs + EF_GROUP - 1) / EF_GROUP;
    for (long r = 0; r < rows; r++)
        for (long g = 0; g < groups; g++) {
            const float *p = x + r * x_stride + g * EF_GROUP;
            uint8_t *to = y + r * y_stride + g * EF_GROUP;
            long count = inputs - g * EF_GROUP;
            ef_f16 v[4], top = {0}, poison = {0};
            for (int i = 0; i < 4; i++) {
                ef_load_at_most16(&v[i], p + i * 16, count - i * 16);
                ef_f16 size = -v[i];
                ef_i16 positive = v[i] > size;
                ef_f16 kept_value = v[i];
                ef_select16(&kept_value, &positive, &size);
                size = kept_value;
                ef_i16 kept = size <= top;
                ef_select16(&top, &kept, &size);
                poison += v[i] * 0;
            }
            float largest = ef_max16(&top), inverse = 127 / largest;
            // What is no number makes every result of the row none.
            scales[r * scale_stride + g] = largest / 127 + ef_sum16(&poison);
            for (int i = 0; i < 4; i++) {
                ef_f16 steps = v[i] * (largest > 0 ? inverse : 0) + 12582912.0f;
                ef_u16 bits;
                memcpy(&bits, &steps, sizeof bits);
                // The low byte holds the integer; 128 more makes it one without a sign.
                bits = (bits + 128) & 0xff;
                ef_b16 bytes = __builtin_convertvector(bits, ef_b16);
                memcpy(to + i * 16, &bytes, sizeof bytes);
            }
        }
}
