/* Candidates become findings, as `pratique.detect.overlaps.resolve`; what is not simple is asked of it. */
#include "native.h"

enum { PROOF_FAR = 1, PROOF_BESIDE = 3, PROOF_VALIDATED = 2, BESIDE = 2 };
static const double CERTAIN = 0.5;
static const char *const NAMES[] = {"start", "end", "entity", "score", "detector", "validated", "order", "label", "words"};
enum { START, END, ENTITY, SCORE, DETECTOR, VALIDATED, ORDER, LABEL, WORDS, FIELDS, FINDING = 5 };

typedef struct {
    PyObject *names[FIELDS];
    PyObject *type, *resolve, *without, *asked, *rounded;
    allocfunc make;
    double least;
} Settling;

/* What is known of a candidate. `more`: whether what tells which of several stands is known too. */
typedef struct {
    PyObject *candidate, *entity, *score_;
    Py_ssize_t start, end;
    double score;
    /* Its place among the text's candidates that stand. */
    Py_ssize_t at;
    int more, validated;
    long order, label, words;
} Known;

static long number(PyObject *candidate, PyObject *name, int *failed) {
    PyObject *value = PyObject_GetAttr(candidate, name);
    long told = value != NULL ? PyLong_AsLong(value) : -1;
    if (told == -1 && PyErr_Occurred()) *failed = 1;
    Py_XDECREF(value);
    return told;
}

static Py_ssize_t place(PyObject *candidate, PyObject *name, int *failed) {
    PyObject *value = PyObject_GetAttr(candidate, name);
    Py_ssize_t told = value != NULL ? PyLong_AsSsize_t(value) : -1;
    if (told == -1 && PyErr_Occurred()) *failed = 1;
    Py_XDECREF(value);
    return told;
}

static void forget(Known *known, Py_ssize_t count) {
    for (Py_ssize_t at = 0; at < count; at++) {
        Py_CLEAR(known[at].candidate);
        Py_CLEAR(known[at].entity);
        Py_CLEAR(known[at].score_);
    }
}

/* Read what is needed of a candidate: 1 where it stands, 0 where its score or its type leaves it out, -1 on error. */
static int read_one(const Settling *settling, PyObject *candidate, Known *known) {
    *known = (Known){0};
    int failed = 0, stands = 0;
    known->entity = PyObject_GetAttr(candidate, settling->names[ENTITY]);
    known->score_ = PyObject_GetAttr(candidate, settling->names[SCORE]);
    if (known->entity == NULL || known->score_ == NULL) return -1;
    known->score = PyFloat_AsDouble(known->score_);
    if (known->score == -1.0 && PyErr_Occurred()) return -1;
    stands = known->score >= settling->least ? 1 : PySet_Contains(settling->asked, known->entity);
    if (stands == 1 && PySet_Size(settling->without) != 0) {
        int out = PySet_Contains(settling->without, known->entity);
        stands = out < 0 ? -1 : !out;
    }
    if (stands != 1) return stands;
    known->start = place(candidate, settling->names[START], &failed);
    known->end = place(candidate, settling->names[END], &failed);
    known->candidate = Py_NewRef(candidate);
    return failed ? -1 : 1;
}

static int read_more(const Settling *settling, Known *known) {
    int failed = 0;
    if (known->more) return 0;
    PyObject *value = PyObject_GetAttr(known->candidate, settling->names[VALIDATED]);
    known->validated = value != NULL ? PyObject_IsTrue(value) : -1;
    Py_XDECREF(value);
    known->order = number(known->candidate, settling->names[ORDER], &failed);
    known->label = number(known->candidate, settling->names[LABEL], &failed);
    known->words = number(known->candidate, settling->names[WORDS], &failed);
    known->more = 1;
    return failed || known->validated < 0 ? -1 : 0;
}

/* As `Candidate.meant`: negative where `one` is better than `other`; 2 on error. */
static int meant(const Known *one, const Known *other) {
    int low = one->score < CERTAIN, other_low = other->score < CERTAIN;
    if (low != other_low) return low < other_low ? -1 : 1;
    int proof = PROOF_VALIDATED * one->validated + (one->label == BESIDE ? PROOF_BESIDE : one->label ? PROOF_FAR : 0);
    int its = PROOF_VALIDATED * other->validated + (other->label == BESIDE ? PROOF_BESIDE : other->label ? PROOF_FAR : 0);
    if (proof != its) return proof > its ? -1 : 1;
    if (one->words != other->words) return one->words > other->words ? -1 : 1;
    if (one->score != other->score) return one->score > other->score ? -1 : 1;
    if (one->order != other->order) return one->order < other->order ? -1 : 1;
    int less = PyObject_RichCompareBool(one->entity, other->entity, Py_LT);
    return less < 0 ? 2 : less ? -1 : 1;
}

static PyObject *finding(const Settling *settling, const Known *known) {
    PyObject *score = PyDict_GetItemWithError(settling->rounded, known->score_);
    if (score != NULL) {
        Py_INCREF(score);
    } else {
        if (PyErr_Occurred()) return NULL;
        score = PyObject_CallMethod(known->score_, "__round__", "i", 4);
        if (score == NULL || PyDict_SetItem(settling->rounded, known->score_, score) < 0) {
            Py_XDECREF(score);
            return NULL;
        }
    }
    PyObject *values[FINDING] = {
        [START] = PyLong_FromSsize_t(known->start), [END] = PyLong_FromSsize_t(known->end),
        [ENTITY] = Py_NewRef(known->entity), [SCORE] = score,
        [DETECTOR] = PyObject_GetAttr(known->candidate, settling->names[DETECTOR]),
    };
    PyObject *made = settling->make((PyTypeObject *)settling->type, 0);
    for (int at = 0; at < FINDING; at++) {
        if (made != NULL && (values[at] == NULL || PyObject_GenericSetAttr(made, settling->names[at], values[at]) < 0))
            Py_CLEAR(made);
        Py_XDECREF(values[at]);
    }
    return made;
}

static int add(PyObject *list, PyObject *item) {
    int failed = item == NULL || PyList_Append(list, item) < 0;
    Py_XDECREF(item);
    return failed ? -1 : 0;
}

/* Add the findings of candidates that overlap, sorted by start and end. */
static int add_cluster(const Settling *settling, PyObject *text, Known *its, Py_ssize_t count, PyObject *list) {
    if (count == 1) return add(list, finding(settling, its));
    Py_ssize_t last = 0;
    for (Py_ssize_t at = 0; at < count; at++) {
        if (read_more(settling, &its[at]) < 0) return -1;
        if (its[at].end > last) last = its[at].end;
    }
    /* The one that covers all others stands alone, if it is no less certain and no less proved than any of them. */
    const Known *best = NULL;
    for (Py_ssize_t at = 0; at < count; at++) {
        const Known *one = &its[at];
        if (one->start != its[0].start || one->end != last) continue;
        int told = best == NULL ? -1 : meant(one, best);
        if (told == 2) return -1;
        if (told < 0) best = one;
    }
    int simple = best != NULL;
    for (Py_ssize_t at = 0; at < count && simple; at++) {
        const Known *one = &its[at];
        if (one->start == best->start && one->end == last) continue;
        int low = best->score < CERTAIN, its_low = one->score < CERTAIN;
        int bare = !(best->validated || best->label == BESIDE), its_bare = !(one->validated || one->label == BESIDE);
        simple = low < its_low || (low == its_low && bare <= its_bare);
    }
    if (simple) return add(list, finding(settling, best));
    PyObject *candidates = PyList_New(count);
    if (candidates == NULL) return -1;
    for (Py_ssize_t at = 0; at < count; at++) PyList_SetItem(candidates, at, Py_NewRef(its[at].candidate));
    PyObject *found = PyObject_CallFunctionObjArgs(settling->resolve, text, candidates, NULL);
    Py_DECREF(candidates);
    int failed = found == NULL || !PyList_Check(found);
    for (Py_ssize_t at = 0; !failed && at < PyList_Size(found); at++)
        failed = PyList_Append(list, PyList_GetItem(found, at)) < 0;
    Py_XDECREF(found);
    if (failed && !PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "a list of findings is needed");
    return failed ? -1 : 0;
}

static int by_place(const void *a, const void *b) {
    const Known *one = a, *other = b;
    if (one->start != other->start) return one->start < other->start ? -1 : 1;
    if (one->end != other->end) return one->end < other->end ? -1 : 1;
    return one->at < other->at ? -1 : 1;
}

/* The findings of one text; a new list. */
static PyObject *settled(const Settling *settling, PyObject *text, PyObject *candidates, Known *its) {
    PyObject *list = PyList_New(0);
    Py_ssize_t count = 0, failed = list == NULL;
    for (Py_ssize_t at = 0; !failed && at < PyList_Size(candidates); at++) {
        Known known;
        PyObject *candidate = Py_NewRef(PyList_GetItem(candidates, at));
        int stands = read_one(settling, candidate, &known);
        Py_DECREF(candidate);
        if (stands != 1) {
            forget(&known, 1);
            failed = stands < 0;
            continue;
        }
        known.at = count;
        its[count++] = known;
    }
    if (!failed && count > 1) qsort(its, (size_t)count, sizeof(Known), by_place);
    for (Py_ssize_t first = 0; !failed && first < count;) {
        Py_ssize_t next = first + 1, reach = its[first].end;
        for (; next < count && its[next].start < reach; next++) {
            if (its[next].end > reach) reach = its[next].end;
        }
        failed = add_cluster(settling, text, its + first, next - first, list) < 0;
        first = next;
    }
    forget(its, count);
    if (failed) Py_CLEAR(list);
    return list;
}

/* settle(texts, found, finding, resolve, least, asked, without) -> [[finding]]
 *
 * found: of each text the list of its candidates; an empty one is kept. finding: the type of findings. resolve: from a
 * text and candidates that overlap to findings. Candidates count whose score is at least `least` or whose type is one of
 * `asked`, and whose type is not one of `without` (frozen sets).
 */
PyObject *native_settle(PyObject *module, PyObject *args) {
    (void)module;
    enum { FEW = 32 };
    PyObject *texts, *found, *result = NULL;
    Settling settling = {0};
    if (!PyArg_ParseTuple(args, "O!O!O!OdO!O!", &PyList_Type, &texts, &PyList_Type, &found, &PyType_Type, &settling.type,
                          &settling.resolve, &settling.least, &PyFrozenSet_Type, &settling.asked, &PyFrozenSet_Type,
                          &settling.without))
        return NULL;
    settling.make = (allocfunc)PyType_GetSlot((PyTypeObject *)settling.type, Py_tp_alloc);
    Known few[FEW];
    if (PyList_Size(texts) != PyList_Size(found) || settling.make == NULL) {
        PyErr_SetString(PyExc_ValueError, "lists that do not fit together");
        return NULL;
    }
    int ready = (settling.rounded = PyDict_New()) != NULL;
    for (int at = 0; at < FIELDS && ready; at++)
        ready = (settling.names[at] = PyUnicode_InternFromString(NAMES[at])) != NULL;
    if (ready) result = PyList_New(0);
    for (Py_ssize_t at = 0; result != NULL && at < PyList_Size(found) && at < PyList_Size(texts); at++) {
        PyObject *its = Py_NewRef(PyList_GetItem(found, at)), *text = Py_NewRef(PyList_GetItem(texts, at)), *list = NULL;
        if (!PyList_Check(its)) {
            PyErr_SetString(PyExc_TypeError, "a list of candidates is needed");
        } else if (PyList_Size(its) == 0) {
            list = Py_NewRef(its);
        } else {
            size_t count = (size_t)PyList_Size(its);
            Known *room = count > FEW ? calloc(count, sizeof(Known)) : few;
            PyObject *fixed = PyList_GetSlice(its, 0, (Py_ssize_t)count);
            if (room == NULL) PyErr_NoMemory();
            else if (fixed != NULL) list = settled(&settling, text, fixed, room);
            Py_XDECREF(fixed);
            if (room != few) free(room);
        }
        Py_DECREF(its);
        Py_DECREF(text);
        if (list == NULL || add(result, list) < 0) Py_CLEAR(result);
    }
    for (int at = 0; at < FIELDS; at++) Py_XDECREF(settling.names[at]);
    Py_XDECREF(settling.rounded);
    return result;
}
