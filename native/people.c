/* Capitalised words of ASCII texts and what the lists of names know of them, as `pratique.detect.people`.
 *
 * Runs of words that can be no name are left out: none of their words is listed or ends like a surname, and nothing
 * before, in or behind them could make a name of an unknown word. What is left is judged in Python.
 */
#include "native.h"

/* Of a listed word: of `pratique.detect.names`, and what `pratique.detect.native` adds. */
enum { FAMILY = 4, KINDS = 15, LEADING = 32, LEADS = 64, TITLE = 128, PARTICLE = 256 };
enum { LONGEST_RUN = 6, LONGEST_GAP = 20, LEAD_REACH = 24, LONGEST_LISTED = 64 };
static const char BORN_BEGINS[] = "bgnufs";

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
    uint64_t mask;
    const char *endings;
    int64_t endings_size;
    /* Kinds of words that are no names alone. */
    int weak;
} Lists;

typedef struct {
    int32_t start, end, kind, run;
} Word;

static inline int lower(int byte) { return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte; }
static inline int capital(int byte) { return byte >= 'A' && byte <= 'Z'; }
static inline int letter(int byte) { return (byte >= 'a' && byte <= 'z') || capital(byte); }
static inline int wordy(int byte) { return letter(byte) || (byte >= '0' && byte <= '9') || byte == '_'; }
static inline int blank(int byte) { return byte == ' ' || (byte >= 9 && byte <= 13) || (byte >= 28 && byte <= 31); }

static inline int among(const char *these, int byte) { return byte != 0 && strchr(these, byte) != NULL; }

static uint64_t hashed(const char *word, int64_t size) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int64_t at = 0; at < size; at++) hash = (hash ^ (uint8_t)word[at]) * UINT64_C(1099511628211);
    return hash ^ hash >> 29;
}

/* What is known of a word, in any case; 0 for one that is not listed. */
static unsigned value_of(const Lists *lists, const char *word, int64_t size) {
    char small[LONGEST_LISTED];
    if (size <= 0 || size > LONGEST_LISTED) return 0;
    for (int64_t at = 0; at < size; at++) small[at] = (char)lower((uint8_t)word[at]);
    for (uint64_t at = hashed(small, size) & lists->mask;; at = (at + 1) & lists->mask) {
        const Slot *slot = &lists->slots[at];
        if (slot->size == 0) return 0;
        if (slot->size == size && memcmp(lists->pool + slot->offset, small, (size_t)size) == 0) return slot->value;
    }
}

/* Whether a word ends like a surname. */
static int shaped(const Lists *lists, const char *word, int64_t size) {
    const char *ending = lists->endings, *last = ending + lists->endings_size;
    while (ending < last) {
        const char *stop = memchr(ending, '\n', (size_t)(last - ending));
        int64_t length = (stop ? stop : last) - ending;
        if (length > 0 && length <= size && ending[length - 1] == lower((uint8_t)word[size - 1])) {
            int64_t at = 0;
            while (at < length && ending[at] == lower((uint8_t)word[size - length + at])) at++;
            if (at == length) return 1;
        }
        ending += length + 1;
    }
    return 0;
}

/* Where the capitalised word that begins at `at` ends; -1 where none does. */
static int64_t capitalised(const char *text, int64_t length, int64_t at) {
    if (!capital((uint8_t)text[at])) return -1;
    if (at > 0) {
        int before = (uint8_t)text[at - 1];
        if (wordy(before) || among("@#/\\.'-", before)) {
            int article = before == '\'' && at >= 3 && lower((uint8_t)text[at - 2]) == 'd' &&
                          blank((uint8_t)text[at - 3]);
            if (!article) return -1;
        }
    }
    int64_t end = at + 1, whole = -1;
    while (end < length && letter((uint8_t)text[end])) end++;
    while (end + 1 < length && (text[end] == '\'' || text[end] == '-') && letter((uint8_t)text[end + 1])) {
        whole = end;
        end += 2;
        while (end < length && letter((uint8_t)text[end])) end++;
    }
    return end < length && (wordy((uint8_t)text[end]) || text[end] == '@') ? whole : end;
}

/* What is known of a word and of the parts of one with hyphens. */
static unsigned kind_of(const Lists *lists, const char *word, int64_t size) {
    unsigned kind = value_of(lists, word, size), parts = 0;
    int64_t first = 0;
    for (int64_t at = 0; at <= size; at++) {
        if (at < size && letter((uint8_t)word[at])) continue;
        parts |= value_of(lists, word + first, at - first) & KINDS;
        first = at + 1;
    }
    kind = (kind & ~(unsigned)KINDS) | parts;
    return kind & FAMILY || !shaped(lists, word, size) ? kind : kind | FAMILY;
}

/* Whether all words of a gap are particles of names. */
static int particles(const Lists *lists, const char *gap, int64_t size) {
    int64_t at = 0, count = 0;
    while (at < size) {
        if (blank((uint8_t)gap[at])) {
            at++;
            continue;
        }
        int64_t first = at;
        while (at < size && !blank((uint8_t)gap[at])) {
            if (gap[at++] == '\'') break;
        }
        int article = at - first == 2 && lower((uint8_t)gap[first]) == 'd' && gap[first + 1] == '\'';
        if (!article && !(value_of(lists, gap + first, at - first) & PARTICLE)) return 0;
        count++;
    }
    return count > 0;
}

/* Whether a word goes on with what the one before it began. */
static int joined(const Lists *lists, const char *text, const Word *before, const Word *word) {
    const char *gap = text + before->end;
    int64_t size = word->start - before->end;
    if (size <= 0 || size > LONGEST_GAP) return 0;
    if (gap[0] == ' ' && (size == 1 || (size == 2 && gap[1] == ' '))) return 1;
    if (gap[0] == '.' && (size == 1 || (size == 2 && gap[1] == ' ')))
        return before->end - before->start == 1 || (before->kind & TITLE);
    if (gap[0] != ' ' || memchr(gap, '\n', (size_t)size) != NULL) return 0;
    return particles(lists, gap, size);
}

/* Whether what stands before `start` may make a name of an unknown word. */
static int led(const Lists *lists, const char *text, int64_t start) {
    int64_t least = start > LEAD_REACH ? start - LEAD_REACH : 0, end = start;
    while (end > least && among(" \t\r\n.:,", text[end - 1])) end--;
    int64_t first = end, letters = 1;
    while (first > least && !blank((uint8_t)text[first - 1])) letters &= letter((uint8_t)text[--first]);
    if (first == end) return end > least;  /* a blank that only Python's split takes for one */
    /* A title, greeting or label ends in a letter; so does a particle, or in an apostrophe. */
    if (!letter((uint8_t)text[end - 1]) && text[end - 1] != '\'') return 0;
    return !letters || (value_of(lists, text + first, end - first) & LEADING);
}

/* Whether words behind a run may say that somebody was born. */
static int born(const char *text, int64_t length, int64_t end) {
    if (end < length && text[end] == ',') end++;
    if (end < length && text[end] == ' ') end++;
    if (end < length && text[end] == '(') end++;
    return end < length && among(BORN_BEGINS, text[end]);
}

/* Whether a run of words can hold a name. */
static int live(const Lists *lists, const char *text, int64_t length, const Word *words, int64_t count) {
    int telling = count > 1 ? KINDS | LEADS : KINDS & ~lists->weak;
    for (int64_t at = 0; at < count; at++) {
        if (words[at].kind & telling) return 1;
    }
    return (count > 1 && born(text, length, words[count - 1].end)) || led(lists, text, words[0].start);
}

/* The words of all runs: of those that can hold a name, and of the others, which can if another one does. Where there
 * is an e-mail address, runs of several words can: it may spell them.
 */
static int told(const Lists *lists, const char *text, int64_t length, Buffer *lively, Buffer *idle) {
    int mailed = memchr(text, '@', (size_t)length) != NULL;
    Word run[LONGEST_RUN];
    int64_t count = 0;
    int32_t number = 0;
    for (int64_t at = 0; at <= length; at++) {
        Word word = {0};
        int64_t end = -1;
        if (at < length) {
            end = capitalised(text, length, at);
            if (end < 0) continue;
            int64_t stop = end - at > 2 && text[end - 2] == '\'' && text[end - 1] == 's' ? end - 2 : end;
            word = (Word){(int32_t)at, (int32_t)stop, (int32_t)kind_of(lists, text + at, stop - at), 0};
        }
        if (count && (end < 0 || count == LONGEST_RUN || !joined(lists, text, &run[count - 1], &word))) {
            int can = (mailed && count > 1) || live(lists, text, length, run, count);
            for (int64_t one = 0; one < count; one++) {
                run[one].run = number;
                run[one].kind &= KINDS;
            }
            void *room = more(can ? lively : idle, (size_t)count * sizeof(Word));
            if (room == NULL) return 0;
            memcpy(room, run, (size_t)count * sizeof(Word));
            number++;
            count = 0;
        }
        if (end < 0) break;
        run[count++] = word;
        at = end - 1;
    }
    return 1;
}

static int ready(Lists *lists, const Py_buffer *listed, const Py_buffer *endings) {
    if ((size_t)listed->len < sizeof(Head) || (uintptr_t)listed->buf % 8) return 0;
    const Head *head = listed->buf;
    uint64_t size = (uint64_t)listed->len;
    if (head->mask >= size / sizeof(Slot) || head->pool != sizeof(Head) + (head->mask + 1) * sizeof(Slot)) return 0;
    if (head->pool > size) return 0;
    *lists = (Lists){(const Slot *)(head + 1), (const char *)listed->buf + head->pool, head->mask, endings->buf,
                     endings->len, 0};
    uint64_t free_ = 0, pool = size - head->pool;
    for (uint64_t at = 0; at <= head->mask; at++) {
        const Slot *slot = &lists->slots[at];
        if ((uint64_t)slot->offset + slot->size > pool) return 0;
        free_ += slot->size == 0;
    }
    return free_ > 0;
}

/* names(texts, listed, endings, weak) -> [(number, live, idle)]: of a list of texts those in which there may be names.
 *
 * live: as int32, start, end, kind and number of the run of each word in runs that can hold a name. idle: of all others,
 * which are names only if another run says so. None for a text that is not ASCII. listed: of `listed`. endings: of surnames, lines of ASCII. weak: kinds
 * of words that are no names alone.
 */
PyObject *native_names(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *texts, *result = NULL;
    Py_buffer listed, endings;
    int weak;
    if (!PyArg_ParseTuple(args, "Oy*y*i", &texts, &listed, &endings, &weak)) return NULL;
    Lists lists;
    if (!PyList_Check(texts) || !ready(&lists, &listed, &endings)) {
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    lists.weak = weak;
    result = PyList_New(0);
    for (Py_ssize_t at = 0; result != NULL && at < PyList_Size(texts); at++) {
        PyObject *text = PyList_GetItem(texts, at), *item = NULL;
        Py_ssize_t length = 0;
        Py_XINCREF(text);
        const char *data = text != NULL ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
        int failed = data == NULL;
        if (data != NULL && (length != PyUnicode_GetLength(text) || length > INT32_MAX / 2)) {
            item = Py_BuildValue("nOO", at, Py_None, Py_None);
            failed = item == NULL;
        } else if (data != NULL) {
            Buffer lively = {0}, idle = {0};
            int enough;
            Py_BEGIN_ALLOW_THREADS
            enough = told(&lists, data, length, &lively, &idle);
            Py_END_ALLOW_THREADS
            if (enough && lively.used) {
                PyObject *a = taken(&lively), *b = taken(&idle);
                if (a != NULL && b != NULL) {
                    item = Py_BuildValue("nNN", at, a, b);
                } else {
                    Py_XDECREF(a);
                    Py_XDECREF(b);
                }
                failed = item == NULL;
            } else if (!enough) {
                PyErr_NoMemory();
                failed = 1;
            }
            free(lively.data);
            free(idle.data);
        }
        if (item != NULL) {
            failed = PyList_Append(result, item) < 0;
            Py_DECREF(item);
        }
        Py_XDECREF(text);
        if (failed) Py_CLEAR(result);
    }
end:
    PyBuffer_Release(&listed);
    PyBuffer_Release(&endings);
    return result;
}

/* listed(words, values) -> bytes: a table of words (lines of ASCII in lower case) and their values (uint16 each). */
PyObject *native_listed(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer words, values;
    if (!PyArg_ParseTuple(args, "y*y*", &words, &values)) return NULL;
    PyObject *result = NULL;
    uint64_t count = (uint64_t)values.len / 2, mask = 15;
    while (mask < 2 * count) mask = 2 * mask + 1;
    size_t size = sizeof(Head) + (mask + 1) * sizeof(Slot) + (size_t)words.len;
    char *table = calloc(1, size);
    if (table == NULL || !holds(&values, 2) || (uint64_t)words.len > UINT32_MAX) {
        if (table == NULL) PyErr_NoMemory();
        else PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    Head *head = (Head *)table;
    *head = (Head){mask, sizeof(Head) + (mask + 1) * sizeof(Slot)};
    Slot *slots = (Slot *)(head + 1);
    const char *first = words.buf, *last = first + words.len;
    memcpy(table + head->pool, first, (size_t)words.len);
    for (uint64_t number = 0; number < count && first < last; number++) {
        const char *stop = memchr(first, '\n', (size_t)(last - first));
        if (stop == NULL) stop = last;
        int64_t length = stop - first;
        if (length > 0 && length <= LONGEST_LISTED) {
            uint64_t at = hashed(first, length) & mask;
            while (slots[at].size) at = (at + 1) & mask;
            slots[at] = (Slot){(uint32_t)(first - (const char *)words.buf), (uint16_t)length,
                               ((const uint16_t *)values.buf)[number]};
        }
        first = stop + 1;
    }
    result = PyBytes_FromStringAndSize(table, (Py_ssize_t)size);
end:
    free(table);
    PyBuffer_Release(&words);
    PyBuffer_Release(&values);
    return result;
}
