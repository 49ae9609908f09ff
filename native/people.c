/* Capitalised words of ASCII texts, what the lists of names know of them, and which are names, as `pratique.detect.people`.
 *
 * Runs of words that can be no name are left out: none of their words is listed or ends like a surname, and nothing
 * before, in or behind them could make a name of an unknown word. Of a text in which only the lists speak for names, they
 * are told (`named.c`); one with titles, greetings, labels, addresses of mail or a name that comes again (`again.c`) is
 * judged in Python.
 */
#include "marks.h"
#include "people.h"

enum { LONGEST_RUN = 6, LONGEST_GAP = 20, LEAD_REACH = 24 };

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
        int whole = first == 0 && at == size;
        parts |= (whole ? kind : value_of(lists, word + first, at - first)) & KINDS;
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

int led(const Lists *lists, const char *text, int64_t start) {
    int64_t least = start > LEAD_REACH ? start - LEAD_REACH : 0, end = start;
    while (end > least && among(" \t\r\n.:,", text[end - 1])) end--;
    if (end == least) return 0;
    int last = (uint8_t)text[end - 1];
    if (blank(last)) return 1; /* one that only Python's split takes for one */
    /* A title, greeting or label ends in a letter; so does a particle, or in an apostrophe. */
    if (last == '\'') return 1;
    int64_t first = end;
    while (first > least && letter((uint8_t)text[first - 1])) first--;
    unsigned value = value_of(lists, text + first, end - first);
    /* Nothing but one or two spaces stands behind a particle. */
    int beside = start - end < 3 && text[start - 1] == ' ' && text[end] == ' ';
    return (value & LEADING) || ((value & PARTICLE) && beside);
}

int born(const char *text, int64_t length, int64_t end) {
    static const char *const WORDS[] = {"born",  "geboren", "geb.",  "nacido", "nacida",   "nato",     "nata",
                                        "nascido", "nascida", "ur.", "urodzony", "urodzona", "syntynyt"};
    if (end < length && text[end] == ',') end++;
    if (end < length && text[end] == ' ') end++;
    if (end < length && text[end] == '(') end++;
    for (size_t at = 0; at < sizeof WORDS / sizeof *WORDS; at++) {
        int64_t size = (int64_t)strlen(WORDS[at]), stop = end + size;
        if (stop > length || memcmp(text + end, WORDS[at], (size_t)size) != 0) continue;
        /* A boundary of words. */
        if (wordy((uint8_t)text[stop - 1]) != (stop < length && wordy((uint8_t)text[stop]))) return 1;
    }
    return 0;
}

/* Whether a run of words can hold a name. */
static int live(const Lists *lists, const char *text, int64_t length, const Word *words, int64_t count) {
    int telling = count > 1 ? KINDS | LEADS : KINDS & ~lists->weak;
    for (int64_t at = 0; at < count; at++) {
        if (words[at].kind & telling) return 1;
    }
    return (count > 1 && born(text, length, words[count - 1].end)) || led(lists, text, words[0].start);
}

/* Give the words as Python wants them. */
static void plain(Buffer *words) {
    const Word *these = (const Word *)words->data;
    int32_t *rows = (int32_t *)words->data;
    size_t count = words->used / sizeof(Word);
    for (size_t at = 0; at < count; at++) {
        Word word = these[at];
        rows[4 * at] = word.start;
        rows[4 * at + 1] = word.end;
        rows[4 * at + 2] = word.kind & KINDS;
        rows[4 * at + 3] = word.run;
    }
    words->used = count * 4 * sizeof(int32_t);
}

/* The words of all runs: of those that can hold a name, and of the others, which can if another one does; and the names,
 * unless Python is to judge. Where there is an e-mail address, runs of several words can hold one: it may spell them.
 */
static int read_names(const Lists *lists, const char *text, int64_t length, Told *told) {
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
            word = (Word){(int32_t)at, (int32_t)stop, (int32_t)kind_of(lists, text + at, stop - at), 0,
                          lowered(text + at, stop - at)};
        }
        if (count && (end < 0 || count == LONGEST_RUN || !joined(lists, text, &run[count - 1], &word))) {
            int can = (mailed && count > 1) || live(lists, text, length, run, count);
            if (can && !judged(lists, text, length, run, (int)count, told)) return 0;
            for (int64_t one = 0; one < count; one++) run[one].run = number;
            void *room = more(can ? &told->lively : &told->idle, (size_t)count * sizeof(Word));
            if (room == NULL) return 0;
            memcpy(room, run, (size_t)count * sizeof(Word));
            number++;
            count = 0;
        }
        if (end < 0) break;
        run[count++] = word;
        at = end - 1;
    }
    if (mailed && !told->hard && !mails(text, length, told)) return 0;
    return again(told);
}

/* What is told of one text: NULL with no error, where there are no names. */
static PyObject *item_of(const Lists *lists, Py_ssize_t number, const char *text, Py_ssize_t length) {
    Told told = {0};
    PyObject *item = NULL;
    int enough;
    Py_BEGIN_ALLOW_THREADS
    enough = read_names(lists, text, length, &told);
    Py_END_ALLOW_THREADS
    if (!enough) {
        PyErr_NoMemory();
    } else if (told.hard && told.lively.used) {
        plain(&told.lively);
        plain(&told.idle);
        PyObject *a = taken(&told.lively), *b = taken(&told.idle);
        if (a != NULL && b != NULL) item = Py_BuildValue("nOOO", number, Py_None, a, b);
        Py_XDECREF(a);
        Py_XDECREF(b);
    } else if (!told.hard && told.names.used) {
        const Name *names = (const Name *)told.names.data;
        Py_ssize_t count = (Py_ssize_t)(told.names.used / sizeof(Name));
        PyObject *list = PyList_New(0);
        for (Py_ssize_t at = 0; list != NULL && at < count; at++) {
            PyObject *name = Py_BuildValue("LLd", (long long)names[at].start, (long long)names[at].end, names[at].score);
            if (name == NULL || PyList_Append(list, name) < 0) Py_CLEAR(list);
            Py_XDECREF(name);
        }
        if (list != NULL) item = Py_BuildValue("nNOO", number, list, Py_None, Py_None);
    }
    free(told.lively.data);
    free(told.idle.data);
    free(told.names.data);
    free(told.sure.data);
    return item;
}

/* names(texts, listed, endings, marks, weak, least, by_name) -> [(number, names, live, idle)]
 *
 * Of a list of texts those in which there may be names. names: start, end and score of each; None where Python is to
 * judge: live ones, as int32, start, end, kind and number of the run of each word in runs that can hold a name; idle ones
 * of all others, which are names only if another run says so. All three None for a text that is not ASCII. listed: of
 * `listed`, and bits as above. endings: of surnames, lines of ASCII. marks: of words that are labels of names. weak: kinds
 * of words that are no names alone. least: of a score. by_name: whether the field's name speaks for names.
 */
PyObject *native_names(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *texts, *result = NULL;
    Py_buffer listed, endings, marks;
    int weak, by_name;
    double least;
    if (!PyArg_ParseTuple(args, "Oy*y*y*idp", &texts, &listed, &endings, &marks, &weak, &least, &by_name)) return NULL;
    Lists lists;
    if (!PyList_Check(texts) || !ready(&lists, &listed, &endings) || marks.len != 1 << MARK_BITS) {
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    lists.weak = weak;
    lists.marks = marks.buf;
    lists.by_name = by_name;
    lists.least = least;
    result = PyList_New(0);
    for (Py_ssize_t at = 0; result != NULL && at < PyList_Size(texts); at++) {
        PyObject *text = PyList_GetItem(texts, at), *item = NULL;
        Py_ssize_t length = 0;
        Py_XINCREF(text);
        const char *data = text != NULL ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
        if (data != NULL && (length != PyUnicode_GetLength(text) || length > INT32_MAX / 2)) {
            item = Py_BuildValue("nOOO", at, Py_None, Py_None, Py_None);
        } else if (data != NULL) {
            item = item_of(&lists, at, data, length);
        }
        int failed = item == NULL ? PyErr_Occurred() != NULL : PyList_Append(result, item) < 0;
        Py_XDECREF(item);
        Py_XDECREF(text);
        if (failed) Py_CLEAR(result);
    }
end:
    PyBuffer_Release(&listed);
    PyBuffer_Release(&endings);
    PyBuffer_Release(&marks);
    return result;
}
