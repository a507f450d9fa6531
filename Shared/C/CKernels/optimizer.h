static double ef_sum_of_squares(const float *x, long count) {
    double lanes[16] = {0};
    long i = 0;
    for (; i + 16 <= count; i += 16)
        for (long l = 0; l < 16; l++) lanes[l] += (double)x[i + l] * (double)x[i + l];
    for (long l = 0; i < count; i++, l++) lanes[l] += (double)x[i] * (double)x[i];
    for (int half = 8; half > 0; half /= 2)
        for (int l = 0; l < half; l++) lanes[l] += lanes[l + half];
    return lanes[0];
}

EF_INLINE void ef_sqrt16(ef_f16 *v) {
#if defined(__has_builtin)
#if __has_builtin(__builtin_elementwise_sqrt)
    *v = __builtin_elementwise_sqrt(*v);
    return;
#endif
#endif
    for (int i = 0; i < 16; i++) (*v)[i] = sqrtf((*v)[i]);
}

static void ef_adamw(
    float *parameters, float *first, float *second, const float *gradient, long count, float gradient_scale,
    float beta1, float beta2, float epsilon, float step, float root_correction, float decay) {
    for (long i = 0; i < count; i += 16) {
        long part = count - i < 16 ? count - i : 16;
        ef_f16 p, m, v, g;
        if (part == 16) {
            ef_load16(&p, parameters + i), ef_load16(&m, first + i);
            ef_load16(&v, second + i), ef_load16(&g, gradient + i);
        } else {
            ef_load_part(&p, parameters + i, part), ef_load_part(&m, first + i, part);
            ef_load_part(&v, second + i, part), ef_load_part(&g, gradient + i, part);
        }
        g *= gradient_scale;
        m = m * beta1 + g * (1.0f - beta1);
        v = v * beta2 + g * g * (1.0f - beta2);
        ef_f16 root = v;
        ef_sqrt16(&root);
        p -= p * decay + m * step / (root * root_correction + epsilon);
        if (part == 16) {
            ef_store16(parameters + i, &p), ef_store16(first + i, &m), ef_store16(second + i, &v);
        } else {
            ef_store_part(parameters + i, &p, part), ef_store_part(first + i, &m, part);
            ef_store_part(second + i, &v, part);
        }
    }
}
