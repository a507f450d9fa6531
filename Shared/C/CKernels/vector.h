#ifndef EF_VECTOR_H
#define EF_VECTOR_H

// Sixteen floats by the compilers' vector extension: one AVX-512 register, two AVX2 ones, or plain code.
// Everything here is inlined into the loops that use it, so that it is compiled for their instruction set.

#include <stdint.h>
#include <string.h>

#define EF_UNROLL _Pragma("clang loop unroll(full)")
#define EF_INLINE static inline __attribute__((always_inline, unused))

typedef float ef_f16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint32_t ef_u16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint8_t ef_b16 __attribute__((vector_size(16), aligned(1), may_alias));
typedef uint16_t ef_h16 __attribute__((vector_size(32), aligned(2), may_alias));
typedef int32_t ef_i16 __attribute__((vector_size(64), aligned(4), may_alias));

EF_INLINE void ef_load16(ef_f16 *v, const float *p) { *v = *(const ef_f16 *)p; }
EF_INLINE void ef_store16(float *p, const ef_f16 *v) { *(ef_f16 *)p = *v; }

/// The first `count` (< 16) lanes from memory, the others zero.
EF_INLINE void ef_load_part(ef_f16 *v, const float *p, long count) {
    float lanes[16] = {0};
    for (long i = 0; i < count; i++) lanes[i] = p[i];
    ef_load16(v, lanes);
}

EF_INLINE void ef_store_part(float *p, const ef_f16 *v, long count) {
    for (long i = 0; i < count; i++) p[i] = (*v)[i];
}

/// The one tree by which lanes are added.
EF_INLINE float ef_sum16(const ef_f16 *v) {
    float a[16];
    ef_store16(a, v);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++) a[i] += a[i + half];
    return a[0];
}

EF_INLINE float ef_max16(const ef_f16 *v) {
    float a[16];
    ef_store16(a, v);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++) a[i] = a[i] > a[i + half] ? a[i] : a[i + half];
    return a[0];
}

/// Lanes of `v` where `mask` is all ones, else of `other`.
EF_INLINE void ef_select16(ef_f16 *v, const ef_i16 *mask, const ef_f16 *other) {
    ef_i16 a, b;
    memcpy(&a, v, sizeof a);
    memcpy(&b, other, sizeof b);
    a = (a & *mask) | (b & ~*mask);
    memcpy(v, &a, sizeof a);
}

/// exp in place: 2^n · e^r with |r| ≤ ln 2 / 2 and a polynomial of degree 7 (relative error below 2e-7).
/// Below -87.3 the result is that of -87.3, above 88.3 that of 88.3; NaN stays NaN.
EF_INLINE void ef_exp16(ef_f16 *v) {
    const ef_f16 zero = {0};
    const ef_f16 low = zero - 87.3f, high = zero + 88.3f;
    ef_i16 above = *v < low;
    ef_f16 x = low;
    ef_select16(&x, &above, v);
    ef_i16 below = x > high;
    ef_f16 clamped = high;
    ef_select16(&clamped, &below, &x);
    x = clamped;
    // Adding 1.5 · 2^23 rounds to the nearest integer and leaves it in the low bits.
    const float magic = 12582912.0f;
    ef_f16 rounded = x * 1.44269504f + magic;
    ef_u16 exponent;
    memcpy(&exponent, &rounded, sizeof exponent);
    ef_f16 n = rounded - magic;
    ef_f16 r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    // Coefficients: Cephes' expf.
    ef_f16 p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    ef_u16 bits;
    memcpy(&bits, &p, sizeof bits);
    bits += exponent << 23;
    memcpy(v, &bits, sizeof bits);
}

/// Rounds lanes to the nearest bf16, ties to even, in the upper half of each lane; NaN stays NaN.
EF_INLINE void ef_round_bf16_lanes(ef_u16 *bits, const ef_f16 *v) {
    ef_u16 u;
    memcpy(&u, v, sizeof u);
    ef_i16 numbers = *v == *v;
    ef_u16 mask;
    memcpy(&mask, &numbers, sizeof mask);
    ef_u16 rounded = u + (0x7fff + ((u >> 16) & 1));
    *bits = ((rounded & mask) | ((u | 0x400000) & ~mask)) & 0xffff0000;
}

/// Thirty-two floats as sixteen pairs of bf16, the first of a pair in the lower half.
EF_INLINE void ef_bf16_pairs(ef_u16 *pairs, const ef_f16 *low, const ef_f16 *high) {
    ef_f16 even = __builtin_shufflevector(
        *low, *high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    ef_f16 odd = __builtin_shufflevector(
        *low, *high, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
    ef_u16 e, o;
    ef_round_bf16_lanes(&e, &even), ef_round_bf16_lanes(&o, &odd);
    *pairs = (e >> 16) | o;
}

/// sum += pairs · x, of two bf16 in each lane, the second first, as vdpbf16ps does.
EF_INLINE void ef_add_pairs(ef_f16 *sum, const ef_u16 *pairs, uint32_t x) {
#if EF_HAS_BF16
    *sum = (ef_f16)_mm512_dpbf16_ps((__m512)*sum, (__m512bh)*pairs, (__m512bh)_mm512_set1_epi32((int)x));
#else
    EF_UNROLL for (int odd = 1; odd >= 0; odd--) {
        ef_u16 bits = odd ? *pairs & 0xffff0000 : *pairs << 16;
        uint32_t half = odd ? x & 0xffff0000 : x << 16;
        ef_f16 lanes;
        float value;
        memcpy(&lanes, &bits, sizeof bits), memcpy(&value, &half, sizeof half);
        *sum += lanes * value;
    }
#endif
}

EF_INLINE void ef_load_at_most16(ef_f16 *v, const float *p, long count) {
    if (count >= 16) ef_load16(v, p);
    else ef_load_part(v, p, count > 0 ? count : 0);
}

static inline __attribute__((unused)) void ef_round_bf16(
    uint16_t *y, long y_stride, const float *x, long x_stride, long rows, long inputs) {
    long padded = inputs + inputs % 2;
    for (long r = 0; r < rows; r++)
        for (long k = 0; k < inputs; k += 32) {
            const float *p = x + r * x_stride + k;
            uint16_t *to = y + r * y_stride + k;
            ef_f16 low, high;
            ef_u16 pairs;
            ef_load_at_most16(&low, p, inputs - k), ef_load_at_most16(&high, p + 16, inputs - k - 16);
            ef_bf16_pairs(&pairs, &low, &high);
            if (padded - k >= 32) memcpy(to, &pairs, sizeof pairs);
            else memcpy(to, &pairs, (size_t)(padded - k) * 2);
        }
}

#endif
