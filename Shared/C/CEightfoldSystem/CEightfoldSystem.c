#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "CEightfoldSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/eventfd.h>
#include <sys/prctl.h>
#endif

int ef_eventfd(int *read_end, int *write_end) {
#if defined(__linux__)
    int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (descriptor < 0) return -1;
    *read_end = descriptor;
    *write_end = descriptor;
    return 0;
#else
    int ends[2];
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        if (fcntl(ends[i], F_SETFL, O_NONBLOCK) != 0 || fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0) {
            int cause = errno;
            close(ends[0]);
            close(ends[1]);
            errno = cause;
            return -1;
        }
    }
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
#endif
}

void ef_set_thread_name(const char *name) {
    char kept[16];  // The kernel's limit, the final zero included; a longer name would be refused whole.
    strncpy(kept, name, sizeof kept - 1);
    kept[sizeof kept - 1] = 0;
#if defined(__linux__)
    pthread_setname_np(pthread_self(), kept);
#elif defined(__APPLE__)
    pthread_setname_np(kept);
#endif
}

int ef_die_with_parent(int signal) {
#if defined(__linux__)
    return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0);
#else
    (void)signal;
    return 0;
#endif
}
