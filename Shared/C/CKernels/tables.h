#ifndef EF_TABLES_H
#define EF_TABLES_H

#include "ef_kernels.h"

extern const struct ef_kernels ef_table_portable, ef_table_avx2, ef_table_avx512, ef_table_avx512_bf16;

#endif
