#include "ef_kernels.h"
#include "ef_vector.h"

#include <math.h>

EF_CLONES double ef_sum_of_squares(const float *x, long count) {
    double lanes[16] = {0};
    long i = 0;
    for (; i + 16 <= count; i += 16)
        for (long l = 0; l < 16; l++) lanes[l] += (double)x[i + l] * (double)x[i + l];
    for (long l = 0; i < count; i++, l++) lanes[l] += (double)x[i] * (double)x[i];
    for (int half = 8; half > 0; half /= 2)
        for (int l = 0; l < half; l++) lanes[l] += lanes[l + half];
    return lanes[0];
}

EF_CLONES void ef_adamw(
    float *parameters, float *first, float *second, const float *gradient, long count, float gradient_scale, float beta1,
    float beta2, float epsilon, float step, float root_correction, float decay) {
    for (long i = 0; i < count; i++) {
        float g = gradient[i] * gradient_scale;
        float m = beta1 * first[i] + (1.0f - beta1) * g;
        float v = beta2 * second[i] + (1.0f - beta2) * (g * g);
        first[i] = m;
        second[i] = v;
        parameters[i] -= decay * parameters[i] + step * m / (sqrtf(v) * root_correction + epsilon);
    }
}
