/* Which words of a run are a name, where only the lists speak for one: as `pratique.detect.people`. */
#include "marks.h"
#include "people.h"

/* As `Context.supports`. */
enum { BEFORE_CHARACTERS = 96, AFTER_CHARACTERS = 40 };

/* Whether a word that may be a label of names stands near: as `Context.supports`, but for what it says. */
static int labelled(const uint8_t *marks, const char *text, int64_t length, int64_t start, int64_t end) {
    int64_t first = start > BEFORE_CHARACTERS ? start - BEFORE_CHARACTERS : 0, last = end + AFTER_CHARACTERS;
    if (last > length) last = length;
    for (int64_t at = first; at < last; at++) {
        if (!letter((uint8_t)text[at])) continue;
        int64_t begin = at;
        while (at < last && letter((uint8_t)text[at])) at++;
        if (marked(text, 0, begin, at, marks)) return 1;
    }
    return 0;
}

static int shouted(const char *text, const Word *word) {
    for (int64_t at = word->start; at < word->end; at++) {
        if (text[at] >= 'a' && text[at] <= 'z') return 0;
    }
    return 1;
}

static inline int initial(const Word *word) { return word->end - word->start == 1; }

/* As `_given_first`. */
static int given_first(const char *text, const Word *run, int count, double *score) {
    int size = 1, family = 0, given = 0, plain = 0, unknown = 0, strange = 0, particles_ = 0;
    for (int at = 1; at < count && at < 5; at++) {
        const Word *word = &run[at];
        if ((word->kind & NO_NAME) && !(word->kind & KINDS)) break;
        if (word->kind & PARTICLE) {
            particles_++;
            continue;
        }
        if (word->kind & (FAMILY | GIVEN)) {
            family = 1;
            given |= word->kind & GIVEN;
        } else if (word->kind & (FAMILY_OR_WORD | GIVEN_OR_WORD)) {
            if (plain && !family) break;
            plain = 1;
        } else if (!initial(word)) {
            if (strange == 2 || shouted(text, word)) break;
            unknown = 1;
            strange++;
        }
        size += particles_ + 1;
        particles_ = 0;
    }
    if (size == 1) {
        double alone = shouted(text, run) && run->end - run->start <= 4 ? 0.45 : 0.55;
        *score = run->kind & GIVEN ? alone : 0.25;
        return 1;
    }
    if ((run->kind & GIVEN) || given) {
        *score = family ? 0.85 : plain ? 0.75 : 0.7;
        return size;
    }
    if (family) {
        *score = 0.65;
        return size;
    }
    *score = unknown ? 0.25 : 0.35;
    return unknown ? 1 : size;
}

/* As `_unlisted_first`. */
static int unlisted_first(const Lists *lists, const char *text, const Word *run, int count, double *score) {
    *score = 0.7;
    if (initial(run)) {
        for (int at = 1; at < count && at < 3; at++) {
            if ((run[at].kind & FAMILY) && !initial(&run[at])) return at + 1;
        }
        return 0;
    }
    if (run->kind & (FAMILY | FAMILY_OR_WORD)) {
        if ((run->kind & FAMILY) && count > 1 && (run[1].kind & GIVEN)) return 2;
        *score = run->kind & FAMILY ? 0.35 : 0.2;
        return 1;
    }
    *score = 0.55;
    return count > 1 && shaped(lists, text + run[1].start, run[1].end - run[1].start) && !shouted(text, &run[1]) ? 2 : 0;
}

int judged(const Lists *lists, const char *text, int64_t length, Word *run, int count, Told *told) {
    if (led(lists, text, run[0].start)) told->hard = 1;
    if (count == 1 && !(run[0].kind & KINDS)) return 1;
    for (int at = 0; at < count && !told->hard;) {
        Word *word = &run[at];
        double score = 0;
        int size = 0;
        if (word->kind & LEADS) {
            told->hard = 1;
            break;
        }
        if (word->kind & NO_NAME) {
            size = 0;
        } else if (at == 0 && count > 1 && count <= 4 && born(text, length, run[count - 1].end)) {
            size = count;
            score = 0.65;
        } else if (word->kind & (GIVEN | GIVEN_OR_WORD)) {
            size = given_first(text, word, count - at, &score);
        } else {
            size = unlisted_first(lists, text, word, count - at, &score);
        }
        if (size == 1 && word->start > 1 && text[word->start - 1] == ' ' && text[word->start - 2] >= '0' &&
            text[word->start - 2] <= '9')
            score = 0;
        if (size && score > 0) {
            int64_t start = word->start, end = run[at + size - 1].end;
            if (score >= 0.65 && size > 1) {
                for (int one = at; one < at + size; one++) {
                    int64_t its = run[one].end - run[one].start;
                    if (its < 3 || (run[one].kind & PARTICLE)) continue;
                    uint64_t *hash = more(&told->sure, sizeof(uint64_t));
                    if (hash == NULL) return 0;
                    *hash = lowered(text + run[one].start, its);
                }
            }
            if (score >= 0.35 && score < 0.6) {
                if (lists->by_name) score = 0.65;
                else if (labelled(lists->marks, text, length, start, end)) told->hard = 1;
            }
            for (int one = at; score >= 0.5 && one < at + size; one++) run[one].kind |= COVERED;
            if (score >= lists->least) {
                Name *name = more(&told->names, sizeof(Name));
                if (name == NULL) return 0;
                *name = (Name){start, end, score};
            }
        }
        at += size > 1 ? size : 1;
    }
    return 1;
}

/* labelled(text, start, end, marks) -> bool: whether a word with a mark stands near text[start:end], of ASCII. */
PyObject *native_labelled(PyObject *module, PyObject *args) {
    (void)module;
    const char *text;
    Py_ssize_t length, start, end;
    Py_buffer marks;
    if (!PyArg_ParseTuple(args, "s#nny*", &text, &length, &start, &end, &marks)) return NULL;
    PyObject *result = NULL;
    if (marks.len != 1 << MARK_BITS || start < 0 || start > end || end > length)
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
    else
        result = PyBool_FromLong(labelled(marks.buf, text, length, start, end));
    PyBuffer_Release(&marks);
    return result;
}
