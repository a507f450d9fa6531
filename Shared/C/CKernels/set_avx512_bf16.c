#include "tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4,avx512bf16,avx512vnni"))), apply_to = function)
// Clang prefers vectors of 256 bits otherwise.
#pragma clang attribute push(__attribute__((min_vector_width(512))), apply_to = function)

#define EF_NAME "avx512-bf16"
#define EF_TABLE ef_table_avx512_bf16
#define EF_FUSED 1
#define EF_TILE_ROWS 12
#define EF_HAS_BF16 1
#define EF_HAS_VNNI 1
#define EF_HAS_AVX512 1
#define EF_HAS_AVX2 1

#include "set.h"

#pragma clang attribute pop
#pragma clang attribute pop
#endif
