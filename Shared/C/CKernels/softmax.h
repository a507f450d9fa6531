static float ef_log_sum_exp(const float *x, long count) {
    ef_f16 top = (ef_f16){0} - INFINITY, v;
    long i = 0;
    for (; i + 16 <= count; i += 16) {
        ef_load16(&v, x + i);
        ef_i16 greater = v > top;
        ef_f16 kept = v;
        ef_select16(&kept, &greater, &top);
        top = kept;
    }
    float largest = ef_max16(&top);
    for (; i < count; i++) largest = x[i] > largest ? x[i] : largest;
    ef_f16 sum = {0};
    for (i = 0; i + 16 <= count; i += 16) {
        ef_load16(&v, x + i);
        v -= largest;
        ef_exp16(&v);
        sum += v;
    }
    if (i < count) {
        ef_load_part(&v, x + i, count - i);
        v -= largest;
        ef_exp16(&v);
        ef_f16 part = {0};
        for (long lane = 0; lane < count - i; lane++) part[lane] = v[lane];
        sum += part;
    }
    return largest + logf(ef_sum16(&sum));
}

static void ef_exp(float *y, const float *x, long count, float shift, float scale) {
    for (long i = 0; i < count; i += 16) {
        long part = count - i;
        ef_f16 v;
        if (part >= 16) ef_load16(&v, x + i);
        else ef_load_part(&v, x + i, part);
        v = (v - shift) * scale;
        ef_exp16(&v);
        if (part >= 16) ef_store16(y + i, &v);
        else ef_store_part(y + i, &v, part);
    }
}

static void ef_log_softmax_backward(float *logits, long count, float log_sum, long target, float weight) {
    for (long i = 0; i < count; i += 16) {
        long part = count - i;
        ef_f16 v;
        if (part >= 16) ef_load16(&v, logits + i);
        else ef_load_part(&v, logits + i, part);
        v -= log_sum;
        ef_exp16(&v);
        v *= -weight;
        if (part >= 16) ef_store16(logits + i, &v);
        else ef_store_part(logits + i, &v, part);
    }
    logits[target] += weight;
}

static long ef_argmax(const float *x, long count) {
    ef_f16 top = (ef_f16){0} - INFINITY, v;
    long i = 0;
    for (; i + 16 <= count; i += 16) {
        ef_load16(&v, x + i);
        ef_i16 greater = v > top;
        ef_select16(&v, &greater, &top);
        top = v;
    }
    float largest = ef_max16(&top);
    for (; i < count; i++) largest = x[i] > largest ? x[i] : largest;
    for (i = 0; i < count; i++)
        if (x[i] == largest) return i;
    return 0;
}
