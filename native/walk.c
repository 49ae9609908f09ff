/* The walk: from every place at which a candidate can begin, as `pratique.detect.shapes.finder`. */
#include "native.h"

enum { DEAD = 0, BEGIN = 1, REACH = 24 };
/* Of a pattern: the place of its edges in `neighbours.KINDS`, and whether it ends where its shape does. */
enum { SORT_NONE = 0, SORT_NUMBER = 2, SORT_PARTS = 3, SORT = 3, CLOSED = 4 };
enum { DONE, NEW_STATE, NO_MEMORY, DAMAGED };

typedef struct {
    int64_t start, pattern, end;
} Hit;

typedef struct {
    const uint8_t *symbols, *flags, *sorts;
    const int32_t *runs, *table;
    const int64_t *begins, *endings;
    /* `length`: of the symbols, the END behind them among them. */
    int64_t length, states, size, patterns, begins_count, endings_count;
    Buffer hits;
    /* Of the place that is walked from: its hits, and by pattern which one of them is the pattern's. */
    Hit *its;
    int64_t its_count, *slots;
    int64_t at, state, symbol;
} Walk;

static inline unsigned flags_at(const Walk *walk, int64_t at) {
    return at >= 0 && at < walk->length ? walk->flags[walk->symbols[at]] : 0;
}

static inline int letter(unsigned flags) { return (flags & (WORD | DIGIT | TIE)) == WORD; }

/* As `Neighbours.refuse`. */
static int refused(const Walk *walk, const Hit *hit) {
    unsigned sort = walk->sorts[hit->pattern], kind = sort & SORT;
    if (kind == SORT_NONE) return 0;
    unsigned before = flags_at(walk, hit->start - 1), far = flags_at(walk, hit->start - 2);
    if (before & WORD) {
        int glued = (flags_at(walk, hit->start) & DIGIT) && letter(before) && letter(far) &&
                    letter(flags_at(walk, hit->start - 3));
        if (!glued) return 1;
    }
    if ((before & BLANK) && !(far & BLANK)) return 1;
    if (kind == SORT_NUMBER && (before & TIE) && (far & DIGIT)) return 1;
    if (kind == SORT_PARTS && (before & DOTS)) {
        int same = hit->start >= 2 && walk->symbols[hit->start - 1] == walk->symbols[hit->start - 2];
        if (same || (far & DIGIT)) return 1;
    }
    if (!(sort & CLOSED)) return 0;
    unsigned after = flags_at(walk, hit->end), farther = flags_at(walk, hit->end + 1);
    if ((after & WORD) || ((after & BLANK) && !(farther & BLANK))) return 1;
    if (!(farther & DIGIT)) return 0;
    return (kind == SORT_NUMBER && (after & TIE)) || (kind == SORT_PARTS && (after & DOT));
}

/* Patterns end in `state` before `at`: each one's furthest end counts. */
static int met(Walk *walk, int64_t start, int64_t state, int64_t at) {
    int64_t row = 2 * state + !(walk->flags[walk->symbols[at]] & TIED);
    if (row + 1 >= walk->begins_count) return DAMAGED;
    int64_t first = walk->begins[row], last = walk->begins[row + 1];
    if (first < 0 || last > walk->endings_count) return DAMAGED;
    for (int64_t place = first; place < last; place++) {
        int64_t pattern = walk->endings[place];
        if (pattern < 0 || pattern >= walk->patterns) return DAMAGED;
        int64_t slot = walk->slots[pattern];
        if (slot < walk->its_count && walk->its[slot].pattern == pattern) {
            walk->its[slot].end = at;
        } else {
            walk->slots[pattern] = walk->its_count;
            walk->its[walk->its_count++] = (Hit){start, pattern, at};
        }
    }
    return DONE;
}

/* Add the hits of one place, the longest first, and of the same length by pattern. */
static int add(Walk *walk) {
    Hit *its = walk->its;
    int64_t kept = 0;
    for (int64_t one = 0; one < walk->its_count; one++) {
        Hit hit = its[one];
        if (refused(walk, &hit)) continue;
        int64_t place = kept++;
        while (place > 0 && (its[place - 1].end < hit.end ||
                             (its[place - 1].end == hit.end && its[place - 1].pattern > hit.pattern))) {
            its[place] = its[place - 1];
            place--;
        }
        its[place] = hit;
    }
    if (kept == 0) return DONE;
    void *room = more(&walk->hits, (size_t)kept * sizeof(Hit));
    if (room == NULL) return NO_MEMORY;
    memcpy(room, its, (size_t)kept * sizeof(Hit));
    return DONE;
}

static int from(Walk *walk, int64_t start) {
    int64_t at = start, state = BEGIN;
    walk->its_count = 0;
    for (;;) {
        int64_t symbol = walk->symbols[at];
        if (symbol >= walk->size) return DAMAGED;
        int64_t after = walk->table[state * walk->size + symbol];
        if (after == DEAD) break;
        if (after < 0 || after >= walk->states) {
            walk->at = start;
            walk->state = state;
            walk->symbol = symbol;
            return NEW_STATE;
        }
        state = after;
        if (++at >= walk->length) return DAMAGED;
        int told = met(walk, start, state, at);
        if (told != DONE) return told;
    }
    return walk->its_count ? add(walk) : DONE;
}

/* Whether a candidate can begin at `at`, but for what lies behind it. */
static inline int begins(const Walk *walk, int64_t at, unsigned flags) {
    if (!(flags & BEGINS)) return 0;
    if (!(flags & WORD) || at == 0) return 1;
    unsigned before = walk->flags[walk->symbols[at - 1]];
    return !(before & WORD) || (!(before & DIGIT) && (flags & DIGIT));
}

static int walked(Walk *walk) {
    int64_t digit = walk->at, gap = walk->at, last = walk->length - 1;
    for (int64_t at = walk->at; at < last; at++) {
        unsigned flags = walk->flags[walk->symbols[at]];
        if (!begins(walk, at, flags)) continue;
        if (digit < at) digit = at;
        while (digit < last && digit - at < REACH && !(flags_at(walk, digit) & DIGIT)) digit++;
        if (digit >= last || digit - at >= REACH) {
            if (gap < at) gap = at;
            while (gap < last && (flags_at(walk, gap) & WORD)) gap++;
            if (gap - at < walk->runs[walk->symbols[at] * 256 + walk->symbols[at + 1]]) continue;
        }
        int told = from(walk, at);
        if (told != DONE) return told;
    }
    return DONE;
}

/* find(symbols, flags, runs, table, states, begins, endings, sorts, at) -> (hits, at, state, symbol)
 *
 * hits: as int64, start, pattern and end of each. at: -1, or the place from which to go on once the automaton knows
 * what follows `state` by `symbol`.
 */
PyObject *native_find(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer symbols, flags, runs, table, begins_, endings, sorts;
    Py_ssize_t states, at;
    if (!PyArg_ParseTuple(args, "y*y*y*y*ny*y*y*n", &symbols, &flags, &runs, &table, &states, &begins_, &endings,
                          &sorts, &at))
        return NULL;
    PyObject *result = NULL;
    Walk walk = {
        .symbols = symbols.buf, .flags = flags.buf, .sorts = sorts.buf, .runs = runs.buf, .table = table.buf,
        .begins = begins_.buf, .endings = endings.buf, .length = symbols.len, .states = states,
        .patterns = sorts.len, .begins_count = begins_.len / 8, .endings_count = endings.len / 8, .at = at,
    };
    int sound = holds(&runs, 4) && holds(&table, 4) && holds(&begins_, 8) && holds(&endings, 8) && flags.len == 256 &&
                runs.len == 256 * 256 * 4 && symbols.len > 0 && walk.symbols[symbols.len - 1] == 0 && states > BEGIN &&
                at >= 0 && (table.len / 4) % states == 0;
    if (!sound) {
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    walk.size = table.len / 4 / states;
    walk.its = malloc(((size_t)walk.patterns + 1) * sizeof(Hit));
    walk.slots = calloc((size_t)walk.patterns + 1, sizeof(int64_t));
    int told = NO_MEMORY;
    if (walk.its != NULL && walk.slots != NULL) {
        Py_BEGIN_ALLOW_THREADS
        told = walked(&walk);
        Py_END_ALLOW_THREADS
    }
    free(walk.its);
    free(walk.slots);
    if (told == NO_MEMORY) {
        PyErr_NoMemory();
    } else if (told == DAMAGED) {
        PyErr_SetString(PyExc_ValueError, "a damaged automaton");
    } else {
        PyObject *hits = taken(&walk.hits);
        if (told == DONE) walk.at = -1;
        if (hits != NULL)
            result = Py_BuildValue("NLLL", hits, (long long)walk.at, (long long)walk.state, (long long)walk.symbol);
    }
    free(walk.hits.data);
end:
    PyBuffer_Release(&symbols);
    PyBuffer_Release(&flags);
    PyBuffer_Release(&runs);
    PyBuffer_Release(&table);
    PyBuffer_Release(&begins_);
    PyBuffer_Release(&endings);
    PyBuffer_Release(&sorts);
    return result;
}
