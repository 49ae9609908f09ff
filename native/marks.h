/* Marks at the hashes of listed words, as `ContextTable` makes them. */
#ifndef PRATIQUE_MARKS_H
#define PRATIQUE_MARKS_H

#include "native.h"

enum { LEAST_BEGINNING = 5, LONGEST_BEGINNING = 24, MARK_BITS = 20 };

static inline uint64_t code(const void *text, int wide, int64_t at) {
    if (wide) return ((const uint32_t *)text)[at];
    uint8_t byte = ((const uint8_t *)text)[at];
    return byte >= 'A' && byte <= 'Z' ? byte + 32u : byte;
}

/* Whether the word `text[start:end]`, or a beginning of it, has a mark at its hash. */
static inline int marked(const void *text, int wide, int64_t start, int64_t end, const uint8_t *marks) {
    uint64_t hash = 0;
    int64_t size = end - start;
    if (size > LONGEST_BEGINNING) size = LONGEST_BEGINNING;
    for (int64_t at = 1; at <= size; at++) {
        hash = hash * 1000003u + code(text, wide, start + at - 1);
        if (at < LEAST_BEGINNING && at != size) continue;
        if (marks[(hash * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - MARK_BITS)]) return 1;
    }
    return 0;
}

#endif
