#include "tables.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define EF_NAME "portable"
#define EF_TABLE ef_table_portable
// Clang fuses a product and a sum wherever the target can, which a 64-bit ARM can.
#if defined(__aarch64__)
#define EF_FUSED 1
#else
#define EF_FUSED 0
#endif
#define EF_TILE_ROWS 6
#define EF_HAS_BF16 0
#define EF_HAS_VNNI 0
#define EF_HAS_AVX512 0
#define EF_HAS_AVX2 0

#include "set.h"
