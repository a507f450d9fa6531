#include "tables.h"

#include <string.h>

const struct ef_kernels *ef_kernel_set(long index) {
    const struct ef_kernels *sets[4];
    long count = 0;
#if defined(__x86_64__)
    __builtin_cpu_init();
    int v4 = __builtin_cpu_supports("x86-64-v4");
    if (v4 && __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vnni"))
        sets[count++] = &ef_table_avx512_bf16;
    if (v4) sets[count++] = &ef_table_avx512;
    if (__builtin_cpu_supports("x86-64-v3")) sets[count++] = &ef_table_avx2;
#endif
    sets[count++] = &ef_table_portable;
    return index < count ? sets[index] : 0;
}

uint64_t ef_checksum(const void *bytes, long count) {
    uint64_t lanes[8] = {0}, words[8], sum = 0;
    for (long i = 0; i < count; i += 64) {
        memcpy(words, (const char *)bytes + i, sizeof words);
        for (int lane = 0; lane < 8; lane++) lanes[lane] = (lanes[lane] << 7 | lanes[lane] >> 57) + words[lane];
    }
    for (int lane = 0; lane < 8; lane++) sum = (sum ^ lanes[lane]) * 0x9e3779b97f4a7c15u;
    return sum;
}

void ef_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
