EF_INLINE float ef_dot_inline(const float *a, const float *b, long count) {
    ef_f16 even = {0}, odd = {0}, x, y;
    long i = 0;
    for (; i + 32 <= count; i += 32) {
        ef_load16(&x, a + i), ef_load16(&y, b + i);
        even += x * y;
        ef_load16(&x, a + i + 16), ef_load16(&y, b + i + 16);
        odd += x * y;
    }
    if (i + 16 <= count) {
        ef_load16(&x, a + i), ef_load16(&y, b + i);
        even += x * y;
        i += 16;
    }
    if (i < count) {
        ef_load_part(&x, a + i, count - i), ef_load_part(&y, b + i, count - i);
        odd += x * y;
    }
    even += odd;
    return ef_sum16(&even);
}

static float ef_dot(const float *a, const float *b, long count) { return ef_dot_inline(a, b, count); }

static void ef_add(float *y, const float *x, long count) {
    for (long i = 0; i < count; i++) y[i] += x[i];
}

static void ef_rms_norm(
    float *y, float *inverse, const float *x, const float *gain, long rows, long width, float epsilon) {
    for (long r = 0; r < rows; r++) {
        const float *xr = x + r * width;
        float *yr = y + r * width;
        float scale = 1.0f / sqrtf(ef_dot_inline(xr, xr, width) / (float)width + epsilon);
        if (inverse) inverse[r] = scale;
        for (long i = 0; i < width; i++) yr[i] = xr[i] * scale * gain[i];
    }
}

static void ef_rms_norm_backward(
    float *dx, const float *base, float *dgain, const float *dy, const float *x, const float *inverse,
    const float *gain, long rows, long width) {
    for (long r = 0; r < rows; r++) {
        const float *xr = x + r * width, *dyr = dy + r * width, *from = base + r * width;
        float *dxr = dx + r * width;
        float scale = inverse[r];
        ef_f16 sum = {0};
        long i = 0;
        for (; i + 16 <= width; i += 16) {
            ef_f16 a, b, g;
            ef_load16(&a, xr + i), ef_load16(&b, dyr + i), ef_load16(&g, gain + i);
            sum += a * (b * g);
        }
        float rest = 0;
        for (; i < width; i++) rest += xr[i] * (dyr[i] * gain[i]);
        float shared = (ef_sum16(&sum) + rest) * scale * scale * scale / (float)width;
        for (i = 0; i < width; i++) {
            dgain[i] += dyr[i] * xr[i] * scale;
            dxr[i] = from[i] + (dyr[i] * gain[i] * scale - xr[i] * shared);
        }
    }
}

static void ef_rotate(
    float *x, long row_stride, const int32_t *positions, long rows, long heads, long head_width, const float *cosine,
    const float *sine, float direction) {
    for (long r = 0; r < rows; r++) {
        const float *c = cosine + positions[r] * head_width, *s = sine + positions[r] * head_width;
        for (long h = 0; h < heads; h++) {
            float *p = x + r * row_stride + h * head_width;
            long i = 0;
            for (; i + 16 <= head_width; i += 16) {
                ef_f16 v, cv, sv;
                ef_load16(&v, p + i), ef_load16(&cv, c + i), ef_load16(&sv, s + i);
                ef_f16 swapped = __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
                v = v * cv + swapped * (sv * direction);
                ef_store16(p + i, &v);
            }
            for (; i < head_width; i += 2) {
                float even = p[i], odd = p[i + 1];
                p[i] = even * c[i] + odd * (s[i] * direction);
                p[i + 1] = odd * c[i + 1] + even * (s[i + 1] * direction);
            }
        }
    }
}

static void ef_swiglu(
    float *h, long h_stride, const float *gate, const float *up, long stride, long rows, long width) {
    for (long r = 0; r < rows; r++) {
        const float *g = gate + r * stride, *u = up + r * stride;
        float *hr = h + r * h_stride;
        for (long i = 0; i < width; i += 16) {
            long count = width - i;
            ef_f16 gv, uv;
            if (count >= 16) ef_load16(&gv, g + i), ef_load16(&uv, u + i);
            else ef_load_part(&gv, g + i, count), ef_load_part(&uv, u + i, count);
            ef_f16 e = -gv;
            ef_exp16(&e);
            ef_f16 y = gv / (e + 1.0f) * uv;
            if (count >= 16) ef_store16(hr + i, &y);
            else ef_store_part(hr + i, &y, count);
        }
    }
}

static void ef_swiglu_backward(float *gate_up, float *dh, long rows, long width) {
    for (long r = 0; r < rows; r++) {
        float *g = gate_up + r * 2 * width, *u = g + width, *d = dh + r * width;
        for (long i = 0; i < width; i += 16) {
            long count = width - i;
            ef_f16 gv, uv, dv;
            if (count >= 16) ef_load16(&gv, g + i), ef_load16(&uv, u + i), ef_load16(&dv, d + i);
            else ef_load_part(&gv, g + i, count), ef_load_part(&uv, u + i, count), ef_load_part(&dv, d + i, count);
            ef_f16 e = -gv;
            ef_exp16(&e);
            ef_f16 sigmoid = 1.0f / (e + 1.0f);
            ef_f16 silu = gv * sigmoid;
            ef_f16 du = dv * silu;
            ef_f16 dg = dv * uv * (sigmoid + silu * (1.0f - sigmoid));
            ef_f16 h = silu * uv;
            if (count >= 16) ef_store16(g + i, &dg), ef_store16(u + i, &du), ef_store16(d + i, &h);
            else ef_store_part(g + i, &dg, count), ef_store_part(u + i, &du, count), ef_store_part(d + i, &h, count);
        }
    }
}
