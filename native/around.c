/* What stands around a candidate: its neighbours, and words, as `pratique.detect.neighbours` and `said`. */
#include "judge.h"

enum { BEFORE_CHARACTERS = 96, AFTER_CHARACTERS = 40, BEFORE_WORDS = 6, AFTER_WORDS = 3, BEFORE_NUMBER = 12, BEHIND = 2 };
enum { LONGEST_PHRASE = 6, OWN_BEHIND = 40, LEAST_PREFIX = 5 };

/* Call a hook with the text's number and places in it; NULL on error. */
PyObject *asked(Judge *j, int hook, int64_t start, int64_t end, int64_t more) {
    return PyObject_CallFunction(j->hooks[hook], "LLLL", (long long)j->text, (long long)(start - j->first),
                                 (long long)(end - j->first), (long long)more);
}

int64_t told_number(PyObject *told) {
    if (told == NULL) return FAILED;
    int64_t number = PyLong_AsLongLong(told);
    Py_DECREF(told);
    if (number < 0 && !PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "a number below zero");
    return number < 0 ? FAILED : number;
}

/* As `edges`. */
int edged(Judge *j, int64_t start, int64_t end, int64_t kind) {
    if (kind == EDGE_NONE || (start == j->first && end == j->last)) return CLEAN;
    uint32_t before = near_code(j, start - 1), after = near_code(j, end);
    const char *harmless = " \n\r\t;()<>\"'=|!?";
    int free_before = start == j->first || among(harmless, before), free_after = end == j->last || among(harmless, after);
    if (free_before && free_after) return CLEAN;
    int64_t least = start - 3 > j->first ? start - 3 : j->first, most = end + 2 < j->last ? end + 2 : j->last;
    if (!plain(&j->page, least, start + 1) || !plain(&j->page, end, most)) {
        placed(j, start, end);
        int *joint = &j->place.joints[kind];
        if (*joint == 0) *joint = (int)told_number(asked(j, EDGES, start, end, kind)) + 1;
        return *joint - 1;
    }
    uint32_t far = near_code(j, start - 2), farther = near_code(j, end + 1);
    if (is_letter(after) || is_digit(after) || (before == '_' && far != '_') || (after == '_' && farther != '_')) return REFUSED;
    int clean = CLEAN;
    if (is_letter(before) || is_digit(before)) {
        int glued = is_letter(before) && is_letter(far) && is_letter(near_code(j, start - 3)) && is_digit(near_code(j, start));
        if (!glued) return REFUSED;
        clean = GLUED;
    }
    if (kind == EDGE_WORD) return clean;
    if (kind == EDGE_PARTS) {
        int torn = among(".:", before) && (far == before || is_digit(far));
        return torn || (after == '.' && is_digit(farther)) ? REFUSED : clean;
    }
    const char *ties = ".,:+-_/#", *joining = "-_/#";
    if ((among(ties, before) && is_digit(far)) || (among(ties, after) && is_digit(farther))) return REFUSED;
    int tied = before == '#' || (among(joining, before) && is_letter(far)) || (among(joining, after) && is_letter(farther));
    return tied && clean == CLEAN ? JOINED : clean;
}

/* As `Said._place`; the last one is remembered. */
void placed(Judge *j, int64_t start, int64_t end) {
    Place *p = &j->place;
    if (p->start == start && p->end == end) return;
    int64_t least = start - BEFORE_CHARACTERS, most = end + AFTER_CHARACTERS;
    Py_CLEAR(p->told);
    Py_CLEAR(p->against);
    *p = (Place){.start = start, .end = end};
    p->least = least > j->first ? least : j->first;
    if (most > j->last) most = j->last;
    p->low = first_from(j->marks, j->marks_count, p->least);
    p->before = first_from(j->word_ends, j->words_count, start + 1);
    p->after = first_from(j->word_starts, j->words_count, end);
    p->latest = first_from(j->word_starts, j->words_count, most);
    if (p->latest > p->after + AFTER_WORDS) p->latest = p->after + AFTER_WORDS;
    p->high = p->low + first_from(j->numbers + p->low, j->marks_count - p->low, p->latest);
    if (j->mails_count)
        p->mailed = first_from(j->mails, j->mails_count, p->least) < first_from(j->mails, j->mails_count, most);
    int64_t reach = p->latest > p->after ? j->word_ends[p->latest - 1] : end;
    reach = (reach > end ? reach : end) + OWN_BEHIND;
    p->plain = plain(&j->page, p->least > 2 ? p->least - 2 : 0, reach < j->last ? reach : j->last);
}

static void heard(const Member *member, Around *around, const uint8_t *types, int64_t distance, int64_t words) {
    if (has(types, member->home)) around->home = 1;
    if (!has(types, member->bit)) return;
    if (distance < around->distance) around->distance = distance;
    around->words += words;
}

static int owned(const Judge *j, int64_t first, int64_t last, int behind) {
    return behind && has_own(&j->page, j->place.end, j->last, j->word_starts[first], j->word_ends[last]);
}

static uint32_t sized(const uint8_t **at, const uint8_t *end, int *sound) {
    uint32_t size = 0;
    if (end - *at < 4) *sound = 0;
    else memcpy(&size, *at, 4), *at += 4;
    return size;
}

/* Whether the words behind word `number` are the rest of a phrase, as `_is`; `at` goes behind it. */
static int follows(const Judge *j, const uint8_t **at, const uint8_t *end, int64_t number, int64_t stop, uint32_t count, int *sound) {
    int same = 1;
    for (uint32_t one = 0; one < count && *sound; one++) {
        uint32_t size = sized(at, end, sound);
        if (!*sound || (uint64_t)(end - *at) < size) {
            *sound = 0;
            return 0;
        }
        const uint8_t *listed = *at;
        *at += size;
        int64_t word = number + 1 + one;
        if (!same) continue;
        same = one < LONGEST_PHRASE && word < stop;
        if (!same) continue;
        int64_t start = j->word_starts[word], its = j->word_ends[word] - start;
        same = its == size || (its > size && size >= LEAST_PREFIX);
        for (uint32_t letter = 0; letter < size && same; letter++) same = lowered(code_at(&j->page, start + letter)) == listed[letter];
    }
    return same;
}

/* As `Said._speak`, of one type. */
static int spoke(const Judge *j, const Member *member, Around *around, int64_t mark, int64_t stop, int64_t distance, int behind) {
    const Known *known = &j->knowns[j->rows[mark]];
    int64_t number = j->numbers[mark], size = j->bits / 8;
    if ((has(known->types, member->bit) || has(known->types, member->home)) && !owned(j, number, number, behind))
        heard(member, around, known->types, distance, 1);
    const uint8_t *at = known->phrases;
    int sound = 1;
    for (int64_t phrase = 0; phrase < known->count && sound; phrase++) {
        if (known->end - at < size) return DAMAGED;
        const uint8_t *types = at;
        at += size;
        uint32_t count = sized(&at, known->end, &sound);
        int same = follows(j, &at, known->end, number, stop, count, &sound);
        if (!sound || !same || !(has(types, member->bit) || has(types, member->home))) continue;
        if (!behind) heard(member, around, types, distance - count, 1 + count);
        else if (!owned(j, number, number + count, 1)) heard(member, around, types, distance, 1 + count);
    }
    return sound ? 0 : DAMAGED;
}

/* Whether any marked word around speaks for a type, wherever it stands. */
static int may_hear(const Judge *j, const Member *member) {
    const Place *p = &j->place;
    if (p->mailed && (has(j->mail, member->bit) || has(j->mail, member->home))) return 1;
    for (int64_t mark = p->low; mark < p->high; mark++) {
        const uint8_t *every = j->knowns[j->rows[mark]].every;
        if (has(every, member->bit) || has(every, member->home)) return 1;
    }
    return 0;
}

/* What Python tells of a place, of one type; it is asked once for all types. */
static int told_around(Judge *j, const Member *member, Around *around) {
    Place *p = &j->place;
    Py_ssize_t size = (Py_ssize_t)(j->bits / 8), row = 16 + size;
    if (p->told == NULL) p->told = asked(j, NEAR, p->start, p->end, 0);
    if (p->told == NULL) return FAILED;
    if (!PyBytes_Check(p->told) || PyBytes_Size(p->told) % row) return DAMAGED;
    const char *told = PyBytes_AsString(p->told);
    for (Py_ssize_t at = 0; at < PyBytes_Size(p->told); at += row) {
        int64_t its[2];
        memcpy(its, told + at, sizeof(its));
        heard(member, around, (const uint8_t *)told + at + 16, its[0], its[1]);
    }
    return 0;
}

/* As `Said.around`, of one type. */
int around_of(Judge *j, int64_t start, int64_t end, int64_t at, Around *around) {
    const Member *member = &j->members[at];
    *around = (Around){.distance = FAR};
    placed(j, start, end);
    Place *p = &j->place;
    if (!may_hear(j, member)) return 0;
    if (!p->plain) return told_around(j, member, around);
    for (int64_t mark = p->low; mark < p->high; mark++) {
        const uint8_t *every = j->knowns[j->rows[mark]].every;
        if (!has(every, member->bit) && !has(every, member->home)) continue;
        int64_t number = j->numbers[mark];
        int told = 0;
        if (number < p->before) {
            if (!p->freed) {
                free_of(&j->page, p->least, start, end, &p->free_first, &p->free_last);
                p->earliest = p->before - (follows_sign(&j->page, p->least, start) ? BEFORE_NUMBER : BEFORE_WORDS);
                p->freed = 1;
            }
            int64_t place = j->word_starts[number];
            if (number >= p->earliest && p->free_first <= place && place < p->free_last)
                told = spoke(j, member, around, mark, p->before, p->before - 1 - number, 0);
        } else if (number >= p->after) {
            told = spoke(j, member, around, mark, p->latest, number - p->after + BEHIND, 1);
        }
        if (told < 0) return told;
    }
    if (p->mailed && (has(j->mail, member->bit) || has(j->mail, member->home))) heard(member, around, j->mail, FAR - 1, 1);
    return 0;
}

/* As `Said.speaks`, but for the heads of columns. */
int may_speak(const Judge *j, int64_t start, int64_t end, const uint8_t *wanted) {
    int64_t left = start - BEFORE_CHARACTERS, right = end + AFTER_CHARACTERS, size = j->bits / 8;
    if (left < j->first) left = j->first;
    if (right > j->last) right = j->last;
    if (j->mails_count && first_from(j->mails, j->mails_count, left) < first_from(j->mails, j->mails_count, right)) {
        for (int64_t at = 0; at < size; at++) {
            if (j->mail[at] & wanted[at]) return 1;
        }
    }
    int64_t mark = first_from(j->marks, j->marks_count, left);
    for (; mark < j->marks_count && j->marks[mark] < right; mark++) {
        const uint8_t *every = j->knowns[j->rows[mark]].every;
        for (int64_t at = 0; at < size; at += 8) {
            uint64_t one, other;
            memcpy(&one, every + at, 8);
            memcpy(&other, wanted + at, 8);
            if (one & other) return 1;
        }
    }
    return 0;
}
