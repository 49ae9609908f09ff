/* Words of names that stand elsewhere in a text: again, or in an address of mail. */
#include "people.h"

/* As `pratique.detect.mailboxes` and `_mailed`. */
enum { LEAST_MAILBOX = 6, LONGEST_MAILBOX = 64, LEAST_MAILED = 4 };

/* Add a hash to a table of hashes of `mask` + 1 places, or tell whether it is there. */
static int found_in(uint64_t *table, uint64_t mask, uint64_t hash, int added) {
    uint64_t at = hash & mask;
    for (; table[at]; at = (at + 1) & mask) {
        if (table[at] == hash) return 1;
    }
    if (added) table[at] = hash;
    return 0;
}

/* A table of the hashes of a buffer; NULL where there is no memory. */
static uint64_t *tabled(const Buffer *hashes, uint64_t *mask) {
    uint64_t count = hashes->used / sizeof(uint64_t);
    *mask = 15;
    while (*mask < 2 * count) *mask = 2 * *mask + 1;
    uint64_t *table = calloc(*mask + 1, sizeof(uint64_t));
    for (uint64_t at = 0; table != NULL && at < count; at++)
        found_in(table, *mask, ((const uint64_t *)hashes->data)[at], 1);
    return table;
}

int again(Told *told) {
    if (told->hard || told->sure.used == 0) return 1;
    uint64_t mask, *table = tabled(&told->sure, &mask);
    if (table == NULL) return 0;
    const Buffer *both[2] = {&told->lively, &told->idle};
    for (int one = 0; one < 2; one++) {
        const Word *words = (const Word *)both[one]->data;
        for (size_t at = 0; at < both[one]->used / sizeof(Word) && !told->hard; at++)
            told->hard = !(words[at].kind & COVERED) && found_in(table, mask, words[at].hash, 0);
    }
    free(table);
    return 1;
}

/* Go on with the hash of letters, as they are written in an address of mail; how many there are. */
static int64_t spelt(const char *text, int64_t start, int64_t end, uint64_t *hash) {
    int64_t count = 0;
    for (int64_t at = start; at < end; at++) {
        int byte = lower((uint8_t)text[at]);
        if (byte < 'a' || byte > 'z') continue;
        *hash = (*hash ^ (uint8_t)byte) * PRIME;
        count++;
    }
    return count;
}

static inline int mailbox(int byte) { return wordy(byte) || byte == '.' || byte == '+' || byte == '-'; }

int mails(const char *text, int64_t length, Told *told) {
    Buffer said = {0};
    for (int64_t at = 0; at < length; at++) {
        const char *next = memchr(text + at, '@', (size_t)(length - at));
        if (next == NULL) break;
        at = next - text;
        int64_t first = at;
        while (first > 0 && at - first < LONGEST_MAILBOX && mailbox((uint8_t)text[first - 1])) first--;
        if (at - first < LEAST_MAILBOX) continue;
        uint64_t *hash = more(&said, sizeof(uint64_t));
        if (hash == NULL) {
            free(said.data);
            return 0;
        }
        *hash = BASIS;
        spelt(text, first, at, hash);
        if (*hash == 0) *hash = 1;
    }
    uint64_t mask, *table = said.used ? tabled(&said, &mask) : NULL;
    int enough = said.used == 0 || table != NULL;
    const Word *words = (const Word *)told->lively.data;
    size_t count = told->lively.used / sizeof(Word);
    for (size_t at = 0; table != NULL && at + 1 < count && !told->hard; at++) {
        uint64_t whole = BASIS, short_ = BASIS, rest = BASIS;
        int64_t letters = spelt(text, words[at].start, words[at].end, &whole);
        int64_t one = words[at].start, size = 0;
        while (one < words[at].end && !spelt(text, one, one + 1, &short_)) one++;
        for (size_t end = at + 1; letters && end < count && end < at + 4 && words[end].run == words[at].run; end++) {
            spelt(text, words[end].start, words[end].end, &whole);
            spelt(text, words[end].start, words[end].end, &short_);
            size += spelt(text, words[end].start, words[end].end, &rest);
            if (size < LEAST_MAILED) continue;
            if (found_in(table, mask, whole ? whole : 1, 0) || found_in(table, mask, short_ ? short_ : 1, 0) ||
                found_in(table, mask, rest ? rest : 1, 0))
                told->hard = 1;
        }
    }
    free(table);
    free(said.data);
    return enough;
}
