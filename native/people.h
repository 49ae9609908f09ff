/* Names of people: what the lists know of words, `listed.c`; runs of capitalised words, `people.c`; which of them are
 * names, `named.c`; names that an address of mail or a name elsewhere speaks for, `again.c`.
 */
#ifndef PRATIQUE_PEOPLE_H
#define PRATIQUE_PEOPLE_H

#include "native.h"

/* Of a listed word: of `pratique.detect.names`, and what `pratique.detect.native` adds. */
enum { FAMILY = 4, KINDS = 15, LEADING = 32, LEADS = 64, TITLE = 128, PARTICLE = 256, NO_NAME = 512 };
enum { GIVEN = 1, GIVEN_OR_WORD = 2, FAMILY_OR_WORD = 8, COVERED = 1 << 20 };
enum { MOST_ENDINGS = 256 };
#define BASIS UINT64_C(14695981039346656037)
#define PRIME UINT64_C(1099511628211)

typedef struct {
    uint32_t offset;
    uint16_t size, value;
} Slot;

typedef struct {
    uint64_t mask, pool;
} Head;

typedef struct {
    const Slot *slots;
    const char *pool;
    uint64_t mask, pool_size;
    /* Of surnames. */
    const char *endings[MOST_ENDINGS];
    int64_t sizes[MOST_ENDINGS];
    int endings_count;
    /* Kinds of words that are no names alone. */
    int weak;
    /* Marks of labels of names, as of `words`; the field's name may be one. */
    const uint8_t *marks;
    int by_name;
    /* Names with a lower score are left out. */
    double least;
} Lists;

typedef struct {
    int64_t start, end;
    double score;
} Name;

/* What becomes of one text. */
typedef struct {
    /* Words of runs that can hold a name, and of the others; names; hashes of words that are surely part of one. */
    Buffer lively, idle, names, sure;
    /* Whether Python is to judge. */
    int hard;
} Told;

typedef struct {
    int32_t start, end, kind, run;
    /* Of its letters in lower case. */
    uint64_t hash;
} Word;

static inline int lower(int byte) { return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte; }
static inline int capital(int byte) { return byte >= 'A' && byte <= 'Z'; }
static inline int letter(int byte) { return (byte >= 'a' && byte <= 'z') || capital(byte); }
static inline int wordy(int byte) { return letter(byte) || (byte >= '0' && byte <= '9') || byte == '_'; }
static inline int blank(int byte) { return byte == ' ' || (byte >= 9 && byte <= 13) || (byte >= 28 && byte <= 31); }
static inline int among(const char *these, int byte) { return byte != 0 && strchr(these, byte) != NULL; }

/* The hash of a word in lower case; never 0. */
static inline uint64_t lowered(const char *word, int64_t size) {
    uint64_t hash = BASIS;
    for (int64_t at = 0; at < size; at++) hash = (hash ^ (uint8_t)lower((uint8_t)word[at])) * PRIME;
    return hash ? hash : 1;
}

/* What is known of a word, in any case; 0 for one that is not listed. */
unsigned value_of(const Lists *lists, const char *word, int64_t size);
/* Whether a word ends like a surname. */
int shaped(const Lists *lists, const char *word, int64_t size);
/* Whether `lists` could be read: a table of `listed`, and endings of surnames. */
int ready(Lists *lists, const Py_buffer *listed, const Py_buffer *endings);
/* Whether what stands before `start` may make a name of an unknown word. */
int led(const Lists *lists, const char *text, int64_t start);
/* Whether words behind a run say that somebody was born: as `_BORN`, of which ASCII has these. */
int born(const char *text, int64_t length, int64_t end);
/* Add the names of one run, as `_judge` of one that nothing leads to; 0 where there is no memory. */
int judged(const Lists *lists, const char *text, int64_t length, Word *run, int count, Told *told);
/* Whether a word that is surely part of a name stands where none was found; 0 where there is no memory. */
int again(Told *told);
/* Whether an address of mail may spell a name of a run, as `_mailed`: then Python is to judge. */
int mails(const char *text, int64_t length, Told *told);

#endif
