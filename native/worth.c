/* Which hits can become findings: those that need no label, and those with a word near that may be one. */
#include "native.h"

enum { BEFORE_CHARACTERS = 96, AFTER_CHARACTERS = 40 };
enum { NOTHING = 0, WORTH = 1, LINED = 2 };

typedef struct {
    int64_t start, pattern, end;
} Hit;

/* Where the first of some ascending places stands that is not before `least`. */
static int64_t behind(const int64_t *places, int64_t count, int64_t least) {
    int64_t first = 0;
    while (count > 0) {
        int64_t half = count / 2;
        if (places[first + half] < least) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

/* worth(hits, starts, symbols, lone, sets, marks, rows, speaks, mails, mailed) -> bytes
 *
 * Of each hit 1 where it can, 0 where it cannot, 2 where only the head of a column could still speak for it.
 * starts: of the texts, and behind the last. lone, sets: by pattern whether it needs no label, and the number of the
 * set of types that it wants. marks: places of words; rows: of each its row of `speaks`, which has a byte for each set.
 * mails: places of e-mail addresses; mailed: by set whether one speaks for it.
 */
PyObject *native_worth(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer b[10];
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*y*y*y*", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5], &b[6], &b[7], &b[8],
                          &b[9]))
        return NULL;
    const Hit *hits = b[0].buf;
    const int64_t *starts = b[1].buf, *marks = b[5].buf, *rows = b[6].buf, *mails = b[8].buf, *sets = b[4].buf;
    const uint8_t *symbols = b[2].buf, *lone = b[3].buf, *speaks = b[7].buf, *mailed = b[9].buf;
    int64_t count = b[0].len / (int64_t)sizeof(Hit), texts = b[1].len / 8 - 1, length = b[2].len, patterns = b[3].len;
    int64_t marks_count = b[5].len / 8, mails_count = b[8].len / 8, size = b[9].len;
    PyObject *result = NULL;
    int sound = holds(&b[0], sizeof(Hit) / 3) && b[0].len % (Py_ssize_t)sizeof(Hit) == 0 && holds(&b[1], 8) &&
                holds(&b[4], 8) && holds(&b[5], 8) && holds(&b[6], 8) && holds(&b[8], 8) && texts >= 0 &&
                b[4].len == patterns * 8 && b[6].len == b[5].len;
    char *worth = sound ? calloc((size_t)count + 1, 1) : NULL;
    if (worth == NULL) {
        if (sound) PyErr_NoMemory();
        else PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    Py_BEGIN_ALLOW_THREADS
    int64_t text = -1, first = 0, last = 0, lined = -1;
    for (int64_t at = 0; at < count && sound; at++) {
        const Hit *hit = &hits[at];
        if (hit->pattern < 0 || hit->pattern >= patterns || hit->start < 0 || hit->start >= length || hit->end < 0 ||
            hit->end > length) {
            sound = 0;
            break;
        }
        if (lone[hit->pattern]) {
            worth[at] = WORTH;
            continue;
        }
        if (text < 0 || hit->start < first || hit->start > last) {
            text = behind(starts, texts + 1, hit->start + 1) - 1;
            if (text < 0 || text >= texts) {
                sound = 0;
                break;
            }
            first = starts[text];
            if (first < 0 || starts[text + 1] < 1 || starts[text + 1] > length) {
                sound = 0;
                break;
            }
            last = starts[text + 1] - 1;
            lined = -1;
        }
        int64_t set = sets[hit->pattern];
        if (set < 0 || set >= size) {
            sound = 0;
            break;
        }
        if (hit->start <= first && hit->end >= last) continue;
        int64_t left = hit->start - BEFORE_CHARACTERS, right = hit->end + AFTER_CHARACTERS;
        if (left < first) left = first;
        if (right > last) right = last;
        int spoken = mailed[set] && behind(mails, mails_count, left) < behind(mails, mails_count, right);
        for (int64_t mark = behind(marks, marks_count, left); !spoken && mark < marks_count && marks[mark] < right;
             mark++) {
            if (rows[mark] < 0 || rows[mark] >= b[7].len / size) {
                sound = 0;
                break;
            }
            spoken = speaks[rows[mark] * size + set];
        }
        if (spoken) {
            worth[at] = WORTH;
            continue;
        }
        if (lined < 0) lined = last > first && memchr(symbols + first, 0, (size_t)(last - first)) != NULL;
        worth[at] = lined ? LINED : NOTHING;
    }
    Py_END_ALLOW_THREADS
    if (sound) result = PyBytes_FromStringAndSize(worth, (Py_ssize_t)count);
    else PyErr_SetString(PyExc_ValueError, "hits that do not fit to their texts");
    free(worth);
end:
    for (int at = 0; at < 10; at++) PyBuffer_Release(&b[at]);
    return result;
}

/* torn(text) -> bool: whether a digit may stand near both sides of a line break of an ASCII text. */
PyObject *native_torn(PyObject *module, PyObject *text) {
    (void)module;
    enum { NEAR = 20 };
    Py_ssize_t length;
    const char *data = PyUnicode_Check(text) ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
    if (data == NULL) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "a text is needed");
        return NULL;
    }
    const char *stop = data + length, *line = data;
    while ((line = memchr(line, '\n', (size_t)(stop - line))) != NULL) {
        const char *least = line - data > NEAR ? line - NEAR : data, *most = stop - line > NEAR ? line + NEAR : stop;
        int before = 0, after = 0;
        for (const char *at = least; at < line && !before; at++) before = *at >= '0' && *at <= '9';
        for (const char *at = line + 1; before && at < most && !after; at++) after = *at >= '0' && *at <= '9';
        if (before && after) Py_RETURN_TRUE;
        line++;
    }
    Py_RETURN_FALSE;
}
