#ifndef EF_VECTOR_H
#define EF_VECTOR_H

// Sixteen floats by the compilers' vector extension: one AVX-512 register, two AVX2 ones, or plain code.
// Everything here is inlined into the clones that use it, so that it is compiled for their instruction set.

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define EF_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EF_CLONES
#endif

#define EF_INLINE static inline __attribute__((always_inline, unused))

typedef float ef_f16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint32_t ef_u16 __attribute__((vector_size(64), aligned(4), may_alias));
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

#endif
