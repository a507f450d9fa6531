#ifndef EIGHTFOLD_CSYSTEM_H
#define EIGHTFOLD_CSYSTEM_H

// Opens a wake-up that poll() can wait for: what is written to *write_end makes *read_end readable.
// Both ends are non-blocking and closed on exec. On Linux both are the same eventfd (Swift's Glibc module lacks
// eventfd), elsewhere they are the two ends of a pipe. Returns 0, or -1 with errno.
int ef_eventfd(int *read_end, int *write_end);

// Names the calling thread for debuggers and top; Linux keeps the first 15 bytes. Swift's Glibc module lacks it.
void ef_set_thread_name(const char *name);

// Asks the kernel to send the calling process `signal` when its parent ends. Returns 0, or -1 with errno.
// Linux only (prctl is variadic, so Swift cannot call it); elsewhere it does nothing and returns 0.
int ef_die_with_parent(int signal);

#endif
