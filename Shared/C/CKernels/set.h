// One instruction set's table. Included by a file that says which, within the pragma that compiles for it: EF_NAME,
// EF_FUSED, EF_TILE_ROWS, EF_HAS_BF16, EF_HAS_VNNI, EF_HAS_AVX512, EF_HAS_AVX2, and EF_TABLE, the table's symbol.

#include "vector.h"
#include "attention.h"
#include "optimizer.h"
#include "packing.h"
#include "products.h"
#include "rows.h"
#include "softmax.h"

const struct ef_kernels EF_TABLE = {
    .name = EF_NAME,
    .is_fused = EF_FUSED,
    .rms_norm = ef_rms_norm,
    .rms_norm_backward = ef_rms_norm_backward,
    .rotate = ef_rotate,
    .store_fp32 = ef_store_fp32,
    .store_bf16 = ef_store_bf16,
    .keep_bf16 = ef_keep_bf16,
    .attend_fp32 = ef_attend_fp32,
    .attend_bf16 = ef_attend_bf16,
    .attend_backward = ef_attend_backward,
    .dot = ef_dot,
    .add = ef_add,
    .swiglu = ef_swiglu,
    .swiglu_backward = ef_swiglu_backward,
    .log_sum_exp = ef_log_sum_exp,
    .argmax = ef_argmax,
    .exp = ef_exp,
    .log_softmax_backward = ef_log_softmax_backward,
    .sum_of_squares = ef_sum_of_squares,
    .adamw = ef_adamw,
    .pack_fp32 = ef_pack_fp32,
    .pack_bf16 = ef_pack_bf16,
    .pack_fp32_columns = ef_pack_fp32_columns,
    .pack_bf16_columns = ef_pack_bf16_columns,
    .pack_int8 = ef_pack_int8,
    .round_bf16 = ef_round_bf16,
    .quantize_int8 = ef_quantize_int8,
    .multiply_fp32 = ef_multiply_fp32,
    .multiply_bf16 = ef_multiply_bf16,
    .multiply_panels_fp32 = ef_multiply_panels_fp32,
    .multiply_panels_bf16 = ef_multiply_panels_bf16,
    .multiply_int8 = ef_multiply_int8,
};
