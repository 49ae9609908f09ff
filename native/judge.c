/* Judging: which hits become candidates, as `pratique.detect.judging.judge` and what it asks.
 *
 * What is beyond ASCII, in tables, or goes on behind its pattern is asked of Python, in the same order.
 */
#include "judge.h"

enum { NEXT = 1 };
enum { BESIDE = 2 };
static const double CERTAIN = 0.5, ABROAD = 0.05, MOST_GLUED = 0.75, REPORTED = 0.4;

/* The verdict of a member's validator; whether it is exactly true goes to `validated`. */
static int verdict(Judge *j, int64_t at, int64_t start, int64_t end, int *validated) {
    const Member *member = &j->members[at];
    *validated = 0;
    if (member->check == NO_CHECK) return NO_VERDICT;
    if (member->check != ASKED && plain(&j->page, start, end)) {
        int told = verdict_of((int)member->check, &j->page, start, end, j->lengths);
        *validated = told == TRUE_;
        if (told != UNTOLD) return told;
    }
    PyObject *told = asked(j, VERDICT, start, end, at);
    if (told == NULL) return FAILED;
    *validated = told == Py_True;
    int its = told == Py_False ? FALSE_ : told == Py_None ? NO_VERDICT : PyObject_IsTrue(told) ? TRUE_ : NO_VERDICT;
    Py_DECREF(told);
    return PyErr_Occurred() ? FAILED : its;
}

/* As `Here.add`, of what was found: the states that later hits are held against. */
static void noted(Judge *j, int64_t start, int64_t end, int64_t entity, int certain, int hides) {
    if (!certain) return;
    j->sure[entity] = (Sure){j->text, start, end};
    if (hides && end > j->proved_end) {
        j->proved_start = start;
        j->proved_end = end;
    }
}

static int add(Judge *j, const Member *member, int64_t start, int64_t end, double score, int validated, int label, int64_t words) {
    PyObject *values[9] = {
        PyLong_FromLongLong(start - j->first), PyLong_FromLongLong(end - j->first),
        Py_NewRef(PyTuple_GetItem(j->entities, (Py_ssize_t)member->entity)), PyFloat_FromDouble(score),
        Py_NewRef(j->detector), PyBool_FromLong(validated), PyLong_FromLongLong(member->order),
        PyLong_FromLong(label), PyLong_FromLongLong(words),
    };
    PyObject *made = j->alloc((PyTypeObject *)j->make, 0);
    for (int at = 0; at < 9; at++) {
        if (made != NULL && (values[at] == NULL || PyObject_GenericSetAttr(made, j->names[at], values[at]) < 0)) Py_CLEAR(made);
        Py_XDECREF(values[at]);
    }
    PyObject *list = PyList_GetItem(j->found, (Py_ssize_t)j->text);
    int failed = made == NULL || list == NULL || PyList_Append(list, made) < 0;
    Py_XDECREF(made);
    int proved = validated || label == BESIDE;
    if (!failed) noted(j, start, end, member->entity, score >= CERTAIN, proved && j->hides[member->entity]);
    return failed ? FAILED : 0;
}

/* Where the candidate of a type begins and ends, as `_extent`; `sure`, `led`: as there. */
static int moved(Judge *j, int64_t at, int64_t *start, int64_t *end, int *sure, int *led) {
    *sure = *led = 0;
    if (!j->members[at].moved) {
        while (*end > *start && among(" ,", code_at(&j->page, *end - 1))) (*end)--;
        return 0;
    }
    PyObject *told = asked(j, EXTENT, *start, *end, at);
    if (told == NULL) return FAILED;
    int64_t its[4];
    int fits = PyBytes_Check(told) && PyBytes_Size(told) == sizeof(its);
    if (fits) memcpy(its, PyBytes_AsString(told), sizeof(its));
    Py_DECREF(told);
    if (!fits || its[0] < 0 || its[0] > j->last - j->first || its[1] < 0 || its[1] > j->last - j->first) return DAMAGED;
    *start = j->first + its[0];
    *end = j->first + its[1];
    *sure = its[2] != 0;
    *led = its[3] != 0;
    return 0;
}

/* As `judge`, of one type. */
static int judged(Judge *j, int64_t at, int64_t start, int64_t end) {
    const Member *member = &j->members[at];
    int alone = start == j->first && end == j->last, spoken = j->spoken[member->entity];
    double best = member->score > member->validated ? member->score : member->validated;
    int likely = best >= member->reported, validated = 0, told = NO_VERDICT;
    if (alone && !likely && !spoken) return 0;
    int sure, led, failed = moved(j, at, &start, &end, &sure, &led);
    if (failed < 0) return failed;
    if (end <= start) return 0;
    int joint = edged(j, start, end, member->kind);
    if (joint < 0) return joint;
    if (joint == REFUSED) return 0;
    if (likely && !sure) {
        told = verdict(j, at, start, end, &validated);
        if (told < 0 || told == FALSE_) return told < 0 ? told : 0;
    }
    Around around = {.distance = FAR};
    failed = alone ? 0 : around_of(j, start, end, at, &around);
    if (failed < 0) return failed;
    int64_t distance = spoken ? 0 : around.distance;
    if (joint == GLUED) {
        if (distance != 0) return 0;
    } else if (distance >= FAR && !(likely && (joint != JOINED || member->reported < REPORTED))) {
        return 0;
    }
    if (!likely && !sure) {
        told = verdict(j, at, start, end, &validated);
        if (told < 0 || told == FALSE_) return told < 0 ? told : 0;
    }
    double score = told == TRUE_ || sure ? best : member->score;
    if (distance < FAR) {
        double foreign = member->context < CERTAIN ? member->context : CERTAIN;
        if (member->context - ABROAD > foreign) foreign = member->context - ABROAD;
        double its = spoken || around.home ? member->context : foreign;
        if (its > score) score = its;
    }
    if (joint == GLUED && score > MOST_GLUED) score = MOST_GLUED;
    if (!(score >= member->reported)) return 0;
    if (member->opposed) {
        placed(j, start, end);
        if (j->place.against == NULL) j->place.against = asked(j, REFUSES, start, end, 0);
        if (j->place.against == NULL) return FAILED;
        if (!PyBytes_Check(j->place.against) || PyBytes_Size(j->place.against) != j->bits / 8) return DAMAGED;
        if (has((const uint8_t *)PyBytes_AsString(j->place.against), member->bit)) return 0;
    }
    return add(j, member, start, end, score, validated, led || distance <= NEXT ? BESIDE : distance < FAR, around.words);
}

/* Let Python judge a hit, and note what it found. */
static int odd(Judge *j, int64_t group, int64_t start, int64_t end) {
    PyObject *told = asked(j, SLOW, start, end, group);
    if (told == NULL || !PyBytes_Check(told) || PyBytes_Size(told) % 40) {
        Py_XDECREF(told);
        return told == NULL ? FAILED : DAMAGED;
    }
    int sound = 1;
    for (Py_ssize_t at = 0; at < PyBytes_Size(told) && sound; at += 40) {
        int64_t its[5];
        memcpy(its, PyBytes_AsString(told) + at, sizeof(its));
        sound = its[2] >= 0 && its[2] < j->entities_count;
        if (sound) noted(j, j->first + its[0], j->first + its[1], its[2], its[3] != 0, its[4] != 0);
    }
    Py_DECREF(told);
    return sound ? 0 : DAMAGED;
}

/* As `Here.covers`. */
static int covered(const Judge *j, const Group *group, int64_t start, int64_t end) {
    int64_t size = j->proved_end - j->proved_start;
    if (j->proved_start <= start && end <= j->proved_end && end - start < size) return 1;
    if (group->entity < 0) return 0;
    const Sure *sure = &j->sure[group->entity];
    return sure->text == j->text && sure->start < start && start < sure->end;
}

/* Whether Python must look for tables in the text. */
static int lined(const Judge *j) {
    int lines = 0, parts = 0;
    for (int64_t at = j->first; at < j->last && !(lines && parts); at++) {
        uint32_t code = code_at(&j->page, at);
        lines |= code == '\n';
        parts |= code == '\t' || code == '|' || code == ';' || (code == ' ' && at + 1 < j->last && code_at(&j->page, at + 1) == ' ');
    }
    return lines && parts;
}

/* The length of the match of a pattern whose shape is not exact; 0: there is none; `FAILED` on error. Of a text beyond
 * ASCII, and of a pattern that has no automaton or was not asked about yet, Python tells.
 */
static int64_t matched(Judge *j, int64_t number, int64_t start, int64_t end) {
    enum { FLAGS = 4, LONGEST = 8192 };
    PyObject *kept = PyList_GetItem(j->automata, (Py_ssize_t)number);
    if (kept == NULL) return FAILED;
    if (PyBytes_Check(kept) && PyBytes_Size(kept) > FLAGS) {
        const uint8_t *bytes = (const uint8_t *)PyBytes_AsString(kept);
        int64_t limit = end;
        if (bytes[0]) limit = start + LONGEST;
        else if (near_code(j, end) != '_') limit++;
        if (limit > j->last) limit = j->last;
        int64_t length = longest_match(&j->page, bytes + FLAGS, PyBytes_Size(kept) - FLAGS, start, limit);
        if (length == MATCH_DAMAGED) {
            PyErr_SetString(PyExc_ValueError, "a damaged automaton");
            return FAILED;
        }
        int64_t at = start;
        if (bytes[1] && length > 0) {
            while (at < start + length && !is_digit(code_at(&j->page, at))) at++;
            if (at == start + length) return 0;
        }
        if (length != MATCH_UNKNOWN) return length;
    }
    return told_number(asked(j, MATCH, start, end, number));
}

static int judged_hit(Judge *j, int64_t number, int64_t start, int64_t end) {
    const Group *group = &j->groups[number];
    int whole = (int)(group->flags & WHOLE), exact = (int)(group->flags & EXACT), lone = (int)(group->flags & LONE);
    if (!whole && covered(j, group, start, end)) return 0;
    int alone = start == j->first && end == j->last;
    if (exact && alone && !lone && !j->evident) return 0;
    if (j->tabled < 0) {
        int64_t told = lined(j) ? told_number(asked(j, TABLED, j->first, j->last, 0)) : 0;
        if (told < 0) return FAILED;
        j->tabled = (int)told;
    }
    if (!whole && !lone && !j->evident && !j->tabled && !may_speak(j, start, end, j->sets + group->set * (j->bits / 8))) return 0;
    if (j->tabled) return odd(j, number, start, end);
    if (!exact && !whole) {
        int64_t length = matched(j, number, start, end);
        if (length < 0) return FAILED;
        if (length == 0) return 0;
        if (length > j->last - start) return DAMAGED;
        end = start + length;
    }
    for (int64_t at = group->first; at < group[1].first; at++) {
        int told = judged(j, at, start, end);
        if (told < 0) return told;
    }
    return 0;
}

static int entered(Judge *j, int64_t text) {
    if (text < 0 || text >= j->texts) return DAMAGED;
    int64_t first = j->starts[text], last = j->starts[text + 1];
    if (first < 0 || last <= first || last - 1 > j->page.length) return DAMAGED;
    last--;
    j->text = text;
    j->first = j->proved_start = j->proved_end = first;
    j->last = last;
    j->tabled = -1;
    j->place.start = -1;
    return 0;
}

static int within(const Judge *j, int64_t start, int64_t end, int64_t group) {
    return start >= j->first && start < end && end <= j->last && group >= 0 && group < j->groups_count;
}

/* The text in which a place lies; -1 for none. */
static int64_t text_of(const Judge *j, int64_t place) {
    return place < 0 || place > j->page.length ? -1 : first_from(j->starts, j->texts + 1, place + 1) - 1;
}

/* All texts: of each first what was matched over the whole, then the hits of the automaton. */
static int judged_all(Judge *j) {
    int64_t pass = 0, hit = 0;
    while (pass < j->passes_count || hit < j->hits_count) {
        int64_t text = INT64_MAX;
        if (pass < j->passes_count) text = j->passes[pass * 4];
        if (hit < j->hits_count) {
            int64_t its = text_of(j, j->hits[hit].start);
            if (its < text) text = its;
        }
        int told = entered(j, text);
        int64_t done = pass + hit;
        for (; told >= 0 && pass < j->passes_count && j->passes[pass * 4] == text; pass++) {
            const int64_t *its = j->passes + pass * 4;
            int sound = its[1] >= 0 && its[1] < its[2] && its[2] <= j->last - j->first;
            int64_t start = sound ? j->first + its[1] : -1, end = sound ? j->first + its[2] : -1;
            told = within(j, start, end, its[3]) ? judged_hit(j, its[3], start, end) : DAMAGED;
        }
        int64_t next = told >= 0 ? j->starts[text + 1] : 0;
        for (; told >= 0 && hit < j->hits_count && j->hits[hit].start < next; hit++) {
            const Hit *its = &j->hits[hit];
            told = within(j, its->start, its->end, its->pattern) ? judged_hit(j, its->pattern, its->start, its->end) : DAMAGED;
        }
        if (told >= 0 && pass + hit == done) told = DAMAGED;
        if (told < 0) return told;
    }
    return 0;
}

/* Whether the tables fit together: every number in them is one of what it counts. */
static int sound(const Judge *j) {
    for (int64_t at = 0; at < j->groups_count; at++) {
        const Group *group = &j->groups[at];
        if (group->first < 0 || group[1].first < group->first || group[1].first > j->members_count || group->set < 0 ||
            group->set >= j->sets_count || group->entity >= j->entities_count)
            return 0;
    }
    for (int64_t at = 0; at < j->members_count; at++) {
        const Member *member = &j->members[at];
        if (member->entity < 0 || member->entity >= j->entities_count || member->bit < 0 || member->bit >= j->bits ||
            member->home < 0 || member->home >= j->bits || member->check < 0 || member->check >= CHECKS || member->kind < EDGE_NONE || member->kind > EDGE_PARTS)
            return 0;
    }
    for (int64_t at = 0; at < j->words_count; at++) {
        if (j->word_starts[at] < 0 || j->word_ends[at] < j->word_starts[at] || j->word_ends[at] > j->page.length) return 0;
    }
    for (int64_t at = 0; at < j->marks_count; at++) {
        if (j->rows[at] < 0 || j->rows[at] >= j->knowns_count || j->numbers[at] < 0 || j->numbers[at] >= j->words_count) return 0;
    }
    return 1;
}

/* Read what words speak for; the bytes stay theirs. 0 where they do not fit. */
static int read_knowns(Judge *j, PyObject *knowns) {
    int64_t size = j->bits / 8;
    for (int64_t at = 0; at < j->knowns_count; at++) {
        PyObject *one = PyTuple_GetItem(knowns, (Py_ssize_t)at);
        if (one == NULL || !PyBytes_Check(one) || PyBytes_Size(one) < 2 * size + 4) return 0;
        const uint8_t *bytes = (const uint8_t *)PyBytes_AsString(one);
        uint32_t count;
        memcpy(&count, bytes + 2 * size, 4);
        j->knowns[at] = (Known){bytes, bytes + size, bytes + 2 * size + 4, bytes + PyBytes_Size(one), count};
    }
    return 1;
}

static const char *const NAMES[] = {"start", "end", "entity", "score", "detector", "validated", "order", "label", "words"};

/* judge(hits, passes, starts, codes, far, word_starts, word_ends, numbers, rows, marks, mails, spoken, hides, groups,
 *       members, sets, mail, words, lengths, knowns, found, entities, make, detector, hooks, automata)
 *
 * Adds candidates (`make`) to the lists of `found`, one of each text. hits: as of `find`. passes: text, start and end in
 * it, and group of what was matched over the whole, by text. starts: of the texts, and behind the last. codes: of the
 * characters, of one byte or four; far: places of those beyond ASCII. word_starts, word_ends: of all words; numbers,
 * marks: numbers and places of those that speak for types; rows: of each its place in `knowns`. spoken, hides: by type
 * whether the field's name speaks for it, and whether its values hide others. groups, members: as here; one more group
 * ends the last. sets: of types, by number; mail: those that an address of mail speaks for. words: as of `Page`.
 * lengths: of IBANs. hooks: as here, what Python is asked. automata: a list, by group; bytes: whether it is endless, whether
 * it needs a digit, two zeros, and an automaton as in `exact.c`; anything else: Python tells how long a match is.
 */
PyObject *native_judge(PyObject *module, PyObject *args) {
    (void)module;
    enum { BUFFERS = 19 };
    Py_buffer b[BUFFERS];
    PyObject *knowns, *hooks, *result = NULL;
    Judge j = {0};
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*O!O!O!O!UO!O!", &b[0], &b[1], &b[2], &b[3], &b[4],
                          &b[5], &b[6], &b[7], &b[8], &b[9], &b[10], &b[11], &b[12], &b[13], &b[14], &b[15], &b[16], &b[17],
                          &b[18], &PyTuple_Type, &knowns, &PyList_Type, &j.found, &PyTuple_Type, &j.entities, &PyType_Type,
                          &j.make, &j.detector, &PyTuple_Type, &hooks, &PyList_Type, &j.automata))
        return NULL;
    j.hits = b[0].buf, j.hits_count = b[0].len / (Py_ssize_t)sizeof(Hit);
    j.passes = b[1].buf, j.passes_count = b[1].len / 32;
    j.starts = b[2].buf, j.texts = b[2].len / 8 - 1;
    j.page.length = j.texts > 0 && holds(&b[2], 8) && j.starts[j.texts] > 0 ? j.starts[j.texts] - 1 : -1;
    j.page.codes = b[3].buf, j.page.wide = b[3].len != j.page.length;
    j.page.far = b[4].buf, j.page.far_count = b[4].len / 8;
    j.word_starts = b[5].buf, j.word_ends = b[6].buf, j.words_count = b[5].len / 8;
    j.numbers = b[7].buf, j.rows = b[8].buf, j.marks = b[9].buf, j.marks_count = b[7].len / 8;
    j.mails = b[10].buf, j.mails_count = b[10].len / 8;
    j.spoken = b[11].buf, j.hides = b[12].buf, j.entities_count = b[11].len;
    j.groups = b[13].buf, j.groups_count = b[13].len / (Py_ssize_t)sizeof(Group) - 1;
    j.members = b[14].buf, j.members_count = b[14].len / (Py_ssize_t)sizeof(Member);
    j.sets = b[15].buf, j.mail = b[16].buf, j.bits = b[16].len * 8;
    j.page.words = b[17].buf, j.page.words_count = b[17].len / LISTED;
    j.lengths = b[18].buf;
    j.knowns_count = PyTuple_Size(knowns);
    int fits = b[0].len % (Py_ssize_t)sizeof(Hit) == 0 && b[1].len % 32 == 0 && b[13].len % (Py_ssize_t)sizeof(Group) == 0 &&
               b[14].len % (Py_ssize_t)sizeof(Member) == 0 && b[17].len % LISTED == 0 && b[18].len == 26 * 26 &&
               b[16].len > 0 && b[16].len % 8 == 0 && b[15].len % b[16].len == 0 && b[5].len == b[6].len &&
               b[7].len == b[8].len && b[7].len == b[9].len && b[11].len == b[12].len && j.groups_count >= 0 &&
               j.page.length >= 0 && b[3].len % (j.page.wide ? 4 : 1) == 0 &&
               b[3].len / (j.page.wide ? 4 : 1) == j.page.length && (!j.page.wide || holds(&b[3], 4)) &&
               PyTuple_Size(hooks) == HOOKS && PyTuple_Size(j.entities) == j.entities_count && PyList_Size(j.found) == j.texts;
    for (int at = 0; at < 11 && fits; at++) fits = at == 3 || holds(&b[at], 8);
    fits = fits && holds(&b[13], 8) && holds(&b[14], 8);
    if (fits) j.sets_count = b[15].len / b[16].len;
    for (Py_ssize_t at = 0; at < j.entities_count && fits; at++) j.evident |= j.spoken[at];
    j.knowns = fits ? calloc((size_t)j.knowns_count + 1, sizeof(Known)) : NULL;
    j.sure = fits ? malloc(((size_t)j.entities_count + 1) * sizeof(Sure)) : NULL;
    j.alloc = (allocfunc)PyType_GetSlot((PyTypeObject *)j.make, Py_tp_alloc);
    int told = fits && sound(&j) ? 0 : DAMAGED;
    if (fits && (j.knowns == NULL || j.sure == NULL)) PyErr_NoMemory(), told = FAILED;
    if (told == 0 && (!read_knowns(&j, knowns) || j.alloc == NULL)) told = DAMAGED;
    for (int64_t at = 0; told == 0 && at < j.entities_count; at++) j.sure[at].text = -1;
    for (int at = 0; at < HOOKS && told == 0; at++) j.hooks[at] = PyTuple_GetItem(hooks, at);
    for (int at = 0; at < 9 && told == 0; at++) {
        j.names[at] = PyUnicode_InternFromString(NAMES[at]);
        if (j.names[at] == NULL) told = FAILED;
    }
    if (told == 0) told = judged_all(&j);
    if (told == 0) result = Py_NewRef(Py_None);
    else if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
    for (int at = 0; at < 9; at++) Py_XDECREF(j.names[at]);
    Py_XDECREF(j.place.told);
    Py_XDECREF(j.place.against);
    free(j.knowns);
    free(j.sure);
    for (int at = 0; at < BUFFERS; at++) PyBuffer_Release(&b[at]);
    return result;
}
