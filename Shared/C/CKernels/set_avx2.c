#include "tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)

#define EF_NAME "avx2"
#define EF_TABLE ef_table_avx2
#define EF_FUSED 1
#define EF_TILE_ROWS 6
#define EF_HAS_BF16 0
#define EF_HAS_VNNI 0
#define EF_HAS_AVX512 0
#define EF_HAS_AVX2 1

#include "set.h"

#pragma clang attribute pop
#endif
