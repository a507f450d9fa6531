// Products of rows with packed weights, y = base + x · weightsᵀ. Each result is one chain over the inputs in their order,
// in lanes that no other result shares, so that its bits depend neither on the number of rows nor on the instruction
// set.

// A tile is `rows` rows of `vectors` times sixteen results, which stay in registers; both are constants where it is
// inlined.

/// Columns of one row of a tile that are results; the others are beside the matrix.
EF_INLINE void ef_put16(float *y, const ef_f16 *v, long columns) {
    if (columns >= 16) ef_store16(y, v);
    else if (columns > 0) ef_store_part(y, v, columns);
}

/// What results begin with; zeros where there is no base.
EF_INLINE void ef_get16(ef_f16 *v, const float *base, long index, long columns) {
    if (!base) *v = (ef_f16){0};
    else ef_load_at_most16(v, base + index, columns);
}

/// What all tiles of a product share.
struct ef_product {
    float *y;
    /// Laid out as y; NULL for zeros.
    const float *base;
    long y_stride;
    const char *x;
    /// Bytes from row to row, where rows are not in panels.
    long x_stride;
    /// [rows][groups]; of int8 only.
    const float *scales;
    const char *panels;
    /// Steps of a panel: inputs, pairs or groups.
    long steps;
    long outputs;
};

#define EF_MOST_VECTORS (EF_TILE_ROWS == 12 ? 8 : 4)
#define EF_EACH_ROW EF_UNROLL for (int r = 0; r < rows; r++)
#define EF_EACH_VECTOR EF_UNROLL for (int v = 0; v < vectors; v++)

/// Where the weights of a step of sixteen outputs lie, which begin at output `first + 16 · v`.
EF_INLINE const char *ef_weights(const struct ef_product *p, long first, int v, long step, long step_bytes) {
    long output = first + v * 16;
    return p->panels + (output / EF_PANEL * p->steps + step) * step_bytes;
}

/// Where the inputs of a tile's first row lie, which are `EF_ROW_BYTES` from row to row and `EF_STEP_BYTES` from step to
/// step.
EF_INLINE const char *ef_rows(const struct ef_product *p, long row, const int in_panels) {
    if (!in_panels) return p->x + row * p->x_stride;
    return p->x + (row / EF_PANEL * p->steps * EF_PANEL + row % EF_PANEL) * 4;
}
#define EF_ROW_BYTES (in_panels ? 4 : p->x_stride)
#define EF_STEP_BYTES (in_panels ? EF_PANEL * 4 : 4)

EF_INLINE void ef_tile_fp32(
    const struct ef_product *p, long row, long first, const int rows, const int vectors, const int in_panels) {
    ef_f16 sum[EF_TILE_ROWS][EF_MOST_VECTORS];
    float *y = p->y + row * p->y_stride + first;
    EF_EACH_ROW EF_EACH_VECTOR ef_get16(
        &sum[r][v], p->base, (row + r) * p->y_stride + first + v * 16, p->outputs - first - v * 16);
    const char *x = ef_rows(p, row, in_panels);
    const float *w[EF_MOST_VECTORS];
    EF_EACH_VECTOR w[v] = (const float *)ef_weights(p, first, v, 0, EF_PANEL * 4) + (first + v * 16) % EF_PANEL;
    for (long k = 0; k < p->steps; k++) {
        ef_f16 weights[EF_MOST_VECTORS];
        EF_EACH_VECTOR ef_load16(&weights[v], w[v] + k * EF_PANEL);
        EF_EACH_ROW {
            float value = *(const float *)(x + r * EF_ROW_BYTES + k * EF_STEP_BYTES);
            EF_EACH_VECTOR sum[r][v] += weights[v] * value;
        }
    }
    EF_EACH_ROW EF_EACH_VECTOR ef_put16(y + r * p->y_stride + v * 16, &sum[r][v], p->outputs - first - v * 16);
}

/// Of a pair of inputs the second is added first, as vdpbf16ps does.
EF_INLINE void ef_tile_bf16(
    const struct ef_product *p, long row, long first, const int rows, const int vectors, const int in_panels) {
    ef_f16 sum[EF_TILE_ROWS][EF_MOST_VECTORS];
    float *y = p->y + row * p->y_stride + first;
    EF_EACH_ROW EF_EACH_VECTOR ef_get16(
        &sum[r][v], p->base, (row + r) * p->y_stride + first + v * 16, p->outputs - first - v * 16);
    const char *x = ef_rows(p, row, in_panels), *w[EF_MOST_VECTORS];
    EF_EACH_VECTOR w[v] = ef_weights(p, first, v, 0, EF_PANEL * 4) + (first + v * 16) % EF_PANEL * 4;
    for (long k = 0; k < p->steps; k++) {
        ef_u16 weights[EF_MOST_VECTORS];
        EF_EACH_VECTOR memcpy(&weights[v], w[v] + k * EF_PANEL * 4, sizeof weights[v]);
        EF_EACH_ROW {
            uint32_t pair;
            memcpy(&pair, x + r * EF_ROW_BYTES + k * EF_STEP_BYTES, sizeof pair);
            EF_EACH_VECTOR ef_add_pairs(&sum[r][v], &weights[v], pair);
        }
    }
    EF_EACH_ROW EF_EACH_VECTOR ef_put16(y + r * p->y_stride + v * 16, &sum[r][v], p->outputs - first - v * 16);
}

/// acc += Σ weights · (x − 128) of four inputs of each of sixteen outputs; with VNNI the 128 is not taken off.
EF_INLINE void ef_add_four(ef_i16 *acc, const char *weights, const char *x) {
    int four;
    memcpy(&four, x, sizeof four);
#if EF_HAS_VNNI
    *acc = (ef_i16)_mm512_dpbusd_epi32((__m512i)*acc, _mm512_set1_epi32(four), _mm512_loadu_si512(weights));
#elif EF_HAS_AVX512
    __m512i value = _mm512_set1_epi32(four ^ (int)0x80808080), w = _mm512_loadu_si512(weights);
    w = _mm512_mask_sub_epi8(w, _mm512_movepi8_mask(value), _mm512_setzero_si512(), w);
    // |x| ≤ 127 and |w| ≤ 127, so that two products do not saturate.
    w = _mm512_madd_epi16(_mm512_maddubs_epi16(_mm512_abs_epi8(value), w), _mm512_set1_epi16(1));
    *acc = (ef_i16)_mm512_add_epi32((__m512i)*acc, w);
#elif EF_HAS_AVX2
    __m256i value = _mm256_set1_epi32(four ^ (int)0x80808080), size = _mm256_abs_epi8(value);
    EF_UNROLL for (int half = 0; half < 2; half++) {
        __m256i w = _mm256_loadu_si256((const __m256i *)(weights + half * 32)), sums;
        // As above.
        w = _mm256_madd_epi16(_mm256_maddubs_epi16(size, _mm256_sign_epi8(w, value)), _mm256_set1_epi16(1));
        memcpy(&sums, (const char *)acc + half * 32, sizeof sums);
        sums = _mm256_add_epi32(sums, w);
        memcpy((char *)acc + half * 32, &sums, sizeof sums);
    }
#else
    ef_u16 w;
    memcpy(&w, weights, sizeof w);
    EF_UNROLL for (int i = 0; i < 4; i++)
        *acc += ((ef_i16)(w << (24 - 8 * i)) >> 24) * (((four >> (8 * i)) & 0xff) - 128);
#endif
}

EF_INLINE void ef_tile_int8(const struct ef_product *p, long row, long first, const int rows, const int vectors) {
    // In memory: sums and the integers of a group would not both stay in registers.
    ef_f16 sum[EF_TILE_ROWS][EF_MOST_VECTORS];
    float *y = p->y + row * p->y_stride + first;
    EF_EACH_ROW EF_EACH_VECTOR ef_get16(
        &sum[r][v], p->base, (row + r) * p->y_stride + first + v * 16, p->outputs - first - v * 16);
    const char *x = p->x + row * p->x_stride;
    for (long g = 0; g < p->steps; g++) {
        ef_i16 acc[EF_TILE_ROWS][EF_MOST_VECTORS];
        EF_EACH_VECTOR {
            ef_i16 start = {0};
#if EF_HAS_VNNI
            const char *sums = ef_weights(p, first, v, g, EF_GROUP_BYTES) + (EF_GROUP + 2) * EF_PANEL;
            __m512i totals = _mm512_cvtepi16_epi32(
                _mm256_loadu_si256((const __m256i *)(sums + (first + v * 16) % EF_PANEL * 2)));
            start = (ef_i16)_mm512_sub_epi32(_mm512_setzero_si512(), _mm512_slli_epi32(totals, 7));
#endif
            EF_EACH_ROW acc[r][v] = start;
        }
        for (long k = 0; k < EF_GROUP / 4; k++)
            EF_EACH_ROW EF_EACH_VECTOR ef_add_four(
                &acc[r][v],
                ef_weights(p, first, v, g, EF_GROUP_BYTES) + (k * EF_PANEL + (first + v * 16) % EF_PANEL) * 4,
                x + r * p->x_stride + g * EF_GROUP + k * 4);
        EF_EACH_VECTOR {
            const char *scales = ef_weights(p, first, v, g, EF_GROUP_BYTES) + EF_GROUP * EF_PANEL;
            ef_h16 bits;
            memcpy(&bits, scales + (first + v * 16) % EF_PANEL * 2, sizeof bits);
            ef_u16 wide = __builtin_convertvector(bits, ef_u16) << 16;
            ef_f16 scale;
            memcpy(&scale, &wide, sizeof scale);
            EF_EACH_ROW {
                ef_f16 factor = scale * p->scales[(row + r) * p->steps + g];
                sum[r][v] += __builtin_convertvector(acc[r][v], ef_f16) * factor;
            }
        }
    }
    EF_EACH_ROW EF_EACH_VECTOR ef_put16(y + r * p->y_stride + v * 16, &sum[r][v], p->outputs - first - v * 16);
}

// MARK: Matrices

// How many vectors of sixteen results a tile of so many rows has, at most EF_TILE_ROWS: as many sums as the registers
// hold, and with few rows enough of them that the processor need not wait for one to be ready.
#if EF_TILE_ROWS == 12
#define EF_TILE_SHAPES(CASE)                                                                                           \
    CASE(1, 8) CASE(1, 2) CASE(2, 4) CASE(2, 2) CASE(3, 4) CASE(3, 2) CASE(4, 2) CASE(5, 2) CASE(6, 2)                  \
    CASE(7, 2) CASE(8, 2) CASE(9, 2) CASE(10, 2) CASE(11, 2) CASE(12, 2)
#else
#define EF_TILE_SHAPES(CASE) CASE(1, 4) CASE(1, 1) CASE(2, 2) CASE(2, 1) CASE(3, 1) CASE(4, 1) CASE(5, 1) CASE(6, 1)
#endif
enum { EF_FEWEST_VECTORS = EF_TILE_ROWS == 12 ? 2 : 1 };
EF_INLINE int ef_vectors(long rows) {
    return EF_FEWEST_VECTORS * (rows == 1 ? 4 : rows == 2 || rows * 4 == EF_TILE_ROWS ? 2 : 1);
}

#define EF_CASE(ROWS, VECTORS)                                                                                         \
    case ROWS * 16 + VECTORS: EF_KIND(p, row, first, ROWS, VECTORS); break;
#define EF_TILES(NAME)                                                                                                 \
    static void NAME(const struct ef_product *p, long row, long first, long rows, int vectors) {                       \
        switch (rows * 16 + vectors) { EF_TILE_SHAPES(EF_CASE) }                                                       \
    }
#define EF_KIND(...) ef_tile_fp32(__VA_ARGS__, 0)
EF_TILES(ef_tiles_fp32)
#undef EF_KIND
#define EF_KIND(...) ef_tile_fp32(__VA_ARGS__, 1)
EF_TILES(ef_tiles_of_panels_fp32)
#undef EF_KIND
#define EF_KIND(...) ef_tile_bf16(__VA_ARGS__, 0)
EF_TILES(ef_tiles_bf16)
#undef EF_KIND
#define EF_KIND(...) ef_tile_bf16(__VA_ARGS__, 1)
EF_TILES(ef_tiles_of_panels_bf16)
#undef EF_KIND
#define EF_KIND ef_tile_int8
EF_TILES(ef_tiles_int8)
#undef EF_KIND

/// A few outputs at a time, so that their weights are read once from memory; rows in tiles of nearly equal size.
EF_INLINE void ef_multiply(
    void (*tile)(const struct ef_product *, long, long, long, int), const struct ef_product *p, long rows) {
    long tiles = (rows + EF_TILE_ROWS - 1) / EF_TILE_ROWS;
    // The fewest go with any number of rows, and several tiles may differ by one.
    int most = tiles > 1 ? EF_FEWEST_VECTORS : ef_vectors(rows);
    for (long first = 0; first < p->outputs;) {
        // Vectors of sixteen to the end of the last panel.
        long left = (p->outputs + EF_PANEL - 1) / EF_PANEL * (EF_PANEL / 16) - first / 16;
        int vectors = left < most ? EF_FEWEST_VECTORS : most;
        for (long t = 0; t < tiles; t++) {
            long row = rows * t / tiles;
            tile(p, row, first, rows * (t + 1) / tiles - row, vectors);
        }
        first += vectors * 16;
    }
}

static void ef_multiply_fp32(
    float *y, long y_stride, const float *x, long x_stride, const float *panels, long rows, long inputs, long outputs,
    const float *base) {
    struct ef_product p = {y, base, y_stride, (const char *)x, x_stride * 4, 0, (const char *)panels, inputs, outputs};
    ef_multiply(ef_tiles_fp32, &p, rows);
}

static void ef_multiply_bf16(
    float *y, long y_stride, const uint16_t *x, const uint16_t *panels, long rows, long inputs, long outputs,
    const float *base) {
    long pairs = (inputs + 1) / 2;
    struct ef_product p = {y, base, y_stride, (const char *)x, pairs * 4, 0, (const char *)panels, pairs, outputs};
    ef_multiply(ef_tiles_bf16, &p, rows);
}

static void ef_multiply_int8(
    float *y, long y_stride, const uint8_t *x, const float *scales, const int8_t *panels, long rows, long inputs,
    long outputs, const float *base) {
    long groups = (inputs + EF_GROUP - 1) / EF_GROUP;
    struct ef_product p = {
        y, base, y_stride, (const char *)x, groups * EF_GROUP, scales, (const char *)panels, groups, outputs};
    ef_multiply(ef_tiles_int8, &p, rows);
}

/// Rows in panels: a tile's rows are of one.
EF_INLINE void ef_multiply_panels(
    void (*tile)(const struct ef_product *, long, long, long, int), const struct ef_product *p, long rows) {
    for (long first = 0; first < p->outputs; first += EF_FEWEST_VECTORS * 16)
        for (long panel = 0; panel < rows; panel += EF_PANEL) {
            long count = rows - panel < EF_PANEL ? rows - panel : EF_PANEL;
            long tiles = (count + EF_TILE_ROWS - 1) / EF_TILE_ROWS;
            for (long t = 0; t < tiles; t++) {
                long row = count * t / tiles;
                tile(p, panel + row, first, count * (t + 1) / tiles - row, EF_FEWEST_VECTORS);
            }
        }
}

static void ef_multiply_panels_fp32(
    float *y, long y_stride, const float *rows_panels, const float *panels, long rows, long inputs, long outputs,
    const float *base) {
    struct ef_product p = {
        y, base, y_stride, (const char *)rows_panels, 0, 0, (const char *)panels, inputs, outputs};
    ef_multiply_panels(ef_tiles_of_panels_fp32, &p, rows);
}

static void ef_multiply_panels_bf16(
    float *y, long y_stride, const uint16_t *rows_panels, const uint16_t *panels, long rows, long inputs, long outputs,
    const float *base) {
    struct ef_product p = {
        y, base, y_stride, (const char *)rows_panels, 0, 0, (const char *)panels, (inputs + 1) / 2, outputs};
    ef_multiply_panels(ef_tiles_of_panels_bf16, &p, rows);
}
