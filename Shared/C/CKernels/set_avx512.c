#include "tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
// Clang prefers vectors of 256 bits otherwise.
#pragma clang attribute push(__attribute__((min_vector_width(512))), apply_to = function)

#define EF_NAME "avx512"
#define EF_TABLE ef_table_avx512
#define EF_FUSED 1
#define EF_TILE_ROWS 12
#define EF_HAS_BF16 0
#define EF_HAS_VNNI 0
#define EF_HAS_AVX512 1
#define EF_HAS_AVX2 1

#include "set.h"

#pragma clang attribute pop
#pragma clang attribute pop
#endif
