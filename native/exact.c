/* How long the longest match of one pattern is at a place of ASCII, as `pratique.detect.shapes.exact`. */
#include "page.h"

/* An automaton: two uint16, the numbers of classes and of states; by character its class; by state and class the next
 * state, as uint16, 0 for none; by state whether a match ends there: 1, always; 2, where no letter, digit or underscore
 * follows.
 */
enum { CHARACTERS = 128, HEAD = 4 + CHARACTERS, BEGIN = 1, NO_END = 0, ENDS = 1 };

static inline int wordy(uint32_t code) { return is_letter(code) || is_digit(code) || code == '_'; }

static inline uint16_t short_at(const uint8_t *bytes, int64_t at) {
    uint16_t told;
    memcpy(&told, bytes + 2 * at, 2);
    return told;
}

int64_t longest_match(const Page *page, const uint8_t *automaton, int64_t size, int64_t start, int64_t limit) {
    if (size < HEAD || start < 0 || limit > page->length) return MATCH_DAMAGED;
    int64_t columns = short_at(automaton, 0), states = short_at(automaton, 1), told = 0;
    const uint8_t *classes = automaton + 4, *table = automaton + HEAD, *ends = table + 2 * columns * states;
    if (states <= BEGIN || size != HEAD + 2 * columns * states + states) return MATCH_DAMAGED;
    int64_t state = BEGIN, at = start;
    while (at < limit) {
        uint32_t code = code_at(page, at);
        if (code >= CHARACTERS) return MATCH_UNKNOWN;
        if (classes[code] >= columns) return MATCH_DAMAGED;
        state = short_at(table, state * columns + classes[code]);
        if (state == 0) break;
        if (state >= states) return MATCH_DAMAGED;
        at++;
        if (ends[state] == ENDS || (ends[state] != NO_END && !(at < limit && wordy(code_at(page, at))))) told = at - start;
    }
    return told;
}

/* longest(text, automaton) -> int: characters of the match at the beginning of the text, 0 for none; -1 where a character
 * beyond ASCII is met.
 */
PyObject *native_longest(PyObject *module, PyObject *args) {
    (void)module;
    const char *text;
    Py_ssize_t length;
    Py_buffer automaton;
    if (!PyArg_ParseTuple(args, "s#y*", &text, &length, &automaton)) return NULL;
    Page page = {.codes = text, .length = length};
    int64_t told = longest_match(&page, automaton.buf, automaton.len, 0, length);
    PyBuffer_Release(&automaton);
    if (told == MATCH_DAMAGED) {
        PyErr_SetString(PyExc_ValueError, "a damaged automaton");
        return NULL;
    }
    return PyLong_FromLongLong(told);
}
