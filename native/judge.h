/* What judging is done with: `judge.c`, and what is said around a candidate, `around.c`. */
#ifndef PRATIQUE_JUDGE_H
#define PRATIQUE_JUDGE_H

#include "page.h"

enum { FAR = 99 };
/* Of a pattern: its shape says all; it is found without a label; it was matched over the whole. */
enum { EXACT = 1, LONE = 2, WHOLE = 8 };

typedef struct {
    int64_t start, pattern, end;
} Hit;

typedef struct {
    int64_t first, flags, entity, set;
} Group;

typedef struct {
    int64_t entity, bit, home, kind, order, check, opposed, moved;
    double score, validated, context, reported;
} Member;

/* What a word speaks for: sets of bits of itself and of all, and its phrases. */
typedef struct {
    const uint8_t *types, *every, *phrases, *end;
    int64_t count;
} Known;

/* What is the same around a span for all types. */
typedef struct {
    int64_t start, end, least, low, high, before, after, latest, earliest, free_first, free_last;
    int mailed, plain, freed;
    /* Of what is not ASCII: what Python tells, once; by kind what the neighbours say, less one; who is ruled out. */
    PyObject *told, *against;
    int joints[4];
} Place;

typedef struct {
    int64_t distance, words;
    int home;
} Around;

/* The last certain candidate of a type. */
typedef struct {
    int64_t text, start, end;
} Sure;

enum { SLOW, MATCH, VERDICT, NEAR, EDGES, REFUSES, TABLED, EXTENT, HOOKS };

typedef struct {
    Page page;
    const Hit *hits;
    const int64_t *passes, *starts, *word_starts, *word_ends, *numbers, *rows, *marks, *mails;
    int64_t hits_count, passes_count, texts, words_count, marks_count, mails_count;
    const Group *groups;
    const Member *members;
    const uint8_t *sets, *mail, *spoken, *hides, *lengths;
    int64_t groups_count, members_count, sets_count, bits, entities_count;
    int evident;
    Known *knowns;
    int64_t knowns_count;
    Sure *sure;
    PyObject *found, *entities, *make, *detector, *automata, *names[9], *hooks[HOOKS];
    allocfunc alloc;
    /* Of the text that is judged. */
    int64_t text, first, last, proved_start, proved_end;
    int tabled;
    Place place;
} Judge;

enum { DAMAGED = -2, FAILED = -1 };

static inline int has(const uint8_t *bits, int64_t bit) { return bits[bit >> 3] >> (bit & 7) & 1; }
static inline uint32_t near_code(const Judge *j, int64_t at) { return at >= j->first && at < j->last ? code_at(&j->page, at) : 0xFFFFFFFF; }
static inline int among(const char *these, uint32_t code) { return code != 0 && code < 128 && strchr(these, (int)code) != NULL; }

/* What the neighbours say, and by what kind of edges. */
enum { EDGE_NONE, EDGE_WORD, EDGE_NUMBER, EDGE_PARTS };
enum { CLEAN, JOINED, REFUSED, GLUED };
/* Call a hook with the text's number and places in it; NULL on error. */
PyObject *asked(Judge *j, int hook, int64_t start, int64_t end, int64_t more);
/* The number that a hook told, which is let go of; `FAILED` on error. */
int64_t told_number(PyObject *told);
/* Look at a place; the last one is remembered. */
void placed(Judge *j, int64_t start, int64_t end);
/* As `neighbours.edges`. */
int edged(Judge *j, int64_t start, int64_t end, int64_t kind);
/* As `Said.around`, of one type. */
int around_of(Judge *j, int64_t start, int64_t end, int64_t at, Around *around);
/* As `Said.speaks`, but for the heads of columns. */
int may_speak(const Judge *j, int64_t start, int64_t end, const uint8_t *wanted);

#endif
