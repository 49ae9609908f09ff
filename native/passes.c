/* Where patterns that RE2 runs over whole texts can match at all, so that it need not: `pratique.detect.passes`. */
#include "native.h"

enum { DEAD = 0, BEGIN = 1 };
/* Characters that are walked from one place at most: what lies behind them is for RE2. */
enum { FARTHEST = 256 };
enum { DONE, NEW_STATE, NO_MEMORY, DAMAGED };
enum { MAILED = 1, SCHEMED = 2, DOTTED = 4 };

typedef struct {
    const uint8_t *symbols, *flags;
    const int32_t *table;
    const int64_t *begins, *endings;
    /* `length`: of the symbols, the END behind them among them. */
    int64_t length, states, size, patterns, begins_count, endings_count;
    Buffer found;
    /* By pattern: the last place at which it was met, and one more. */
    int64_t *met;
    int64_t at, state, symbol;
} Gate;

static int tell(Gate *gate, int64_t start, int64_t pattern) {
    int64_t *row = more(&gate->found, 2 * sizeof(int64_t));
    if (row == NULL) return NO_MEMORY;
    row[0] = start;
    row[1] = pattern;
    return DONE;
}

/* Patterns end in `state` before `at`: each counts once a start. */
static int ended(Gate *gate, int64_t start, int64_t state, int64_t at) {
    int64_t row = 2 * state + !(gate->flags[gate->symbols[at]] & TIED);
    if (row + 1 >= gate->begins_count) return DAMAGED;
    int64_t first = gate->begins[row], last = gate->begins[row + 1];
    if (first < 0 || last > gate->endings_count) return DAMAGED;
    for (int64_t place = first; place < last; place++) {
        int64_t pattern = gate->endings[place];
        if (pattern < 0 || pattern >= gate->patterns) return DAMAGED;
        if (gate->met[pattern] == start + 1) continue;
        gate->met[pattern] = start + 1;
        int told = tell(gate, start, pattern);
        if (told != DONE) return told;
    }
    return DONE;
}

/* `found` is as it was before where a state is new: the place is walked once more. */
static int from(Gate *gate, int64_t start, int64_t *stopped) {
    int64_t at = start, state = BEGIN;
    size_t before = gate->found.used;
    for (;;) {
        int64_t symbol = gate->symbols[at];
        if (symbol >= gate->size) return DAMAGED;
        int64_t after = gate->table[state * gate->size + symbol];
        if (after == DEAD) return DONE;
        if (after < 0 || after >= gate->states) {
            gate->at = start;
            gate->state = state;
            gate->symbol = symbol;
            gate->found.used = before;
            return NEW_STATE;
        }
        state = after;
        if (++at >= gate->length) return DAMAGED;
        int told = ended(gate, start, state, at);
        if (told != DONE) return told;
        if (at - start >= FARTHEST) {
            /* The rest of the line is for RE2, with all patterns. */
            gate->found.used = before;
            const uint8_t *end = memchr(gate->symbols + at, 0, (size_t)(gate->length - at));
            *stopped = end - gate->symbols;
            return tell(gate, start, -1);
        }
    }
}

static int walked(Gate *gate) {
    int64_t last = gate->length - 1;
    for (int64_t at = gate->at; at < last; at++) {
        int64_t symbol = gate->symbols[at], stopped = at;
        if (symbol >= gate->size) return DAMAGED;
        if (gate->table[BEGIN * gate->size + symbol] == DEAD) continue;
        int told = from(gate, at, &stopped);
        if (told != DONE) return told;
        at = stopped;
    }
    return DONE;
}

/* gate(symbols, flags, table, states, begins, endings, patterns, at) -> (found, at, state, symbol)
 *
 * found: as int64, start and pattern of each place at which one may match; pattern -1: all may, from there to the end of
 * the line. at: -1, or the place from which to go on once the automaton knows what follows `state` by `symbol`.
 */
PyObject *native_gate(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer symbols, flags, table, begins_, endings;
    Py_ssize_t states, patterns, at;
    if (!PyArg_ParseTuple(args, "y*y*y*ny*y*nn", &symbols, &flags, &table, &states, &begins_, &endings, &patterns, &at))
        return NULL;
    PyObject *result = NULL;
    Gate gate = {
        .symbols = symbols.buf, .flags = flags.buf, .table = table.buf, .begins = begins_.buf, .endings = endings.buf,
        .length = symbols.len, .states = states, .patterns = patterns, .begins_count = begins_.len / 8,
        .endings_count = endings.len / 8, .at = at,
    };
    int sound = holds(&table, 4) && holds(&begins_, 8) && holds(&endings, 8) && flags.len == 256 && symbols.len > 0 &&
                gate.symbols[symbols.len - 1] == 0 && states > BEGIN && at >= 0 && patterns >= 0 &&
                patterns < INT32_MAX && (table.len / 4) % states == 0;
    if (!sound) {
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    gate.size = table.len / 4 / states;
    gate.met = calloc((size_t)patterns + 1, sizeof(int64_t));
    int told = NO_MEMORY;
    if (gate.met != NULL) {
        Py_BEGIN_ALLOW_THREADS
        told = walked(&gate);
        Py_END_ALLOW_THREADS
    }
    free(gate.met);
    if (told == NO_MEMORY) {
        PyErr_NoMemory();
    } else if (told == DAMAGED) {
        PyErr_SetString(PyExc_ValueError, "a damaged automaton");
    } else {
        PyObject *found = taken(&gate.found);
        if (told == DONE) gate.at = -1;
        if (found != NULL)
            result = Py_BuildValue("NLLL", found, (long long)gate.at, (long long)gate.state, (long long)gate.symbol);
    }
    free(gate.found.data);
end:
    PyBuffer_Release(&symbols);
    PyBuffer_Release(&flags);
    PyBuffer_Release(&table);
    PyBuffer_Release(&begins_);
    PyBuffer_Release(&endings);
    return result;
}

/* tokens(symbols, flags, marks) -> bytes
 *
 * As int64, start, end and kinds of each run of characters without a blank in which there is a sign of an address: an @
 * (1), a :// (2), or a full stop with a letter behind it (4). marks: the symbols of @, colon, slash, full stop, and three
 * blanks.
 */
PyObject *native_tokens(PyObject *module, PyObject *args) {
    (void)module;
    enum { MAIL, COLON, SLASH, STOP, BLANKS, MARKS = 7 };
    Py_buffer symbols, flags, marks;
    if (!PyArg_ParseTuple(args, "y*y*y*", &symbols, &flags, &marks)) return NULL;
    PyObject *result = NULL;
    const uint8_t *these = symbols.buf, *kinds = flags.buf, *mark = marks.buf;
    int64_t length = symbols.len;
    if (length == 0 || these[length - 1] != 0 || flags.len != 256 || marks.len != MARKS) {
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    Buffer found = {0};
    int enough = 1;
    Py_BEGIN_ALLOW_THREADS
    uint8_t sorts[256] = {[0] = 16};
    for (int at = BLANKS; at < MARKS; at++) sorts[mark[at]] = 16;
    sorts[mark[MAIL]] |= MAILED;
    sorts[mark[COLON]] |= SCHEMED;
    sorts[mark[STOP]] |= DOTTED;
    int64_t start = 0, kind = 0;
    for (int64_t at = 0; at < length; at++) {
        unsigned sort = sorts[these[at]];
        if (sort == 0) continue;
        if (sort & 16) {
            if (kind) {
                int64_t *row = more(&found, 3 * sizeof(int64_t));
                if (row == NULL) {
                    enough = 0;
                    break;
                }
                row[0] = start;
                row[1] = at;
                row[2] = kind;
            }
            start = at + 1;
            kind = 0;
        } else if (sort & MAILED) {
            kind |= MAILED;
        } else if (sort & DOTTED) {
            unsigned after = kinds[these[at + 1]];
            if ((after & (WORD | DIGIT)) == WORD) kind |= DOTTED;
        } else if (at + 2 < length && these[at + 1] == mark[SLASH] && these[at + 2] == mark[SLASH]) {
            kind |= SCHEMED;
        }
    }
    Py_END_ALLOW_THREADS
    if (enough) result = taken(&found);
    else PyErr_NoMemory();
    free(found.data);
end:
    PyBuffer_Release(&symbols);
    PyBuffer_Release(&flags);
    PyBuffer_Release(&marks);
    return result;
}
